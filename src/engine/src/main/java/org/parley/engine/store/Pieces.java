package org.parley.engine.store;

import java.io.InputStream;
import java.util.Objects;

/** A body that lies apart from its message, in pieces from 0 on: read one by one, so that a reader holds one of them. */
public final class Pieces {

    /** Bytes of each but the last, which may have fewer. */
    public static final int LENGTH = 1 << 18;

    private final int length;
    private final Source source;

    /** Where they lie. */
    @FunctionalInterface
    public interface Source {

        /** A piece; null when it is gone. */
        byte[] read(int number);
    }

    /**
     * A body.
     *
     * @param length bytes of the whole
     */
    public Pieces(int length, Source source) {
        this.length = length;
        this.source = source;
    }

    /** All of it in one array. Fails when it is gone. */
    public byte[] bytes() {
        byte[] bytes = bytesIfThere();
        if (bytes == null) {
            throw gone();
        }
        return bytes;
    }

    private IllegalStateException gone() {
        return new IllegalStateException("A body of " + length + " bytes is gone, or a piece of it.");
    }

    /** All of it in one array; null when it is gone. */
    public byte[] bytesIfThere() {
        byte[] whole = length <= LENGTH ? null : new byte[length];
        int filled = 0;
        for (int number = 0; filled < length; number++) {
            byte[] piece = source.read(number);
            if (piece == null || whole == null) {
                return piece;
            }
            System.arraycopy(piece, 0, whole, filled, piece.length);
            filled += piece.length;
        }
        return whole;
    }

    /** A stream from its beginning. It fails when the body is gone; the end of a stream is the end of the body only. */
    public InputStream open() {
        return new Reader();
    }

    private final class Reader extends InputStream {

        private byte[] piece = new byte[0];
        private int number;
        private int at;
        private int left = length;

        @Override
        public int read() {
            return ended() ? -1 : piece[taken(1)] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int most) {
            Objects.checkFromIndexSize(offset, most, into.length);
            if (most == 0) {
                return 0;
            }
            if (ended()) {
                return -1;
            }
            int count = Math.min(most, piece.length - at);
            System.arraycopy(piece, taken(count), into, offset, count);
            return count;
        }

        private int taken(int count) {
            int from = at;
            at += count;
            left -= count;
            return from;
        }

        /** Whether nothing is left; else there is something in the piece. */
        private boolean ended() {
            if (left > 0 && at == piece.length) {
                byte[] next = source.read(number);
                if (next == null) {
                    throw gone();
                }
                piece = next;
                number++;
                at = 0;
            }
            return left == 0;
        }

        @Override
        public int available() {
            return piece.length - at;
        }
    }
}
