package org.parley.sql.table;

import java.util.Locale;
import java.util.Map;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.SqlType.Base;

/** DATEADD, DATEDIFF and DATEPART over columns. */
final class DateFunctions {

    private static final SqlType TIME = SqlType.datetime2(SqlType.FINEST_TIME);

    private static final Map<String, Sql.Unit> UNITS = Map.ofEntries(
            Map.entry("year", Sql.Unit.YEAR),
            Map.entry("yyyy", Sql.Unit.YEAR),
            Map.entry("yy", Sql.Unit.YEAR),
            Map.entry("quarter", Sql.Unit.QUARTER),
            Map.entry("qq", Sql.Unit.QUARTER),
            Map.entry("q", Sql.Unit.QUARTER),
            Map.entry("month", Sql.Unit.MONTH),
            Map.entry("mm", Sql.Unit.MONTH),
            Map.entry("m", Sql.Unit.MONTH),
            Map.entry("day", Sql.Unit.DAY),
            Map.entry("dd", Sql.Unit.DAY),
            Map.entry("d", Sql.Unit.DAY),
            Map.entry("week", Sql.Unit.WEEK),
            Map.entry("wk", Sql.Unit.WEEK),
            Map.entry("ww", Sql.Unit.WEEK),
            Map.entry("hour", Sql.Unit.HOUR),
            Map.entry("hh", Sql.Unit.HOUR),
            Map.entry("minute", Sql.Unit.MINUTE),
            Map.entry("mi", Sql.Unit.MINUTE),
            Map.entry("n", Sql.Unit.MINUTE),
            Map.entry("second", Sql.Unit.SECOND),
            Map.entry("ss", Sql.Unit.SECOND),
            Map.entry("s", Sql.Unit.SECOND));

    private final ExpressionTranslator expressions;

    DateFunctions(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    Typed call(Expression.Call call) {
        int number = call.name().equals("DATEPART") || call.name().equals("DATENAME") ? 2 : 3;
        if (call.arguments().size() != number || !(call.arguments().get(0) instanceof Expression.Column part)) {
            throw new ScriptError(
                    174,
                    "Function " + call.name() + " takes the part of a time and " + (number - 1) + " more arguments.");
        }
        Sql.Unit unit = UNITS.get(part.name().last().toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw beyond(call, part.name().last());
        }
        return switch (call.name()) {
            case "DATEADD" -> add(call, unit);
            case "DATEDIFF" -> difference(call, unit);
            case "DATEPART" -> part(call, unit);
            default -> throw beyond(call, part.name().last());
        };
    }

    private static BeyondStore beyond(Expression.Call call, String part) {
        return new BeyondStore(call.name() + " with part " + part + " over columns");
    }

    private Typed add(Expression.Call call, Sql.Unit unit) {
        Sql count = Coercion.to(expressions.value(call.arguments().get(1)), SqlType.INT);
        Typed time = expressions.value(call.arguments().get(2));
        Sql sum = new Sql.AddTime(unit, count, timestamp(time));
        boolean date = time.type().base() == Base.DATE;
        return date
                ? Typed.of(new Sql.Cast(sum, StoredType.of(SqlType.DATE)), SqlType.DATE)
                : Typed.of(sum, time.type().isTemporal() ? time.type() : TIME);
    }

    private static Sql timestamp(Typed time) {
        if (time.type().base() == Base.TIME) {
            throw new BeyondStore("Functions of dates over a column of type " + time.type());
        }
        return Coercion.to(time, TIME);
    }

    /** Counts the boundaries between the two, as Transact-SQL does. */
    private Typed difference(Expression.Call call, Sql.Unit unit) {
        Sql from = timestamp(expressions.value(call.arguments().get(1)));
        Sql to = timestamp(expressions.value(call.arguments().get(2)));
        Sql count =
                switch (unit) {
                    case YEAR -> minus(part(Sql.Function.YEAR, to), part(Sql.Function.YEAR, from));
                    case MONTH ->
                        plus(
                                times(minus(part(Sql.Function.YEAR, to), part(Sql.Function.YEAR, from)), 12),
                                minus(part(Sql.Function.MONTH, to), part(Sql.Function.MONTH, from)));
                    case DAY -> days(from, to);
                    case HOUR -> hours(from, to);
                    case MINUTE -> minutes(from, to);
                    case SECOND -> plus(times(minutes(from, to), 60), minus(seconds(to), seconds(from)));
                    default -> throw beyond(call, unit.name().toLowerCase(Locale.ROOT));
                };
        return Typed.of(new Sql.Cast(count, StoredType.of(SqlType.INT)), SqlType.INT);
    }

    private static Sql days(Sql from, Sql to) {
        return new Sql.TimeBetween(Sql.Unit.DAY, midnight(from), midnight(to));
    }

    private static Sql midnight(Sql time) {
        return new Sql.Cast(new Sql.Cast(time, StoredType.of(SqlType.DATE)), StoredType.of(TIME));
    }

    private static Sql hours(Sql from, Sql to) {
        return plus(times(days(from, to), 24), minus(part(Sql.Function.HOUR, to), part(Sql.Function.HOUR, from)));
    }

    private static Sql minutes(Sql from, Sql to) {
        return plus(times(hours(from, to), 60), minus(part(Sql.Function.MINUTE, to), part(Sql.Function.MINUTE, from)));
    }

    private static Sql seconds(Sql time) {
        return new Sql.Cast(part(Sql.Function.SECOND, time), StoredType.of(SqlType.INT));
    }

    private static Sql part(Sql.Function function, Sql time) {
        return Sql.Call.of(function, time);
    }

    private static Sql plus(Sql left, Sql right) {
        return new Sql.Infix(Sql.Operator.ADD, left, right);
    }

    private static Sql minus(Sql left, Sql right) {
        return new Sql.Infix(Sql.Operator.SUBTRACT, left, right);
    }

    private static Sql times(Sql left, long factor) {
        return new Sql.Infix(Sql.Operator.MULTIPLY, left, new Sql.Whole(factor));
    }

    private Typed part(Expression.Call call, Sql.Unit unit) {
        Typed time = expressions.value(call.arguments().get(1));
        return switch (unit) {
            case YEAR, MONTH, DAY, HOUR, MINUTE -> part(Sql.Function.valueOf(unit.name()), time);
            case SECOND -> Typed.of(seconds(timestamp(time)), SqlType.INT);
            default -> throw beyond(call, unit.name().toLowerCase(Locale.ROOT));
        };
    }

    static Typed part(Sql.Function function, Typed time) {
        return Typed.of(part(function, timestamp(time)), SqlType.INT);
    }
}
