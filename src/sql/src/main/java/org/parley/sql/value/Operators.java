package org.parley.sql.value;

import static org.parley.sql.value.SqlType.MAX;

import java.math.BigInteger;
import java.util.Map;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.SqlType.Family;

/**
 * Operators between values, and before one: {@code + - * / % & | ^} and {@code + - ~}. The type of the result is known from the types
 * of the operands.
 */
public final class Operators {

    private static final Map<String, String> NAMES = Map.of(
            "+",
            "add",
            "-",
            "subtract",
            "*",
            "multiply",
            "/",
            "divide",
            "%",
            "modulo",
            "&",
            "AND of bits",
            "|",
            "OR of bits",
            "^",
            "exclusive OR of bits",
            "~",
            "complement");

    private Operators() {}

    /**
     * The operator's result.
     *
     * @throws ScriptError 206, 257, 402, 8117 when the types forbid it, 8134 for a division by zero, 8115 for an overflow; else as
     *     {@link Conversion#implicit}
     */
    public static Value apply(String operator, Value left, Value right) {
        return apply(operator, left, right, type(operator, left.type(), right.type()));
    }

    static Value apply(String operator, Value left, Value right, SqlType result) {
        if (left.isNull() || right.isNull()) {
            return new Value(result, null);
        }
        return switch (result.family()) {
            case TEXT -> concatenated(left, right, result);
            case BYTES -> joined((byte[]) left.content(), (byte[]) right.content(), result);
            case DATETIME -> Arithmetic.moments(operator, left, right, result);
            default -> Arithmetic.numbers(operator, left, right, result);
        };
    }

    /** The type of the result. */
    public static SqlType type(String operator, SqlType left, SqlType right) {
        if (left.isNull() || right.isNull()) {
            SqlType known = left.isNull() ? right : left;
            return type(operator, known.ofColumn(), known.ofColumn());
        }
        boolean plus = operator.equals("+");
        if (plus && left.isText() && right.isText() || plus && left.isBytes() && right.isBytes()) {
            return longer(left, right);
        }
        if (left.isText() != right.isText()) {
            // text beside anything else becomes that
            SqlType other = left.isText() ? right : left;
            if (other.isNumber() || other.family() == Family.DATETIME) {
                return between(operator, other, other);
            }
        }
        return between(operator, left, right);
    }

    private static SqlType between(String operator, SqlType left, SqlType right) {
        return switch (operator) {
            case "&", "|", "^" -> bits(operator, left, right);
            default -> arithmetic(operator, left, right);
        };
    }

    private static SqlType longer(SqlType left, SqlType right) {
        SqlType common = Types.common(left, right);
        Base base = Types.varying(common.base());
        if (left.isMax() || right.isMax()) {
            return new SqlType(base, MAX, 0, 0);
        }
        return new SqlType(base, Math.min(common.mostLength(), left.length() + right.length()), 0, 0);
    }

    private static SqlType bits(String operator, SqlType left, SqlType right) {
        boolean integers = left.isInteger() && right.isInteger();
        boolean bytes = left.isInteger() && right.isBytes() || left.isBytes() && right.isInteger();
        if (integers) {
            return Types.common(left, right);
        }
        if (bytes) {
            return left.isInteger() ? left : right;
        }
        throw invalid(operator, left, right);
    }

    private static SqlType arithmetic(String operator, SqlType left, SqlType right) {
        if (left.isNumber() && right.isNumber()) {
            return numeric(operator, left, right);
        }
        if (left.isNumber() && right.isBytes() || left.isBytes() && right.isNumber()) {
            SqlType number = left.isNumber() ? left : right;
            Conversion.checkImplicit(left.isNumber() ? right : left, number);
            return numeric(operator, number, number);
        }
        boolean additive = operator.equals("+") || operator.equals("-");
        if (additive && isMoment(left) && isMoment(right)) {
            return SqlType.DATETIME;
        }
        throw invalid(operator, left, right);
    }

    /** A datetime can be reckoned with, and a number beside it is a number of days. */
    private static boolean isMoment(SqlType type) {
        return type.family() == Family.DATETIME || type.isNumber();
    }

    private static SqlType numeric(String operator, SqlType left, SqlType right) {
        SqlType strong = Types.common(left, right);
        boolean modulo = operator.equals("%");
        if (strong.base() == Base.BIT || modulo && strong.family() == Family.APPROXIMATE) {
            throw invalid(operator, left, right);
        }
        return strong.family() == Family.DECIMAL
                ? Arithmetic.decimal(operator, Types.exact(left), Types.exact(right))
                : strong;
    }

    private static ScriptError invalid(String operator, SqlType left, SqlType right) {
        if (left.base() == right.base()) {
            return invalid(operator, left);
        }
        if (left.isTemporal() && right.isNumber() || left.isNumber() && right.isTemporal()) {
            return new ScriptError(
                    206,
                    "Operator " + operator + " (" + NAMES.get(operator) + ") doesn't take "
                            + left.base().word() + " with " + right.base().word() + "; DATEADD does.");
        }
        return new ScriptError(
                402,
                "Operator " + operator + " (" + NAMES.get(operator) + ") doesn't take "
                        + left.base().word() + " and " + right.base().word() + ": convert one of them.");
    }

    private static ScriptError invalid(String operator, SqlType type) {
        return new ScriptError(
                8117,
                "Operator " + operator + " (" + NAMES.get(operator) + ") doesn't take "
                        + type.base().word() + ".");
    }

    /** Text that isn't max is cut off where its type ends, as Transact-SQL does. */
    private static Value concatenated(Value left, Value right, SqlType result) {
        String first = (String) left.content();
        String second = (String) right.content();
        checkLength((long) first.length() + second.length(), result);
        String whole = first + second;
        boolean cut = !result.isMax() && whole.length() > result.length();
        return new Value(result, cut ? whole.substring(0, result.length()) : whole);
    }

    private static Value joined(byte[] left, byte[] right, SqlType result) {
        checkLength((long) left.length + right.length, result);
        byte[] whole = Bytes.joined(left, right);
        boolean cut = !result.isMax() && whole.length > result.length();
        return new Value(result, cut ? java.util.Arrays.copyOf(whole, result.length()) : whole);
    }

    /** Before something long is made. */
    static void checkLength(long length, SqlType type) {
        if (length > SqlType.MOST_OF_MAX) {
            throw new ScriptError(
                    7119,
                    "A value of " + length + " characters or bytes is too long: a " + type + " has at most "
                            + SqlType.MOST_OF_MAX + ".");
        }
    }

    /** The type of the operand with the operator before it. */
    public static SqlType type(String operator, SqlType operand) {
        SqlType type = operand.ofColumn();
        boolean minus = operator.equals("-");
        if (operator.equals("+") || minus && type.isNumber() && type.base() != Base.BIT) {
            // there is no negative tinyint
            return minus && type.base() == Base.TINYINT ? SqlType.SMALLINT : type;
        }
        if (operator.equals("~") && type.isInteger()) {
            return type;
        }
        String name = minus ? "minus" : NAMES.get(operator);
        throw new ScriptError(
                8117,
                "Operator " + operator + " (" + name + ") doesn't take "
                        + type.base().word() + ".");
    }

    /** The operand with the operator before it. */
    static Value apply(String operator, Value operand, SqlType result) {
        if (operand.isNull() || operator.equals("+")) {
            return new Value(result, operand.content());
        }
        if (operator.equals("-")) {
            return Arithmetic.negated(operand, result);
        }
        if (operand.content() instanceof Boolean bit) {
            return new Value(result, !bit);
        }
        BigInteger inverted =
                BigInteger.valueOf(((Number) operand.content()).longValue()).not();
        boolean small = result.base() == Base.TINYINT;
        return Arithmetic.integer(small ? inverted.and(BigInteger.valueOf(255)) : inverted, result);
    }
}
