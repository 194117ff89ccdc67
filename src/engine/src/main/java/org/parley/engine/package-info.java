/**
 * The engine: one server for each home directory, its broker databases, its workers. What a room holds is said by its
 * package; this one puts them together and gives them to callers through {@link org.parley.spi.BrokerServer}.
 */
package org.parley.engine;
