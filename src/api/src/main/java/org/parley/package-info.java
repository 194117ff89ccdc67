/**
 * What applications compile against: factories, connections, conversations, messages, definitions and the annotations
 * of listeners. Needs nothing but the JDK.
 */
package org.parley;
