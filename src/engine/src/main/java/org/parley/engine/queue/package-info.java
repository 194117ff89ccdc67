/**
 * What is in memory of the conversations of one broker database: endpoints with their committed ranges, groups with
 * their holders, and per queue an index of the groups that can be received from. It is authoritative while the database
 * is open and is rebuilt from the store when it is opened. Messages that have just been committed are here, too, as long as there
 * is room: those are only copies.
 *
 * <p>Everything here is guarded by the one lock of {@link org.parley.engine.queue.EndpointTable}, which is held for
 * microseconds and never while the store is asked.
 */
package org.parley.engine.queue;
