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
 * @param body bytes, never of length 0; null for no body, and for one that is to be asked for by itself, since it lies apart
 * @param apart bytes of a body that lies apart and isn't here; else 0
 */
public record MessageRow(
        long endpoint,
        long position,
        int type,
        long sequence,
        long queuingOrder,
        long enqueued,
        byte[] body,
        int apart) {

    /** A body of at most so many bytes lies beside its row in every store: the row is all that there is of the message. */
    public static final int ALWAYS_BESIDE = 8_192;

    /** Bytes of the body. */
    public int length() {
        return body == null ? apart : body.length;
    }

    /** Whether it has a body that lies apart and isn't here. */
    public boolean bodyApart() {
        return apart > 0;
    }

    /** With its body, which lay apart. */
    public MessageRow with(byte[] bytes) {
        return new MessageRow(endpoint, position, type, sequence, queuingOrder, enqueued, bytes, 0);
    }
}
