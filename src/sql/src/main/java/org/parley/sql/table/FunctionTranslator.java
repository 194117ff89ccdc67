package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.Value;

/** Functions over columns. Those that the store has nothing like are beyond it. */
final class FunctionTranslator {

    private static final SqlType TEXT = SqlType.nvarchar(SqlType.MAX);

    private final ExpressionTranslator expressions;

    FunctionTranslator(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    Typed call(Expression.Call call) {
        if (Parts.isAggregate(call)) {
            return Aggregates.translate(call, expressions);
        }
        if (Parts.isDateFunction(call)) {
            return new DateFunctions(expressions).call(call);
        }
        return switch (call.name()) {
            case "UPPER" -> ofText(call, Sql.Function.UPPER);
            case "LOWER" -> ofText(call, Sql.Function.LOWER);
            case "LTRIM" -> ofText(call, Sql.Function.LTRIM);
            case "RTRIM" -> ofText(call, Sql.Function.RTRIM);
            case "TRIM" -> {
                Typed text = ofText(call, Sql.Function.LTRIM);
                yield Typed.of(Sql.Call.of(Sql.Function.RTRIM, text.sql()), text.type());
            }
            case "LEN" -> Typed.of(length(Sql.Call.of(Sql.Function.RTRIM, text(argument(call, 0, 1)))), SqlType.INT);
            case "DATALENGTH" -> dataLength(argument(call, 0, 1));
            case "SUBSTRING" -> substring(call);
            case "LEFT", "RIGHT" -> end(call);
            case "CHARINDEX" -> charIndex(call);
            case "CONCAT" -> concatenated(call);
            case "YEAR", "MONTH", "DAY" -> DateFunctions.part(Sql.Function.valueOf(call.name()), argument(call, 0, 1));
            default -> choiceOrNumber(call);
        };
    }

    private Typed choiceOrNumber(Expression.Call call) {
        return switch (call.name()) {
            case "ISNULL" -> isNull(argument(call, 0, 2), argument(call, 1, 2));
            case "COALESCE" -> {
                List<Typed> all = arguments(call);
                SqlType type = ExpressionTranslator.common(all);
                List<Sql> converted =
                        all.stream().map(each -> Coercion.to(each, type)).toList();
                yield Typed.of(new Sql.Call(Sql.Function.COALESCE, converted), type);
            }
            case "NULLIF" -> {
                Typed first = argument(call, 0, 2);
                Sql equal = expressions.compared(Sql.Operator.EQUAL, first, argument(call, 1, 2));
                yield expressions.choice(List.of(equal), List.of(Typed.constant(new Value(first.type(), null)), first));
            }
            case "IIF" -> {
                count(call, 3);
                yield expressions.choice(
                        List.of(expressions.condition(call.arguments().get(0))),
                        List.of(argument(call, 1, 3), argument(call, 2, 3)));
            }
            case "ABS", "SIGN" -> sameType(call);
            case "SQRT", "EXP", "LOG10" -> floating(call, Sql.Function.valueOf(call.name()));
            case "CEILING", "FLOOR" -> rounded(call);
            default -> throw new BeyondStore("Function " + call.name() + " over columns");
        };
    }

    private static void count(Expression.Call call, int number) {
        if (call.arguments().size() != number) {
            throw new ScriptError(
                    174,
                    "Function " + call.name() + " takes " + number + " arguments, not "
                            + call.arguments().size() + ".");
        }
    }

    private Typed argument(Expression.Call call, int place, int number) {
        count(call, number);
        return expressions.value(call.arguments().get(place));
    }

    private List<Typed> arguments(Expression.Call call) {
        List<Typed> all = new ArrayList<>();
        call.arguments().forEach(each -> all.add(expressions.value(each)));
        return all;
    }

    private static Sql text(Typed typed) {
        return Coercion.to(typed, typed.type().isText() ? typed.type() : TEXT);
    }

    private static Sql length(Sql text) {
        return Sql.Call.of(Sql.Function.LENGTH, text);
    }

    private Typed ofText(Expression.Call call, Sql.Function function) {
        Typed argument = argument(call, 0, 1);
        SqlType type = argument.type().isText() ? argument.type() : TEXT;
        return new Typed(Sql.Call.of(function, text(argument)), type, null, argument.anyCase());
    }

    private static Typed dataLength(Typed argument) {
        SqlType type = argument.type();
        if (!type.isText() && !type.isBytes()) {
            throw new BeyondStore("DATALENGTH of a column of type " + type);
        }
        Sql length = length(argument.asIs());
        boolean twice = type.isNational();
        return Typed.of(
                twice ? new Sql.Infix(Sql.Operator.MULTIPLY, length, new Sql.Whole(2)) : length,
                type.isMax() ? SqlType.BIGINT : SqlType.INT);
    }

    /** What lies before the first character counts as if it were there, as in Transact-SQL. */
    private Typed substring(Expression.Call call) {
        Typed text = argument(call, 0, 3);
        Typed start = argument(call, 1, 3);
        Typed length = argument(call, 2, 3);
        boolean bytes = text.type().isBytes();
        if (bytes && text.type().isMax()) {
            throw new BeyondStore("SUBSTRING of a column of type " + text.type());
        }
        Sql from = bytes ? text.asIs() : text(text);
        SqlType type = bytes || text.type().isText() ? text.type() : TEXT;
        Integer first = whole(start);
        Integer many = whole(length);
        if (first != null && many != null) {
            if (many < 0) {
                throw new ScriptError(537, "The length of SUBSTRING is " + many + "; it can't be negative.");
            }
            long end = Math.max(1L, (long) first + many);
            int begin = Math.max(1, first);
            return Typed.of(
                    Sql.Call.of(
                            Sql.Function.SUBSTR, from, new Sql.Whole(begin), new Sql.Whole(Math.max(0, end - begin))),
                    type);
        }
        return Typed.of(
                Sql.Call.of(
                        Sql.Function.SUBSTR, from, Coercion.to(start, SqlType.INT), Coercion.to(length, SqlType.INT)),
                type);
    }

    private static Integer whole(Typed typed) {
        return typed.isConstant() && typed.constant().content() instanceof Integer number ? number : null;
    }

    private Typed end(Expression.Call call) {
        Typed argument = argument(call, 0, 2);
        Sql text = text(argument);
        Sql many = Coercion.to(argument(call, 1, 2), SqlType.INT);
        SqlType type = argument.type().isText() ? argument.type() : TEXT;
        if (call.name().equals("LEFT")) {
            return Typed.of(Sql.Call.of(Sql.Function.SUBSTR, text, new Sql.Whole(1), many), type);
        }
        Sql start = new Sql.Infix(
                Sql.Operator.ADD, new Sql.Infix(Sql.Operator.SUBTRACT, length(text), many), new Sql.Whole(1));
        Sql whole = new Sql.Infix(Sql.Operator.LESS_OR_EQUAL, length(text), many);
        return Typed.of(
                new Sql.Case(List.of(new Sql.When(whole, text)), Sql.Call.of(Sql.Function.SUBSTR, text, start)), type);
    }

    private Typed charIndex(Expression.Call call) {
        if (call.arguments().size() != 3) {
            count(call, 2);
        }
        List<Sql> arguments = new ArrayList<>();
        List<Typed> all = arguments(call);
        arguments.add(text(all.get(0)));
        arguments.add(text(all.get(1)));
        if (all.size() == 3) {
            arguments.add(Coercion.to(all.get(2), SqlType.INT));
        }
        return Typed.of(new Sql.Call(Sql.Function.LOCATE, arguments), SqlType.INT);
    }

    /** NULL counts as empty text. */
    private Typed concatenated(Expression.Call call) {
        Sql whole = null;
        Sql empty = Coercion.parameter(Value.national(""));
        for (Typed each : arguments(call)) {
            Sql text = Sql.Call.of(Sql.Function.COALESCE, text(each), empty);
            whole = whole == null ? text : new Sql.Infix(Sql.Operator.CONCATENATE, whole, text);
        }
        return Typed.of(whole, TEXT);
    }

    private static Typed isNull(Typed value, Typed replacement) {
        SqlType type = value.type().isNull() ? replacement.type() : value.type();
        return new Typed(
                Sql.Call.of(Sql.Function.COALESCE, Coercion.to(value, type), Coercion.to(replacement, type)),
                type,
                null,
                value.anyCase());
    }

    private Typed sameType(Expression.Call call) {
        Typed argument = argument(call, 0, 1);
        require(argument, call);
        return Typed.of(
                Sql.Call.of(Sql.Function.valueOf(call.name()), argument.asIs()),
                call.name().equals("SIGN") ? SqlType.INT : argument.type());
    }

    private Typed floating(Expression.Call call, Sql.Function function) {
        return Typed.of(Sql.Call.of(function, Coercion.to(argument(call, 0, 1), SqlType.FLOAT)), SqlType.FLOAT);
    }

    private Typed rounded(Expression.Call call) {
        Typed argument = argument(call, 0, 1);
        require(argument, call);
        if (argument.type().isInteger()) {
            return argument;
        }
        if (argument.type().base() != Base.FLOAT) {
            throw new BeyondStore("Function " + call.name() + " over a column of type " + argument.type());
        }
        Sql.Function function = call.name().equals("FLOOR") ? Sql.Function.FLOOR : Sql.Function.CEIL;
        return Typed.of(Sql.Call.of(function, argument.asIs()), SqlType.FLOAT);
    }

    private static void require(Typed argument, Expression.Call call) {
        if (!argument.type().isNumber() || argument.type().base() == Base.BIT) {
            throw new BeyondStore("Function " + call.name() + " over a column of type " + argument.type());
        }
    }
}
