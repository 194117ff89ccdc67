/**
 * Holds the engine: unpacks it, loads it apart from everything else in the application server, and shares one server
 * among all adapter instances of a home directory.
 */
package org.parley.ra.host;
