package org.parley.sql.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Base;

/** Conversion to char, varchar, nchar and nvarchar. */
final class ToText {

    private static final int DIGITS_OF_FLOAT = 6;
    private static final int DIGITS_OF_IDENTIFIER = 36;

    private ToText() {}

    static String convert(Value value, SqlType to, Integer style) {
        String whole = whole(value, to, style);
        String text = to.isNational() ? whole : CodePage.narrow(whole);
        return fitted(text, value, to);
    }

    /** A value where a function or LIKE takes text; bytes are one character each. */
    static String of(Value value) {
        SqlType any = value.type().isBytes() ? SqlType.varchar(SqlType.MAX) : SqlType.nvarchar(SqlType.MAX);
        return value.type().isText()
                ? (String) value.content()
                : (String) Conversion.implicit(value, any).content();
    }

    /** Cut to the length of the type, or filled up to it. */
    private static String fitted(String text, Value value, SqlType to) {
        if (to.isMax() || text.length() == to.length()) {
            return text;
        }
        if (text.length() < to.length()) {
            return to.isFixed() ? text + " ".repeat(to.length() - text.length()) : text;
        }
        return switch (value.type().family()) {
            case INTEGER -> tooLong(value, to);
            case DECIMAL, APPROXIMATE -> throw Conversion.overflow(8115, value, to);
            case MONEY -> throw Conversion.overflow(234, value, to);
            case IDENTIFIER ->
                throw new ScriptError(
                        8170,
                        "A uniqueidentifier has " + DIGITS_OF_IDENTIFIER + " characters; " + to
                                + " is too short for it.");
            case XML ->
                throw new ScriptError(
                        6354, "The xml value has " + text.length() + " characters; " + to + " is too short for it.");
            default -> text.substring(0, to.length());
        };
    }

    /** Transact-SQL writes a star for an int that has no room, and finds an error where it began to be stricter. */
    private static String tooLong(Value value, SqlType to) {
        if (to.isNational() || value.type().base() == Base.BIGINT) {
            throw Conversion.overflow(8115, value, to);
        }
        return to.isFixed() ? "*" + " ".repeat(to.length() - 1) : "*";
    }

    private static String whole(Value value, SqlType to, Integer style) {
        return switch (value.type().family()) {
            case TEXT, XML -> (String) value.content();
            case IDENTIFIER -> ((UUID) value.content()).toString().toUpperCase(Locale.ROOT);
            case BYTES -> bytes((byte[]) value.content(), to, style);
            case MONEY -> money((BigDecimal) value.content(), style);
            case APPROXIMATE -> floating(value, style);
            case DATE, TIME, DATETIME, DATETIME2 -> TimeText.format(value, style);
            default -> plain(value);
        };
    }

    /** A number in all its digits. */
    static String plain(Value value) {
        Object content = value.content();
        if (content instanceof Boolean bit) {
            return bit ? "1" : "0";
        }
        if (content instanceof Double number) {
            return significant(number, 17);
        }
        return content instanceof BigDecimal number ? number.toPlainString() : content.toString();
    }

    private static String bytes(byte[] bytes, SqlType to, Integer style) {
        int how = style == null ? 0 : style;
        return switch (how) {
            case 0 -> to.isNational() ? utf16(bytes) : CodePage.decode(bytes);
            case ToBytes.PREFIXED -> "0x" + Bytes.hex(bytes);
            case ToBytes.BARE -> Bytes.hex(bytes);
            default ->
                throw new ScriptError(9809, "Style " + style + " is none for bytes that become text: 0, 1 and 2 are.");
        };
    }

    /** A last byte that is alone is the lower half of a character. */
    private static String utf16(byte[] bytes) {
        byte[] even = bytes.length % 2 == 0 ? bytes : Arrays.copyOf(bytes, bytes.length + 1);
        char[] text = new char[even.length / 2];
        // not through the charset: it would replace surrogates that stand alone, and the bytes would not come back
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (even[2 * i] & 0xff | (even[2 * i + 1] & 0xff) << 8);
        }
        return new String(text);
    }

    /** The bytes of national text, whatever it is. */
    static byte[] utf16(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                bytes[2 * i] = (byte) text.charAt(i);
                bytes[2 * i + 1] = (byte) (text.charAt(i) >> 8);
            }
        }
        return bytes;
    }

    /** A style that there isn't is 0, as the documentation of CONVERT has it. */
    private static String money(BigDecimal number, Integer style) {
        int how = style == null ? 0 : style;
        return switch (how) {
            case 1 -> String.format(Locale.ROOT, "%,.2f", number.setScale(2, RoundingMode.HALF_UP));
            case 2, 126 -> number.toPlainString();
            default -> number.setScale(2, RoundingMode.HALF_UP).toPlainString();
        };
    }

    private static String floating(Value value, Integer style) {
        double number = (Double) value.content();
        boolean real = value.type().base() == Base.REAL;
        int how = style == null ? 0 : style;
        return switch (how) {
            case 1 -> scientific(number, 8);
            case 2 -> scientific(number, 16);
            case 3, 126 -> scientific(number, real ? 9 : 17);
            default -> significant(number, DIGITS_OF_FLOAT);
        };
    }

    /** As C's %g does it: without an exponent where that is short, and without zeros at the end. */
    private static String significant(double number, int digits) {
        if (number == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_UP));
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal stripped = rounded.stripTrailingZeros();
        if (exponent >= -5 && exponent < digits) {
            return stripped.toPlainString();
        }
        return mantissa(stripped, stripped.precision()) + exponent(exponent);
    }

    private static String scientific(double number, int digits) {
        if (number == 0) {
            return "0." + "0".repeat(digits - 1) + exponent(0);
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_UP));
        return mantissa(rounded, digits) + exponent(rounded.precision() - rounded.scale() - 1);
    }

    private static String mantissa(BigDecimal number, int digits) {
        BigDecimal one = number.scaleByPowerOfTen(number.scale() - number.precision() + 1);
        return one.setScale(digits - 1, RoundingMode.UNNECESSARY).toPlainString();
    }

    private static String exponent(int exponent) {
        return String.format(Locale.ROOT, "e%s%03d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
