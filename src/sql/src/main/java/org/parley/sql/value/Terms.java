package org.parley.sql.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.value.SqlType.Family;

/** Finds the types of expressions that give a value. */
final class Terms {

    private static final BigInteger MOST_INT = BigInteger.valueOf(Integer.MAX_VALUE);

    private final Evaluator evaluator;
    private final Surroundings surroundings;
    private final Calls calls;

    Terms(Evaluator evaluator, Surroundings surroundings) {
        this.evaluator = evaluator;
        this.surroundings = surroundings;
        this.calls = new Calls(evaluator, surroundings);
    }

    Term term(Expression expression) {
        if (expression instanceof Expression.Null) {
            return Term.constant(Value.NULL);
        }
        if (expression instanceof Expression.Text text) {
            return Term.constant(text(text));
        }
        if (expression instanceof Expression.Number number) {
            return Term.constant(number(number));
        }
        if (expression instanceof Expression.Bytes bytes) {
            return Term.constant(Value.of(Bytes.parse(bytes.digits())));
        }
        if (expression instanceof Expression.Variable variable) {
            return Term.of(surroundings.variable(variable).type(), () -> surroundings.variable(variable));
        }
        if (expression instanceof Expression.SystemVariable variable) {
            return SystemVariables.term(variable, surroundings);
        }
        if (expression instanceof Expression.Column column) {
            return Term.of(
                    surroundings.row().type(column), () -> surroundings.row().value(column));
        }
        return composed(expression);
    }

    private Term composed(Expression expression) {
        if (expression instanceof Expression.Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Expression.Operation operation
                && !Conditions.COMPARISONS.contains(operation.operator())) {
            return operation(operation);
        }
        if (expression instanceof Expression.Case choice) {
            return Choices.of(choice, evaluator);
        }
        if (expression instanceof Expression.Cast cast) {
            return converted(evaluator.term(cast.operand()), Types.target(cast.type()), null, cast.attempt());
        }
        if (expression instanceof Expression.Convert convert) {
            Term style = convert.style() == null
                    ? null
                    : evaluator.term(convert.style()).as(SqlType.INT);
            return converted(evaluator.term(convert.operand()), Types.target(convert.type()), style, convert.attempt());
        }
        if (expression instanceof Expression.Subquery subquery) {
            return subquery(subquery.query());
        }
        if (expression instanceof Expression.Call call) {
            return calls.term(call);
        }
        if (expression instanceof Expression.XmlMethod method) {
            return XmlMethods.term(method, evaluator, surroundings);
        }
        throw new ScriptError(
                4145,
                ScriptError.SYNTAX_LEVEL,
                "A value is needed here; there is a condition. CASE WHEN ... makes a value of it.");
    }

    private static Value text(Expression.Text text) {
        String value = text.value();
        return text.national()
                ? Value.national(value)
                : new Value(SqlType.varchar(value.length()), CodePage.narrow(value));
    }

    private static Value number(Expression.Number number) {
        String text = number.text();
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return floating(text);
        }
        if (text.indexOf('.') < 0) {
            BigInteger integer = new BigInteger(checked(text));
            if (integer.compareTo(MOST_INT) <= 0) {
                return Value.of(integer.intValue());
            }
        }
        return decimal(text);
    }

    private static Value floating(String text) {
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new ScriptError(
                    168,
                    ScriptError.SYNTAX_LEVEL,
                    "The number " + Words.shortened(text) + " is out of the range of float.");
        }
        return new Value(SqlType.FLOAT, number);
    }

    private static Value decimal(String text) {
        BigDecimal number = new BigDecimal(checked(text));
        int precision = Math.max(1, Math.max(number.precision(), number.scale()));
        if (precision > SqlType.MOST_DIGITS) {
            throw new ScriptError(
                    1007,
                    ScriptError.SYNTAX_LEVEL,
                    "The number " + Words.shortened(text) + " has more than 38 digits.");
        }
        return new Value(SqlType.decimal(precision, number.scale()), number);
    }

    /** Reading the digits of a number takes longer the more there are. */
    private static String checked(String digits) {
        if (digits.length() > 1_000) {
            throw new ScriptError(
                    1007,
                    ScriptError.SYNTAX_LEVEL,
                    "The number " + Words.shortened(digits) + " has more than 38 digits.");
        }
        return digits;
    }

    private Term unary(Expression.Unary unary) {
        Term operand = evaluator.term(unary.operand());
        SqlType type = Operators.type(unary.operator(), operand.type());
        return Term.of(type, () -> Operators.apply(unary.operator(), operand.value(), type));
    }

    /** One more operand of a chain. */
    private record Link(String operator, Term operand, SqlType result) {}

    /** A chain of operators is as long as somebody writes it, so it is walked and not descended into. */
    private Term operation(Expression.Operation whole) {
        Deque<Expression.Operation> chain = new ArrayDeque<>();
        Expression left = whole;
        while (left instanceof Expression.Operation operation
                && !Conditions.COMPARISONS.contains(operation.operator())) {
            chain.push(operation);
            left = operation.left();
        }
        Term first = evaluator.term(left);
        List<Link> links = new ArrayList<>();
        SqlType type = first.type();
        for (Expression.Operation operation : chain) {
            Term operand = evaluator.term(operation.right());
            type = resultType(operation.operator(), left, type, operation.right(), operand.type());
            links.add(new Link(operation.operator(), operand, type));
            left = operation;
        }
        return Term.of(type, () -> {
            Value value = first.value();
            for (Link link : links) {
                value = Operators.apply(link.operator(), value, link.operand().value(), link.result());
            }
            return value;
        });
    }

    private static SqlType resultType(
            String operator, Expression left, SqlType leftType, Expression right, SqlType rightType) {
        return Operators.type(
                operator,
                constantType(operator, left, leftType, rightType),
                constantType(operator, right, rightType, leftType));
    }

    /** An integer that is written beside a decimal has the precision of its digits and not that of an int. */
    private static SqlType constantType(String operator, Expression expression, SqlType type, SqlType other) {
        boolean constant = "+-*/%".contains(operator)
                && expression instanceof Expression.Number
                && type.base() == SqlType.Base.INT;
        return constant && other.family() == Family.DECIMAL
                ? SqlType.decimal(((Expression.Number) expression).text().length(), 0)
                : type;
    }

    private static Term converted(Term operand, SqlType type, Term style, boolean attempt) {
        Conversion.checkExplicit(operand.type(), type);
        return Term.of(type, () -> {
            Value number = style == null ? null : style.value();
            if (number != null && number.isNull()) {
                return new Value(type, null);
            }
            Value value = operand.value();
            Integer wanted = number == null ? null : (Integer) number.content();
            return attempt ? attempted(value, type, wanted) : Conversion.explicit(value, type, wanted);
        });
    }

    private static Value attempted(Value value, SqlType type, Integer style) {
        try {
            return Conversion.explicit(value, type, style);
        } catch (ScriptError e) {
            // TRY_CAST and TRY_CONVERT are there to make NULL of what can't be converted
            return new Value(type, null);
        }
    }

    private Term subquery(Query query) {
        SqlType type = onlyColumn(surroundings, query);
        return Term.of(type, () -> {
            List<List<Value>> rows = surroundings.queries().rows(query, 2);
            if (rows.size() > 1) {
                throw new ScriptError(512, "A query that stands for a value gave more than one row.");
            }
            return rows.isEmpty() ? new Value(type, null) : rows.get(0).get(0);
        });
    }

    static SqlType onlyColumn(Surroundings surroundings, Query query) {
        List<SqlType> columns = surroundings.queries().columns(query);
        if (columns.size() != 1) {
            throw new ScriptError(116, "A query that stands for a value has one column, not " + columns.size() + ".");
        }
        return columns.get(0);
    }
}
