package org.parley.benchmarks;

import java.nio.ByteBuffer;
import java.util.Random;

/** The bodies that are sent: bytes that nobody could compress, behind a number and a time. */
final class Bodies {

    /** Length unless said. */
    static final int LENGTH = 500;

    private static final byte[] NOISE = noise(LENGTH);

    private Bodies() {}

    static byte[] noise(int length) {
        byte[] body = new byte[length];
        new Random(length).nextBytes(body);
        return body;
    }

    static byte[] of(long number) {
        return of(number, 0);
    }

    static byte[] of(long number, long time) {
        byte[] body = NOISE.clone();
        ByteBuffer.wrap(body).putLong(number).putLong(time);
        return body;
    }

    /**
     * Fails unless the message that came is the one that is due.
     *
     * @return the time in it
     */
    static long require(long due, byte[] body) {
        ByteBuffer came = ByteBuffer.wrap(body);
        long number = came.getLong();
        if (number != due || body.length != LENGTH) {
            throw new IllegalStateException("Message " + due + " should have come, with " + LENGTH
                    + " bytes; it was message " + number + " with " + body.length + ".");
        }
        return came.getLong();
    }

    /** Fails unless as many came as were due. */
    static void requireCount(long due, long came) {
        if (due != came) {
            throw new IllegalStateException(due + " messages were due; received were " + came + ".");
        }
    }
}
