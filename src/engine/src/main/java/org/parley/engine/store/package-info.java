/**
 * What the engine asks of storage: interfaces and rows. Knows no database product.
 *
 * <p>One table holds all messages, keyed by the endpoint that is to receive them and their position there. The two
 * endpoints of conversation number {@code c} have the ids {@code 2c} (initiator) and {@code 2c + 1} (target), so a
 * message has its key before its target endpoint exists. Rows whose endpoint has no row of its own are still on their
 * way.
 */
package org.parley.engine.store;
