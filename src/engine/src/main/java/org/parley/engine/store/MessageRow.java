package org.parley.engine.store;

/**
 * A message as it is stored.
 *
 * @param endpoint endpoint that is to receive it
 * @param position key inside the endpoint, see {@link Positions}
 * @param type id of the message type
 * @param sequence number that applications see: the position, or the sender's number of an Error, or -1
 * @param queuingOrder order number inside the database, given when it was sent
 * @param enqueued when it was sent, in milliseconds of the epoch
 * @param body bytes, never of length 0, or null
 */
public record MessageRow(
        long endpoint, long position, int type, long sequence, long queuingOrder, long enqueued, byte[] body) {}
