package org.parley.benchmarks;

import java.nio.ByteBuffer;
import java.util.Random;

/** The bodies that are sent: bytes that nobody could compress, behind a number and a time. */
final class Bodies {

    /** Those of 500 bytes, which are sent unless said. */
    static final Bodies SMALL = new Bodies(500);

    private final byte[] noise;

    Bodies(int length) {
        noise = new byte[length];
        new Random(length).nextBytes(noise);
    }

    int length() {
        return noise.length;
    }

    byte[] of(long number) {
        return of(number, 0);
    }

    byte[] of(long number, long time) {
        byte[] body = noise.clone();
        ByteBuffer.wrap(body).putLong(number).putLong(time);
        return body;
    }

    /** The number in it. */
    static long number(byte[] body) {
        return ByteBuffer.wrap(body).getLong();
    }

    /**
     * Fails unless the message that came is the one that is due.
     *
     * @return the time in it
     */
    long require(long due, byte[] body) {
        ByteBuffer came = ByteBuffer.wrap(body);
        long number = came.getLong();
        if (number != due || body.length != noise.length) {
            throw new IllegalStateException("Message " + due + " should have come, with " + noise.length
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
