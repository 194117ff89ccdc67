package org.parley.sql.value;

import static org.parley.sql.value.Function.Parameter.ANY;
import static org.parley.sql.value.Function.Parameter.INTEGER;
import static org.parley.sql.value.Function.Parameter.NUMBER;
import static org.parley.sql.value.SqlType.FLOAT;
import static org.parley.sql.value.SqlType.INT;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.SqlType.Family;

/** Functions on numbers. */
final class NumberFunctions {

    static final List<Function> ALL = List.of(
            Function.of("ABS", NumberFunctions::own, a -> fitted(a, a.number(0).abs()), NUMBER),
            Function.of(
                    "CEILING",
                    NumberFunctions::whole,
                    a -> fitted(a, a.number(0).setScale(0, RoundingMode.CEILING)),
                    NUMBER),
            floating("EXP", Math::exp),
            Function.of(
                    "FLOOR",
                    NumberFunctions::whole,
                    a -> fitted(a, a.number(0).setScale(0, RoundingMode.FLOOR)),
                    NUMBER),
            Function.of("ISNUMERIC", Function.always(INT), NumberFunctions::isNumeric, ANY)
                    .lenient(),
            floating("LOG", Math::log),
            floating("LOG10", Math::log10),
            Function.of("NEWID", Function.always(SqlType.UNIQUEIDENTIFIER), a -> java.util.UUID.randomUUID()),
            Function.of("PI", Function.always(FLOAT), a -> Math.PI),
            Function.of("POWER", NumberFunctions::power, NumberFunctions::raised, NUMBER, NUMBER),
            Function.of("ROUND", NumberFunctions::same, NumberFunctions::round, NUMBER, INTEGER, INTEGER)
                    .atLeast(2),
            Function.of(
                    "SIGN",
                    NumberFunctions::same,
                    a -> fitted(a, BigDecimal.valueOf(a.number(0).signum())),
                    NUMBER),
            floating("SQRT", Math::sqrt),
            floating("SQUARE", number -> number * number));

    private NumberFunctions() {}

    /** As {@link #same}, but a real stays one. */
    private static SqlType own(List<SqlType> arguments) {
        return arguments.get(0).base() == Base.REAL ? SqlType.REAL : same(arguments);
    }

    /** Small integers become int; bit, real and text become float. */
    private static SqlType same(List<SqlType> arguments) {
        SqlType type = arguments.get(0).ofColumn();
        if (type.base() == Base.BIT || type.base() == Base.REAL) {
            return FLOAT;
        }
        if (type.isInteger()) {
            return type.base() == Base.BIGINT ? type : INT;
        }
        return type.isNumber() ? type : FLOAT;
    }

    private static SqlType whole(List<SqlType> arguments) {
        SqlType type = same(arguments);
        return type.family() == Family.DECIMAL ? SqlType.decimal(type.precision(), 0) : type;
    }

    private static SqlType power(List<SqlType> arguments) {
        SqlType type = same(arguments);
        return type.family() == Family.DECIMAL ? SqlType.decimal(SqlType.MOST_DIGITS, type.scale()) : type;
    }

    private static Function floating(String name, DoubleUnaryOperator operator) {
        return Function.of(
                name, Function.always(FLOAT), a -> finite(name, a, operator.applyAsDouble(a.floating(0))), NUMBER);
    }

    private static Double finite(String name, Arguments arguments, double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new ScriptError(
                    3623, name + " has no value for " + Words.of(arguments.value(0)) + " that a float can hold.");
        }
        return number;
    }

    /** The number as the result's type holds it: 8115 when it doesn't. */
    private static Object fitted(Arguments arguments, BigDecimal number) {
        SqlType type = arguments.result();
        if (type.family() == Family.APPROXIMATE) {
            return Arithmetic.floating(number.doubleValue(), type).content();
        }
        if (type.isInteger()) {
            return Arithmetic.integer(number.toBigInteger(), type).content();
        }
        int precision = Math.max(1, Math.max(number.precision(), number.scale()));
        return Conversion.implicit(new Value(SqlType.decimal(precision, Math.max(0, number.scale())), number), type)
                .content();
    }

    /** Half is rounded away from zero; with a third argument that isn't 0 digits are cut off. */
    private static Object round(Arguments arguments) {
        int places = arguments.integer(1);
        RoundingMode mode = arguments.integer(2, 0) == 0 ? RoundingMode.HALF_UP : RoundingMode.DOWN;
        BigDecimal number = arguments.number(0);
        // beyond these nothing is left, or nothing is changed
        int bounded = Math.max(-400, Math.min(400, places));
        return bounded >= number.scale()
                ? fitted(arguments, number)
                : fitted(arguments, number.setScale(bounded, mode));
    }

    private static Object raised(Arguments arguments) {
        double base = arguments.floating(0);
        double exponent = arguments.floating(1);
        if (base == 0 && exponent < 0) {
            throw new ScriptError(8134, "POWER of 0 with the negative exponent " + exponent + " divides by zero.");
        }
        BigDecimal exact = exactPower(arguments, exponent);
        return fitted(
                arguments,
                exact != null ? exact : BigDecimal.valueOf(finite("POWER", arguments, Math.pow(base, exponent))));
    }

    /** Whole exponents of exact numbers lose no digits. */
    private static BigDecimal exactPower(Arguments arguments, double exponent) {
        boolean exact = arguments.result().family() != Family.APPROXIMATE;
        boolean small = exponent >= 0 && exponent <= 128 && exponent == Math.rint(exponent);
        return exact && small ? arguments.number(0).pow((int) exponent) : null;
    }

    /** Whether the text could be converted to a decimal, a float or money. */
    private static Object isNumeric(Arguments arguments) {
        Value value = arguments.value(0);
        if (value.isNull() || !value.type().isText()) {
            return !value.isNull() && value.type().isNumber() && value.type().base() != Base.BIT ? 1 : 0;
        }
        String text = arguments.text(0);
        boolean numeric = !text.isBlank()
                && (converts(value, FLOAT)
                        || text.chars().anyMatch(Character::isDigit) && converts(value, SqlType.MONEY));
        return numeric ? 1 : 0;
    }

    private static boolean converts(Value value, SqlType type) {
        try {
            Conversion.implicit(value, type);
            return true;
        } catch (ScriptError e) {
            // whether it can be is what was asked
            return false;
        }
    }
}
