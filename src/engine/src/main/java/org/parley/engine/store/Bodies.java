package org.parley.engine.store;

/** The bodies of a transaction's messages that lie apart, in pieces. */
public interface Bodies {

    /** Writes a piece of a message that is inserted afterwards, without its body. Nothing of the array is kept. */
    void write(long endpoint, long position, int number, byte[] piece);

    /** A piece, also when its message has been taken; null when it is gone. */
    byte[] read(long endpoint, long position, int number);

    /** Deletes those of an endpoint, positions inclusive. */
    void delete(long endpoint, long from, long to);

    /** The body of a message. */
    default Pieces of(MessageRow message) {
        return new Pieces(message.length(), number -> read(message.endpoint(), message.position(), number));
    }
}
