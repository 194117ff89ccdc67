package org.parley.sql.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.SqlType.Family;

/** Conversion to numbers. A fraction is cut off when a decimal or float becomes an integer, and rounded anywhere else. */
final class ToNumber {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\s*\\d*");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\s*(\\d+\\.?\\d*|\\.\\d+)");
    private static final Pattern FLOAT = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eEdD][+-]?\\d+)?");
    private static final Pattern MONEY =
            Pattern.compile("([+-]?)\\s*[$\u00a3\u20ac\u00a5]?\\s*([+-]?)([\\d,]*\\.?\\d*)");
    private static final BigDecimal MOST_MONEY = BigDecimal.valueOf(Long.MAX_VALUE, SqlType.MONEY_SCALE);
    private static final BigDecimal LEAST_MONEY = BigDecimal.valueOf(Long.MIN_VALUE, SqlType.MONEY_SCALE);
    private static final double NANOS_OF_DAY = 86_400e9;

    /** Longer text is no number of any type, and reading its digits would take long. */
    private static final int MOST_CHARACTERS = 1_000;

    private ToNumber() {}

    static Object convert(Value value, SqlType to) {
        return switch (to.family()) {
            case APPROXIMATE -> floating(value, to);
            case DECIMAL -> fitted(exact(value, to), value, to);
            case MONEY -> money(exact(value, to), value, to);
            default -> to.base() == Base.BIT ? bit(value, to) : integer(value, to);
        };
    }

    /** The number of a value of a number type. */
    static BigDecimal number(Value value) {
        Object content = value.content();
        if (content instanceof BigDecimal number) {
            return number;
        }
        if (content instanceof Boolean bit) {
            return bit ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return content instanceof Double number
                ? BigDecimal.valueOf(number)
                : BigDecimal.valueOf(((Number) content).longValue());
    }

    private static BigDecimal exact(Value value, SqlType to) {
        return switch (value.type().family()) {
            case TEXT -> to.family() == Family.MONEY ? moneyText(value, to) : decimalText(value, to);
            case BYTES -> to.family() == Family.MONEY ? moneyBytes(value) : decimalBytes(value, to);
            case DATETIME -> BigDecimal.valueOf(days(value));
            default -> number(value);
        };
    }

    private static BigDecimal fitted(BigDecimal number, Value value, SqlType to) {
        // told by the digits before any is made: 1e308 with 38 digits behind the point would be long
        if (number.precision() - number.scale() > to.precision() - to.scale() && number.signum() != 0) {
            throw Conversion.overflow(8115, value, to);
        }
        BigDecimal rounded = number.setScale(to.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > to.precision()) {
            throw Conversion.overflow(8115, value, to);
        }
        return rounded;
    }

    private static BigDecimal money(BigDecimal number, Value value, SqlType to) {
        if (number.compareTo(MOST_MONEY) > 0 || number.compareTo(LEAST_MONEY) < 0) {
            throw Conversion.overflow(value.type().isText() ? 236 : 8115, value, to);
        }
        return number.setScale(SqlType.MONEY_SCALE, RoundingMode.HALF_UP);
    }

    private static Boolean bit(Value value, SqlType to) {
        return switch (value.type().family()) {
            case TEXT -> bitText(value, to);
            case BYTES -> Bytes.bigEndian((byte[]) value.content()) != 0;
            case DATETIME -> days(value) != 0;
            default -> number(value).signum() != 0;
        };
    }

    private static boolean bitText(Value value, SqlType to) {
        String text = trimmed(value);
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        if (!text.isEmpty() && !INTEGER.matcher(text).matches()) {
            throw Conversion.failed(245, value, to);
        }
        return text.chars().anyMatch(c -> c >= '1' && c <= '9');
    }

    private static Object integer(Value value, SqlType to) {
        BigInteger number =
                switch (value.type().family()) {
                    case TEXT -> integerText(value, to);
                    case BYTES -> BigInteger.valueOf(integerBytes((byte[]) value.content(), to));
                    case MONEY, DATETIME ->
                        exact(value, to).setScale(0, RoundingMode.HALF_UP).toBigInteger();
                    default -> number(value).toBigInteger();
                };
        if (number.compareTo(least(to.base())) < 0 || number.compareTo(most(to.base())) > 0) {
            throw Conversion.overflow(overflowNumber(value.type(), to), value, to);
        }
        if (to.base() == Base.BIGINT) {
            return number.longValue();
        }
        return number.intValue();
    }

    private static int overflowNumber(SqlType from, SqlType to) {
        boolean narrow = to.base() == Base.TINYINT || to.base() == Base.SMALLINT;
        return switch (from.family()) {
            case TEXT -> narrow ? 244 : to.base() == Base.INT ? 248 : 8115;
            case APPROXIMATE -> 232;
            case INTEGER -> narrow ? 220 : 8115;
            default -> 8115;
        };
    }

    static BigInteger least(Base base) {
        return switch (base) {
            case TINYINT -> BigInteger.ZERO;
            case SMALLINT -> BigInteger.valueOf(Short.MIN_VALUE);
            case INT -> BigInteger.valueOf(Integer.MIN_VALUE);
            default -> BigInteger.valueOf(Long.MIN_VALUE);
        };
    }

    static BigInteger most(Base base) {
        return switch (base) {
            case TINYINT -> BigInteger.valueOf(255);
            case SMALLINT -> BigInteger.valueOf(Short.MAX_VALUE);
            case INT -> BigInteger.valueOf(Integer.MAX_VALUE);
            default -> BigInteger.valueOf(Long.MAX_VALUE);
        };
    }

    private static String trimmed(Value value) {
        return ((String) value.content()).strip();
    }

    private static BigInteger integerText(Value value, SqlType to) {
        String text = trimmed(value);
        if (text.isEmpty()) {
            return BigInteger.ZERO;
        }
        if (text.length() > MOST_CHARACTERS || !INTEGER.matcher(text).matches()) {
            throw Conversion.failed(to.base() == Base.BIGINT ? 8114 : 245, value, to);
        }
        String digits = text.replaceAll("\\s", "");
        // a sign alone is nothing, as in Transact-SQL
        return digits.equals("-") || digits.equals("+") ? BigInteger.ZERO : new BigInteger(digits);
    }

    private static long integerBytes(byte[] bytes, SqlType to) {
        long number = Bytes.bigEndian(bytes);
        return switch (to.base()) {
            case TINYINT -> number & 0xff;
            case SMALLINT -> (short) number;
            case INT -> (int) number;
            default -> number;
        };
    }

    private static BigDecimal decimalText(Value value, SqlType to) {
        String text = trimmed(value);
        if (text.length() > MOST_CHARACTERS || !DECIMAL.matcher(text).matches()) {
            throw Conversion.failed(8114, value, to);
        }
        return new BigDecimal(text.replaceAll("\\s", ""));
    }

    private static BigDecimal moneyText(Value value, SqlType to) {
        String text = trimmed(value);
        var matcher = MONEY.matcher(text.length() > MOST_CHARACTERS ? "?" : text);
        if (!matcher.matches()
                || !matcher.group(1).isEmpty() && !matcher.group(2).isEmpty()) {
            throw Conversion.failed(235, value, to);
        }
        String digits = matcher.group(3).replace(",", "");
        if (digits.isEmpty() || digits.equals(".")) {
            return BigDecimal.ZERO;
        }
        BigDecimal number = new BigDecimal(digits);
        return (matcher.group(1) + matcher.group(2)).equals("-") ? number.negate() : number;
    }

    private static BigDecimal moneyBytes(Value value) {
        return BigDecimal.valueOf(Bytes.bigEndian((byte[]) value.content()), SqlType.MONEY_SCALE);
    }

    /** The layout that {@link ToBytes} writes. */
    private static BigDecimal decimalBytes(Value value, SqlType to) {
        byte[] bytes = (byte[]) value.content();
        int head = 4;
        boolean valid = bytes.length > head
                && bytes.length <= head + 16
                && bytes[0] >= 1
                && bytes[0] <= SqlType.MOST_DIGITS
                && bytes[1] >= 0
                && bytes[1] <= bytes[0];
        if (!valid) {
            throw Conversion.failed(8114, value, to);
        }
        BigDecimal number = new BigDecimal(Bytes.littleEndian(bytes, head, bytes.length), bytes[1]);
        return bytes[3] == 0 ? number.negate() : number;
    }

    private static Double floating(Value value, SqlType to) {
        double number =
                switch (value.type().family()) {
                    case TEXT -> floatText(value, to);
                    case DATETIME -> days(value);
                    case APPROXIMATE -> (Double) value.content();
                    default -> number(value).doubleValue();
                };
        double kept = to.base() == Base.REAL ? (float) number : number;
        if (Double.isInfinite(kept)) {
            throw Conversion.overflow(value.type().family() == Family.APPROXIMATE ? 232 : 8115, value, to);
        }
        return kept;
    }

    private static double floatText(Value value, SqlType to) {
        String text = trimmed(value);
        if (text.isEmpty()) {
            return 0;
        }
        if (text.length() > MOST_CHARACTERS || !FLOAT.matcher(text).matches()) {
            throw Conversion.failed(8114, value, to);
        }
        return Double.parseDouble(text.toLowerCase(Locale.ROOT).replace('d', 'e'));
    }

    private static double days(Value value) {
        LocalDateTime moment = (LocalDateTime) value.content();
        long days = ChronoUnit.DAYS.between(Conversion.FIRST_DAY.toLocalDate(), moment.toLocalDate());
        return days + moment.toLocalTime().toNanoOfDay() / NANOS_OF_DAY;
    }
}
