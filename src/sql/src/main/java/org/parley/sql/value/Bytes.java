package org.parley.sql.value;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes: their digits, and numbers in them. */
final class Bytes {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Bytes() {}

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /** Bytes of an even number of digits; throws IllegalArgumentException for anything else. */
    static byte[] parse(String digits) {
        return HEX.parseHex(digits);
    }

    static int lengthWithoutZeros(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** The lowest bytes of a number, the highest first. */
    static byte[] bigEndian(long number, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (number >> 8 * (length - 1 - i));
        }
        return bytes;
    }

    /** The number in bytes of which the first is the highest; of more than eight the last eight. */
    static long bigEndian(byte[] bytes) {
        long number = 0;
        for (byte b : bytes) {
            number = number << 8 | b & 0xff;
        }
        return number;
    }

    /** A number that isn't negative, the lowest byte first. */
    static byte[] littleEndian(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        byte[] high = number.toByteArray();
        for (int i = 0; i < Math.min(length, high.length); i++) {
            bytes[i] = high[high.length - 1 - i];
        }
        return bytes;
    }

    static BigInteger littleEndian(byte[] bytes, int from, int to) {
        byte[] high = Arrays.copyOfRange(bytes, from, to);
        for (int i = 0, j = high.length - 1; i < j; i++, j--) {
            byte swapped = high[i];
            high[i] = high[j];
            high[j] = swapped;
        }
        return new BigInteger(1, high);
    }

    static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
