package org.parley.sql.table;

import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.SqlType.Base;

/** COUNT, SUM and their like, with the types that Transact-SQL gives their results. */
final class Aggregates {

    private Aggregates() {}

    static Typed translate(Expression.Call call, ExpressionTranslator expressions) {
        if (call.star()) {
            return counted(call, null);
        }
        if (call.arguments().size() != 1) {
            throw new ScriptError(
                    174,
                    "Aggregate " + call.name() + " takes one argument, not "
                            + call.arguments().size() + ".");
        }
        Typed argument = expressions.value(call.arguments().get(0));
        Sql operand = Coercion.comparable(argument.asIs(), argument.type());
        return switch (call.name()) {
            case "COUNT", "COUNT_BIG" ->
                counted(call, large(argument) && !call.distinct() ? lengthOf(argument) : operand);
            case "MIN", "MAX" -> {
                require(
                        argument.type().base() != Base.BIT && argument.type().base() != Base.XML && !bytesMax(argument),
                        call,
                        argument);
                yield new Typed(aggregate(call, operand), argument.type(), null, argument.anyCase());
            }
            case "SUM", "AVG" -> summed(call, argument);
            default -> spread(call, argument);
        };
    }

    private static boolean large(Typed argument) {
        return StoredType.of(argument.type()).isLarge() && !argument.isConstant();
    }

    private static boolean bytesMax(Typed argument) {
        return argument.type().isBytes() && large(argument);
    }

    private static Sql lengthOf(Typed argument) {
        return Sql.Call.of(Sql.Function.LENGTH, argument.asIs());
    }

    private static void require(boolean allowed, Expression.Call call, Typed argument) {
        if (!allowed) {
            throw new ScriptError(
                    8117, "Aggregate " + call.name() + " doesn't take an operand of type " + argument.type() + ".");
        }
    }

    private static Sql aggregate(Expression.Call call, Sql operand) {
        Sql.Aggregation function =
                switch (call.name()) {
                    case "COUNT", "COUNT_BIG" -> Sql.Aggregation.COUNT;
                    case "STDEV" -> Sql.Aggregation.STDDEV_SAMP;
                    case "STDEVP" -> Sql.Aggregation.STDDEV_POP;
                    case "VAR" -> Sql.Aggregation.VAR_SAMP;
                    case "VARP" -> Sql.Aggregation.VAR_POP;
                    default -> Sql.Aggregation.valueOf(call.name());
                };
        return new Sql.Aggregate(function, operand, call.distinct());
    }

    private static Typed counted(Expression.Call call, Sql operand) {
        Sql count = aggregate(call, operand);
        return call.name().equals("COUNT")
                ? Typed.of(count, SqlType.INT)
                : Typed.of(new Sql.Cast(count, StoredType.of(SqlType.BIGINT)), SqlType.BIGINT);
    }

    private static Typed summed(Expression.Call call, Typed argument) {
        SqlType type = argument.type();
        require(type.isNumber() && type.base() != Base.BIT, call, argument);
        SqlType result =
                switch (type.family()) {
                    case INTEGER -> type.base() == Base.BIGINT ? SqlType.BIGINT : SqlType.INT;
                    case DECIMAL, MONEY -> decimal(call, type);
                    default -> SqlType.FLOAT;
                };
        Sql operand = type.equals(result) ? argument.asIs() : new Sql.Cast(argument.asIs(), StoredType.of(result));
        return Typed.of(aggregate(call, operand), result);
    }

    private static SqlType decimal(Expression.Call call, SqlType type) {
        int scale = type.base() == Base.MONEY ? SqlType.MONEY_SCALE : type.scale();
        return SqlType.decimal(StoredType.MOST_DIGITS, call.name().equals("AVG") ? Math.max(scale, 6) : scale);
    }

    private static Typed spread(Expression.Call call, Typed argument) {
        require(argument.type().isNumber() && argument.type().base() != Base.BIT, call, argument);
        return Typed.of(aggregate(call, Coercion.cast(argument, SqlType.FLOAT)), SqlType.FLOAT);
    }
}
