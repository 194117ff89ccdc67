/** Delivers messages to message-driven beans. */
package org.parley.ra.inbound;
