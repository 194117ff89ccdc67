package org.parley.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/** Bodies that nobody holds as a whole: a number, and behind it noise, which comes again and again. */
final class LongBodies {

    private static final int BUFFER = 1 << 16;
    private static final byte[] NOISE = new byte[1 << 18];

    static {
        new Random(NOISE.length).nextBytes(NOISE);
    }

    private final int length;

    LongBodies(int length) {
        this.length = length;
    }

    int length() {
        return length;
    }

    InputStream of(long number) {
        byte[] start = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        return new SequenceInputStream(new ByteArrayInputStream(start), new Noise(length - start.length));
    }

    /** Fails unless the message that came is the one that is due. */
    void require(long due, InputStream body) throws IOException {
        Check check = check(due);
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            check.take(buffer, count);
        }
        check.end();
    }

    Check check(long due) {
        return new Check(due);
    }

    /** A body as it comes, part by part. */
    final class Check {

        private final long due;
        private int left = length;

        private Check(long due) {
            this.due = due;
        }

        int left() {
            return left;
        }

        void take(byte[] part, int count) {
            if (left == length && ByteBuffer.wrap(part).getLong() != due) {
                throw new IllegalStateException("Message " + due + " should have come; it was another one.");
            }
            left -= count;
        }

        /** Fails unless all has come, and no more. */
        void end() {
            Bodies.requireCount(length, length - left);
        }
    }

    private static final class Noise extends InputStream {

        private int left;

        Noise(int length) {
            left = length;
        }

        @Override
        public int read() {
            return left == 0 ? -1 : NOISE[--left % NOISE.length] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int most) {
            if (left == 0) {
                return -1;
            }
            int count = Math.min(Math.min(left, most), NOISE.length);
            System.arraycopy(NOISE, 0, into, offset, count);
            left -= count;
            return count;
        }
    }
}
