/**
 * What passes between the adapter and the engine. The adapter translates Jakarta Connectors into these types; the engine
 * implements them and is found by {@link java.util.ServiceLoader}. Not for applications.
 */
package org.parley.spi;
