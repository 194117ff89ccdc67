package org.parley.sql.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.UUID;
import org.parley.sql.ScriptError;

/** Conversion to binary and varbinary. Numbers keep their lowest bytes when there is no room for all, anything else its first. */
final class ToBytes {

    /** The digits of 0x... as text. */
    static final int PREFIXED = 1;
    /** Digits without 0x. */
    static final int BARE = 2;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xff, (byte) 0xfe};

    private ToBytes() {}

    static byte[] convert(Value value, SqlType to, Integer style) {
        byte[] bytes = whole(value, to, style);
        int length = to.isFixed() ? to.length() : to.isMax() ? bytes.length : Math.min(to.length(), bytes.length);
        if (length == bytes.length) {
            return bytes;
        }
        if (!value.type().isNumber() || value.type().family() == SqlType.Family.DECIMAL) {
            return Arrays.copyOf(bytes, length);
        }
        byte[] cut = new byte[length];
        int kept = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - kept, cut, length - kept, kept);
        return cut;
    }

    private static byte[] whole(Value value, SqlType to, Integer style) {
        Object content = value.content();
        return switch (value.type().base()) {
            case BINARY, VARBINARY -> (byte[]) content;
            case CHAR, VARCHAR, NCHAR, NVARCHAR, SYSNAME -> text(value, to, style);
            case BIT -> new byte[] {(byte) ((Boolean) content ? 1 : 0)};
            case TINYINT -> Bytes.bigEndian((Integer) content, 1);
            case SMALLINT -> Bytes.bigEndian((Integer) content, 2);
            case INT -> Bytes.bigEndian((Integer) content, 4);
            case BIGINT -> Bytes.bigEndian((Long) content, 8);
            case MONEY -> Bytes.bigEndian(((BigDecimal) content).unscaledValue().longValueExact(), 8);
            case DECIMAL -> decimal((BigDecimal) content, value.type());
            case REAL -> Bytes.bigEndian(Float.floatToIntBits(((Double) content).floatValue()), 4);
            case FLOAT -> Bytes.bigEndian(Double.doubleToLongBits((Double) content), 8);
            case UNIQUEIDENTIFIER -> Identifiers.bytes((UUID) content);
            case DATE, TIME, DATETIME, DATETIME2 -> TimeBytes.of(value);
            // service-broker.md, 1.3: the receiver tells the encoding from the mark
            case XML -> Bytes.joined(BYTE_ORDER_MARK, ToText.utf16((String) content));
            case NULL -> throw new IllegalStateException("NULL has no values");
        };
    }

    private static byte[] text(Value value, SqlType to, Integer style) {
        String text = (String) value.content();
        int how = style == null ? 0 : style;
        return switch (how) {
            case 0 -> value.type().isNational() ? ToText.utf16(text) : CodePage.encode(text);
            case PREFIXED -> {
                if (!text.startsWith("0x") && !text.startsWith("0X")) {
                    throw Conversion.failed(8114, value, to);
                }
                yield digits(text.substring(2), value, to);
            }
            case BARE -> digits(text, value, to);
            default ->
                throw new ScriptError(9809, "Style " + style + " is none for text that becomes bytes: 0, 1 and 2 are.");
        };
    }

    private static byte[] digits(String digits, Value value, SqlType to) {
        try {
            return Bytes.parse(digits);
        } catch (IllegalArgumentException e) {
            throw new ScriptError(
                    8114,
                    16,
                    1,
                    Words.of(value) + " can't be converted to " + to
                            + ": an even number of hexadecimal digits is needed.",
                    e);
        }
    }

    /** Precision, scale, a zero, 1 for not negative, then the digits as words of four bytes, the lowest byte first. */
    private static byte[] decimal(BigDecimal number, SqlType type) {
        BigInteger digits = number.unscaledValue().abs();
        int words = type.precision() <= 9 ? 1 : type.precision() <= 19 ? 2 : type.precision() <= 28 ? 3 : 4;
        byte[] head = {(byte) type.precision(), (byte) type.scale(), 0, (byte) (number.signum() < 0 ? 0 : 1)};
        return Bytes.joined(head, Bytes.littleEndian(digits, 4 * words));
    }
}
