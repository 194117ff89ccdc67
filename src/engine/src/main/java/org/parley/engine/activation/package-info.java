/**
 * When a queue needs another reader, and what a reader holds while it is at work. Readers are started through
 * {@link org.parley.spi.ReaderStarter}, which who owns threads and endpoints implements.
 */
package org.parley.engine.activation;
