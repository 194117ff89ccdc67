package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.value.Operators;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.Types;
import org.parley.sql.value.Value;

/** Translates the expressions and conditions of one query. */
final class ExpressionTranslator {

    private static final Map<String, Sql.Operator> COMPARISONS = Map.of(
            "=", Sql.Operator.EQUAL,
            "<>", Sql.Operator.UNEQUAL,
            "<", Sql.Operator.LESS,
            "<=", Sql.Operator.LESS_OR_EQUAL,
            ">", Sql.Operator.GREATER,
            ">=", Sql.Operator.GREATER_OR_EQUAL);

    private static final Map<String, Sql.Operator> ARITHMETIC = Map.of(
            "+", Sql.Operator.ADD,
            "-", Sql.Operator.SUBTRACT,
            "*", Sql.Operator.MULTIPLY,
            "/", Sql.Operator.DIVIDE);

    private final Translation translation;
    private final Names names;
    private final FunctionTranslator functions;

    ExpressionTranslator(Translation translation, Names names) {
        this.translation = translation;
        this.names = names;
        functions = new FunctionTranslator(this);
    }

    Names names() {
        return names;
    }

    /** The constant that an expression is, or null. */
    Value constant(Expression expression) {
        return Parts.isConstant(expression) ? translation.constant(expression) : null;
    }

    /** An expression that gives a value. */
    Typed value(Expression expression) {
        translation.down();
        try {
            return translated(expression);
        } finally {
            translation.up();
        }
    }

    private Typed translated(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return names.resolve(column).typed();
        }
        if (Parts.isConstant(expression)) {
            Value value = translation.constant(expression);
            boolean literal =
                    expression instanceof Expression.Number && value.type().base() == Base.INT;
            return literal
                    ? new Typed(new Sql.Whole((Integer) value.content()), value.type(), value, false)
                    : Typed.constant(value);
        }
        if (expression instanceof Expression.Operation operation) {
            return operation(operation);
        }
        if (expression instanceof Expression.Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Expression.Case choice) {
            return choice(choice);
        }
        if (expression instanceof Expression.Cast cast) {
            return cast(cast.operand(), Types.target(cast.type()), null, cast.attempt());
        }
        if (expression instanceof Expression.Convert convert) {
            return cast(convert.operand(), Types.target(convert.type()), convert.style(), convert.attempt());
        }
        if (expression instanceof Expression.Subquery subquery) {
            Nested nested = nested(subquery.query());
            return Typed.of(new Sql.Scalar(nested.single().query()), nested.type(0));
        }
        if (expression instanceof Expression.Call call) {
            return functions.call(call);
        }
        if (expression instanceof Expression.XmlMethod method) {
            throw new BeyondStore("Method " + method.method() + "() over a column");
        }
        throw new ScriptError(4145, "A value is needed here; there is a condition. CASE WHEN ... makes a value of it.");
    }

    Nested nested(Query query) {
        return new QueryTranslator(translation).nested(query, names);
    }

    private Typed operation(Expression.Operation operation) {
        Typed left = value(operation.left());
        Typed right = value(operation.right());
        SqlType type = Operators.type(
                operation.operator(),
                beside(operation.left(), left.type(), right.type()),
                beside(operation.right(), right.type(), left.type()));
        Sql.Operator operator = ARITHMETIC.get(operation.operator());
        if (type.isText() && operator == Sql.Operator.ADD) {
            return Typed.of(
                    new Sql.Infix(Sql.Operator.CONCATENATE, Coercion.to(left, type), Coercion.to(right, type)), type);
        }
        if (type.isTemporal()) {
            return time(operation.operator(), left, right, type);
        }
        if (!type.isNumber()) {
            throw new BeyondStore("Operator " + operation.operator() + " over columns of type " + type);
        }
        Sql first = operand(left, type);
        Sql second = operand(right, type);
        if (operation.operator().equals("%") && type.isInteger()) {
            return Typed.of(Sql.Call.of(Sql.Function.MOD, first, second), type);
        }
        if (operator == null) {
            throw new BeyondStore("Operator " + operation.operator() + " over columns");
        }
        Sql result = new Sql.Infix(operator, first, second);
        boolean rounded = type.base() == Base.DECIMAL && operator == Sql.Operator.DIVIDE;
        SqlType fitting = rounded ? fitting(type) : type;
        return Typed.of(rounded ? new Sql.Cast(result, StoredType.of(fitting)) : result, fitting);
    }

    /** A whole number that is written beside a decimal has the precision of its digits. */
    private static SqlType beside(Expression expression, SqlType type, SqlType other) {
        boolean whole = expression instanceof Expression.Number && type.base() == Base.INT;
        return whole && other.base() == Base.DECIMAL
                ? SqlType.decimal(((Expression.Number) expression).text().length(), 0)
                : type;
    }

    /** The store has fewer digits: those behind the point give way. */
    static SqlType fitting(SqlType decimal) {
        int tooMany = Math.max(0, decimal.precision() - StoredType.MOST_DIGITS);
        return tooMany == 0
                ? decimal
                : SqlType.decimal(
                        StoredType.MOST_DIGITS, Math.max(Math.min(6, decimal.scale()), decimal.scale() - tooMany));
    }

    private static Sql operand(Typed typed, SqlType type) {
        boolean number = typed.type().isNumber() && typed.type().base() != Base.BIT;
        return number ? typed.asIs() : Coercion.to(typed, type);
    }

    private static Typed time(String operator, Typed left, Typed right, SqlType type) {
        boolean days = left.type().isTemporal() && right.type().isInteger();
        if (!days || !operator.equals("+") && !operator.equals("-")) {
            throw new BeyondStore("Operator " + operator + " over a column of type " + type);
        }
        Sql count = Coercion.to(right, SqlType.INT);
        return Typed.of(
                new Sql.AddTime(Sql.Unit.DAY, operator.equals("+") ? count : new Sql.Negative(count), left.asIs()),
                type);
    }

    private Typed unary(Expression.Unary unary) {
        Typed operand = value(unary.operand());
        SqlType type = Operators.type(unary.operator(), operand.type());
        return switch (unary.operator()) {
            case "+" -> operand;
            case "-" -> Typed.of(new Sql.Negative(operand(operand, type)), type);
            default -> throw new BeyondStore("Operator " + unary.operator() + " over a column");
        };
    }

    private Typed choice(Expression.Case choice) {
        List<Sql> conditions = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (Expression.When when : choice.whens()) {
            conditions.add(
                    choice.operand() == null
                            ? condition(when.condition())
                            : compared(Sql.Operator.EQUAL, value(choice.operand()), value(when.condition())));
            values.add(value(when.value()));
        }
        if (choice.otherwise() != null) {
            values.add(value(choice.otherwise()));
        }
        return choice(conditions, values);
    }

    /** The value of the first condition that holds, or the one behind the last. */
    Typed choice(List<Sql> conditions, List<Typed> values) {
        SqlType type = common(values);
        List<Sql.When> whens = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            whens.add(new Sql.When(conditions.get(i), Coercion.to(values.get(i), type)));
        }
        boolean otherwise = values.size() > conditions.size();
        return Typed.of(new Sql.Case(whens, otherwise ? Coercion.to(values.get(values.size() - 1), type) : null), type);
    }

    static SqlType common(List<Typed> values) {
        return values.stream()
                .map(Typed::type)
                .reduce(Types::common)
                .orElse(SqlType.NULL)
                .ofColumn();
    }

    private Typed cast(Expression operand, SqlType type, Expression style, boolean attempt) {
        if (attempt) {
            throw new BeyondStore("TRY_CAST or TRY_CONVERT of a column");
        }
        if (style != null) {
            throw new BeyondStore("CONVERT of a column with a style");
        }
        return Typed.of(Coercion.cast(value(operand), type), type);
    }

    /** What is true, false or unknown. */
    Sql condition(Expression expression) {
        translation.down();
        try {
            return test(expression);
        } finally {
            translation.up();
        }
    }

    private Sql test(Expression expression) {
        if (expression instanceof Expression.Logical logical) {
            return new Sql.Infix(
                    logical.and() ? Sql.Operator.AND : Sql.Operator.OR,
                    condition(logical.left()),
                    condition(logical.right()));
        }
        if (expression instanceof Expression.Not not) {
            return new Sql.Not(condition(not.operand()));
        }
        if (expression instanceof Expression.Operation operation && COMPARISONS.containsKey(operation.operator())) {
            return compared(COMPARISONS.get(operation.operator()), value(operation.left()), value(operation.right()));
        }
        if (expression instanceof Expression.IsNull isNull) {
            return new Sql.IsNull(value(isNull.operand()).asIs(), isNull.negated());
        }
        if (expression instanceof Expression.In in) {
            return in.query() == null ? inList(in) : inQuery(in);
        }
        if (expression instanceof Expression.Like like) {
            return LikeTranslator.translate(like, this);
        }
        if (expression instanceof Expression.Between between) {
            Typed operand = value(between.operand());
            Sql both = new Sql.Infix(
                    Sql.Operator.AND,
                    compared(Sql.Operator.GREATER_OR_EQUAL, operand, value(between.low())),
                    compared(Sql.Operator.LESS_OR_EQUAL, operand, value(between.high())));
            return between.negated() ? new Sql.Not(both) : both;
        }
        if (expression instanceof Expression.Exists exists) {
            return new Sql.Exists(nested(exists.query()).query());
        }
        throw new ScriptError(
                4145, "A condition is needed here, such as a comparison; there is an expression that gives a value.");
    }

    Sql compared(Sql.Operator operator, Typed left, Typed right) {
        Coercion.Pair pair = Coercion.pair(left, right);
        return new Sql.Infix(operator, pair.left(), pair.right());
    }

    private Sql inList(Expression.In in) {
        List<Typed> all = new ArrayList<>(List.of(value(in.operand())));
        in.list().forEach(each -> all.add(value(each)));
        SqlType common = common(all);
        boolean anyCase = common.isText() && all.stream().anyMatch(Typed::anyCase);
        List<Sql> sides =
                all.stream().map(each -> Coercion.side(each, common, anyCase)).toList();
        return new Sql.In(sides.get(0), sides.subList(1, sides.size()), in.negated());
    }

    private Sql inQuery(Expression.In in) {
        Typed operand = value(in.operand());
        Nested nested = nested(in.query()).single();
        SqlType common = Types.common(operand.type(), nested.type(0)).ofColumn();
        boolean anyCase = common.isText() && (operand.anyCase() || nested.anyCase());
        return new Sql.InQuery(Coercion.side(operand, common, anyCase), nested.compared(common, anyCase), in.negated());
    }
}
