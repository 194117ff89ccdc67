package org.parley.benchmarks;

import java.util.Random;

/** The bodies that are sent: 500 bytes that nobody could compress. */
final class Bodies {

    static final int LENGTH = 500;

    private Bodies() {}

    static byte[] fresh() {
        byte[] body = new byte[LENGTH];
        new Random(LENGTH).nextBytes(body);
        return body;
    }

    /** Fails unless the message that came is the one that is due. */
    static void require(long due, long came, byte[] body) {
        if (came != due || body.length != LENGTH) {
            throw new IllegalStateException("Message " + due + " should have come, with " + LENGTH
                    + " bytes; it was message " + came + " with " + body.length + ".");
        }
    }
}
