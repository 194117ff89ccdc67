package org.parley.spi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Rows in one value, so that a statement of one text can read any number of them: the statement language binds a table variable to
 * the argument of the store's function {@value #FUNCTION}. A value is text in UTF-8, or bytes, or null.
 *
 * <pre>
 * number of columns | length of value 1.1, -1 for null | value 1.1 | length of value 1.2 | ...
 * </pre>
 */
public final class PackedRows {

    /** Schema of the function. */
    public static final String SCHEMA = "PARLEY";

    /** The table function that unpacks them. */
    public static final String FUNCTION = "PACKED_ROWS";

    /** Most columns of a row. */
    public static final int MOST_COLUMNS = 64;

    /** Column that numbers the rows from 0. */
    public static final String NUMBER = "N";

    private PackedRows() {}

    /** As what the function gives a value: each has a column of the kind's letter and the value's place, from 1. */
    public enum Kind {
        /** Text of up to 32,672 characters. */
        T,
        /** Text of any length. */
        C,
        /** Up to 32,672 bytes. */
        X,
        /** Any number of bytes. */
        B
    }

    /** Packs rows, each with a value for every column. */
    public static byte[] pack(int columns, List<List<byte[]>> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeInt(columns);
            for (List<byte[]> row : rows) {
                for (byte[] value : row) {
                    out.writeInt(value == null ? -1 : value.length);
                    if (value != null) {
                        out.write(value);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The rows, in their order. Lengths are checked before memory is taken. */
    public static Iterator<byte[][]> unpack(byte[] packed) {
        return new Reader(packed);
    }

    private static final class Reader implements Iterator<byte[][]> {

        private final DataInputStream in;
        private final int columns;

        Reader(byte[] packed) {
            in = new DataInputStream(new ByteArrayInputStream(packed));
            columns = packed.length == 0 ? 0 : length();
            if (columns < 0 || columns > MOST_COLUMNS) {
                throw new IllegalArgumentException(columns + " columns; allowed are 0 to " + MOST_COLUMNS + ".");
            }
        }

        @Override
        public boolean hasNext() {
            return columns > 0 && left() > 0;
        }

        @Override
        public byte[][] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            byte[][] row = new byte[columns][];
            for (int i = 0; i < columns; i++) {
                int length = length();
                if (length > left()) {
                    throw new IllegalArgumentException("A value of length " + length + " is longer than what is left.");
                }
                row[i] = length < 0 ? null : bytes(length);
            }
            return row;
        }

        private int left() {
            try {
                return in.available();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private int length() {
            try {
                return in.readInt();
            } catch (IOException e) {
                throw new IllegalArgumentException("The rows end within a value.", e);
            }
        }

        private byte[] bytes(int length) {
            try {
                return in.readNBytes(length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
