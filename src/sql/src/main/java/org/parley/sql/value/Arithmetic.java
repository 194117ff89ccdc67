package org.parley.sql.value;

import static org.parley.sql.value.SqlType.MOST_DIGITS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.SqlType.Family;

/** Reckons with numbers and moments whose types have been found to go together. */
final class Arithmetic {

    /** Digits behind the point that a division or product keeps, however large its whole part. */
    private static final int LEAST_SCALE = 6;

    private Arithmetic() {}

    /** Transact-SQL's rules of precision and scale. */
    static SqlType decimal(String operator, SqlType left, SqlType right) {
        int scale = Math.max(left.scale(), right.scale());
        int leftWhole = left.precision() - left.scale();
        int rightWhole = right.precision() - right.scale();
        return switch (operator) {
            case "*" -> cut(left.precision() + right.precision() + 1, left.scale() + right.scale());
            case "/" -> {
                int fine = Math.max(LEAST_SCALE, left.scale() + right.precision() + 1);
                yield cut(leftWhole + right.scale() + fine, fine);
            }
            case "%" -> SqlType.decimal(Math.max(1, Math.min(leftWhole, rightWhole) + scale), scale);
            default -> {
                int whole = Math.max(leftWhole, rightWhole);
                int precision = whole + scale + 1;
                yield precision <= MOST_DIGITS
                        ? SqlType.decimal(precision, scale)
                        : SqlType.decimal(MOST_DIGITS, Math.min(scale, Math.max(0, MOST_DIGITS - whole)));
            }
        };
    }

    private static SqlType cut(int precision, int scale) {
        if (precision <= MOST_DIGITS) {
            return SqlType.decimal(precision, scale);
        }
        int whole = precision - scale;
        return SqlType.decimal(MOST_DIGITS, Math.min(scale, Math.max(LEAST_SCALE, MOST_DIGITS - whole)));
    }

    static Value numbers(String operator, Value left, Value right, SqlType result) {
        return switch (result.family()) {
            case INTEGER -> integers(operator, integer(left, result), integer(right, result), result);
            case APPROXIMATE -> approximate(operator, floating(left), floating(right), result);
            case MONEY -> money(operator, exact(left, result), exact(right, result), result);
            default -> decimals(operator, exact(left, result), exact(right, result), result);
        };
    }

    private static BigInteger integer(Value value, SqlType result) {
        Object content = Conversion.implicit(value, result).content();
        return content instanceof Boolean bit
                ? bit ? BigInteger.ONE : BigInteger.ZERO
                : BigInteger.valueOf(((Number) content).longValue());
    }

    private static double floating(Value value) {
        return (Double) Conversion.implicit(value, SqlType.FLOAT).content();
    }

    /** Text beside a decimal becomes that decimal; a number keeps all its digits. */
    private static BigDecimal exact(Value value, SqlType result) {
        return value.type().isNumber()
                ? ToNumber.number(value)
                : (BigDecimal) Conversion.implicit(value, result).content();
    }

    private static Value integers(String operator, BigInteger left, BigInteger right, SqlType result) {
        return switch (operator) {
            case "+" -> integer(left.add(right), result);
            case "-" -> integer(left.subtract(right), result);
            case "*" -> integer(left.multiply(right), result);
            case "/" -> integer(left.divide(divisor(right)), result);
            case "%" -> integer(left.remainder(divisor(right)), result);
            case "&" -> integer(left.and(right), result);
            case "|" -> integer(left.or(right), result);
            default -> integer(left.xor(right), result);
        };
    }

    private static BigInteger divisor(BigInteger number) {
        if (number.signum() == 0) {
            throw divisionByZero();
        }
        return number;
    }

    private static ScriptError divisionByZero() {
        return new ScriptError(8134, "A number was divided by zero.");
    }

    static Value integer(BigInteger number, SqlType type) {
        if (type.base() == Base.BIT) {
            return new Value(type, number.signum() != 0);
        }
        if (number.compareTo(ToNumber.least(type.base())) < 0 || number.compareTo(ToNumber.most(type.base())) > 0) {
            throw overflow(number.toString(), type);
        }
        return new Value(type, type.base() == Base.BIGINT ? (Object) number.longValue() : (Object) number.intValue());
    }

    private static ScriptError overflow(String number, SqlType type) {
        return new ScriptError(8115, "The result " + Words.shortened(number) + " is out of the range of " + type + ".");
    }

    private static Value approximate(String operator, double left, double right, SqlType result) {
        if (operator.equals("/") && right == 0) {
            throw divisionByZero();
        }
        double number =
                switch (operator) {
                    case "+" -> left + right;
                    case "-" -> left - right;
                    case "*" -> left * right;
                    default -> left / right;
                };
        return floating(number, result);
    }

    static Value floating(double number, SqlType type) {
        double kept = type.base() == Base.REAL ? (float) number : number;
        if (Double.isInfinite(kept) || Double.isNaN(kept)) {
            throw overflow(Double.toString(number), type);
        }
        return new Value(type, kept);
    }

    private static Value money(String operator, BigDecimal left, BigDecimal right, SqlType result) {
        BigDecimal number = reckoned(operator, left, right, SqlType.MONEY_SCALE);
        return Conversion.implicit(new Value(decimalOf(number), number), result);
    }

    private static Value decimals(String operator, BigDecimal left, BigDecimal right, SqlType result) {
        BigDecimal number = reckoned(operator, left, right, result.scale());
        // digits that a quotient has no room for are cut off, those of a product or sum rounded
        BigDecimal fitted =
                number.setScale(result.scale(), operator.equals("/") ? RoundingMode.DOWN : RoundingMode.HALF_UP);
        if (fitted.precision() > result.precision()) {
            throw overflow(fitted.toPlainString(), result);
        }
        return new Value(result, fitted);
    }

    private static BigDecimal reckoned(String operator, BigDecimal left, BigDecimal right, int scale) {
        return switch (operator) {
            case "+" -> left.add(right);
            case "-" -> left.subtract(right);
            case "*" -> left.multiply(right);
            case "/" -> {
                divisor(right.unscaledValue());
                yield left.divide(right, scale, RoundingMode.DOWN);
            }
            default -> {
                divisor(right.unscaledValue());
                yield left.remainder(right);
            }
        };
    }

    private static SqlType decimalOf(BigDecimal number) {
        return SqlType.decimal(Math.max(number.precision(), number.scale()), Math.max(0, number.scale()));
    }

    static Value negated(Value operand, SqlType result) {
        Object content = operand.content();
        if (content instanceof Double number) {
            return new Value(result, -number);
        }
        return content instanceof BigDecimal number
                ? Conversion.implicit(new Value(decimalOf(number), number.negate()), result)
                : integer(BigInteger.valueOf(((Number) content).longValue()).negate(), result);
    }

    /** A datetime as the time since the first day of 1900, which is what it is when it is reckoned with. */
    static Value moments(String operator, Value left, Value right, SqlType result) {
        Duration first = sinceFirstDay(left);
        Duration second = sinceFirstDay(right);
        LocalDateTime moment = Conversion.FIRST_DAY.plus(first).plus(operator.equals("+") ? second : second.negated());
        try {
            return new Value(result, ToTime.datetime(moment));
        } catch (ToTime.OutOfRange e) {
            throw new ScriptError(8115, 16, 1, "The result isn't from 1753-01-01 to 9999-12-31, as a datetime is.", e);
        }
    }

    private static Duration sinceFirstDay(Value value) {
        Value moment = value.type().family() == Family.DATETIME ? value : Conversion.implicit(value, SqlType.DATETIME);
        return Duration.between(Conversion.FIRST_DAY, (LocalDateTime) moment.content());
    }
}
