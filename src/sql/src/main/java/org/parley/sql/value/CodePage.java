package org.parley.sql.value;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Windows-1252, the code page of char and varchar. The five bytes that it leaves open stand for the control characters of the same
 * number, as on Windows, so that each of the 256 bytes is a character and none is lost.
 */
final class CodePage {

    /** What stands for a character that isn't in the code page. */
    static final char UNKNOWN = '?';

    private static final int FIRST = 0x80;
    private static final char[] UPPER =
            ("\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d"
                            + "\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178")
                    .toCharArray();
    private static final int LAST = FIRST + UPPER.length;
    private static final Map<Character, Byte> BYTES = new HashMap<>();

    static {
        for (int i = 0; i < UPPER.length; i++) {
            BYTES.put(UPPER[i], (byte) (FIRST + i));
        }
    }

    private CodePage() {}

    static String decode(byte[] bytes) {
        // Latin-1 has the same characters, but for 32 of them
        char[] text = new String(bytes, StandardCharsets.ISO_8859_1).toCharArray();
        for (int i = 0; i < text.length; i++) {
            if (text[i] >= FIRST && text[i] < LAST) {
                text[i] = UPPER[text[i] - FIRST];
            }
        }
        return new String(text);
    }

    static byte[] encode(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = encode(text.charAt(i));
        }
        return bytes;
    }

    private static byte encode(char c) {
        if (c < FIRST || c >= LAST && c <= 0xff) {
            return (byte) c;
        }
        return BYTES.getOrDefault(c, (byte) UNKNOWN);
    }

    /** Whether it has the character. */
    static boolean has(int character) {
        return character < FIRST
                || character >= LAST && character <= 0xff
                || character <= Character.MAX_VALUE && BYTES.containsKey((char) character);
    }

    /** The text with only characters that the code page has. */
    static String narrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST) {
                return decode(encode(text));
            }
        }
        return text;
    }
}
