package org.parley.sql.value;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.UUID;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Family;

/** Compares values: both are converted to the type that they have in common, and NULL is neither equal nor unequal to anything. */
public final class Comparison {

    private Comparison() {}

    /**
     * {@code = <> < <= > >=}.
     *
     * @throws ScriptError 206, 257, 305 when the types forbid it; else as {@link Conversion#implicit}
     */
    public static Truth compare(String operator, Value left, Value right) {
        return compare(operator, left, right, type(left.type(), right.type()));
    }

    /** The type in which values of these types are compared. */
    static SqlType type(SqlType left, SqlType right) {
        SqlType common = Types.common(left, right);
        if (common.base() == SqlType.Base.XML) {
            throw new ScriptError(
                    305, "Values of type xml can't be compared: IS NULL and methods of xml tell about them.");
        }
        Conversion.checkImplicit(left, common);
        Conversion.checkImplicit(right, common);
        return common;
    }

    static Truth compare(String operator, Value left, Value right, SqlType common) {
        if (left.isNull() || right.isNull()) {
            return Truth.UNKNOWN;
        }
        int order = order(converted(left, common), converted(right, common), common);
        return Truth.of(
                switch (operator) {
                    case "=" -> order == 0;
                    case "<>" -> order != 0;
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    case ">=" -> order >= 0;
                    default -> throw new IllegalStateException("operator " + operator);
                });
    }

    /** Exact numbers are compared with all their digits, text and bytes whole. */
    private static Object converted(Value value, SqlType common) {
        boolean whole = value.type().family() == common.family();
        if (whole || common.family() == Family.DECIMAL && value.type().isNumber()) {
            return common.family() == Family.DECIMAL || common.family() == Family.MONEY || common.isInteger()
                    ? ToNumber.number(value)
                    : value.content();
        }
        SqlType target = common.isText() || common.isBytes()
                ? new SqlType(Types.varying(common.base()), SqlType.MAX, 0, 0)
                : common;
        Value converted = Conversion.implicit(value, target);
        return common.isInteger() ? ToNumber.number(converted) : converted.content();
    }

    /** Which of two values of a type comes first. */
    private static int order(Object left, Object right, SqlType type) {
        return switch (type.family()) {
            case TEXT -> Collation.compare((String) left, (String) right);
            case BYTES -> bytes((byte[]) left, (byte[]) right);
            case IDENTIFIER -> Identifiers.compare((UUID) left, (UUID) right);
            case INTEGER, DECIMAL, MONEY -> ((BigDecimal) left).compareTo((BigDecimal) right);
            // zero has no sign here
            case APPROXIMATE -> Double.compare((Double) left + 0.0, (Double) right + 0.0);
            default -> comparable(left).compareTo(right);
        };
    }

    @SuppressWarnings("unchecked") // dates and times compare with their own kind, which both are
    private static Comparable<Object> comparable(Object content) {
        return (Comparable<Object>) content;
    }

    /** Zero bytes at the end don't count. */
    private static int bytes(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(
                left, 0, Bytes.lengthWithoutZeros(left), right, 0, Bytes.lengthWithoutZeros(right));
    }

    /** LIKE. */
    static Truth like(Value text, Value pattern, Value escape) {
        if (text.isNull() || pattern.isNull() || escape != null && escape.isNull()) {
            return Truth.UNKNOWN;
        }
        LikePattern matcher = new LikePattern(ToText.of(pattern), escape == null ? null : ToText.of(escape));
        return Truth.of(matcher.matches(ToText.of(text)));
    }
}
