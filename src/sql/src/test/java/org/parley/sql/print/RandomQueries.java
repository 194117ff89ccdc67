package org.parley.sql.print;

import java.util.List;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.TypeName;

/** Makes random expressions and queries, of those shapes that a text can have. */
class RandomQueries extends Dice {

    private static final Position AT = Position.NONE;

    private int depth;

    RandomQueries(long seed) {
        super(seed);
    }

    /** Whether what is being made should stay small from here on. */
    boolean deep() {
        return depth > 3;
    }

    <T> T below(java.util.function.Supplier<T> made) {
        depth++;
        T result = made.get();
        depth--;
        return result;
    }

    Expression value() {
        return deep() || rarely(3) ? leaf() : below(this::compoundValue);
    }

    private Expression leaf() {
        return yes() ? constant() : new Expression.Column(AT, objectName());
    }

    private Expression compoundValue() {
        return one(
                () -> new Expression.Unary(pick("+", "-", "~"), value()),
                () -> new Expression.Operation(AT, pick("+", "-", "*", "/", "%", "&", "|", "^"), value(), value()),
                () -> new Expression.Subquery(AT, query()),
                this::caseOf,
                () -> new Expression.Cast(AT, value(), type(), yes()),
                () -> new Expression.Convert(AT, type(), value(), maybe(this::value), yes()),
                this::call,
                this::method);
    }

    private Expression caseOf() {
        return yes()
                ? new Expression.Case(value(), list(1, () -> new Expression.When(value(), value())), maybe(this::value))
                : new Expression.Case(
                        null, list(1, () -> new Expression.When(condition(), value())), maybe(this::value));
    }

    private Expression call() {
        return one(
                () -> new Expression.Call(AT, pick("COUNT", "COUNT_BIG"), List.of(), true, false),
                () -> new Expression.Call(AT, pick("CURRENT_TIMESTAMP", "USER"), List.of(), false, false),
                () -> new Expression.Call(AT, "IIF", List.of(condition(), value(), value()), false, false),
                () -> new Expression.Call(AT, pick("SUM", "COALESCE", "LEFT"), list(1, this::value), false, yes()),
                () -> new Expression.Call(AT, pick("LEN", "STATE", "A B"), list(0, this::value), false, false));
    }

    private Expression method() {
        Expression target = yes() ? value() : new Expression.Column(AT, objectName());
        return new Expression.XmlMethod(AT, target, pick("value", "exist", "query"), list(0, this::value));
    }

    Expression condition() {
        return deep() ? new Expression.IsNull(leaf(), yes()) : below(this::compoundCondition);
    }

    private Expression compoundCondition() {
        return one(
                () -> new Expression.Logical(yes(), condition(), condition()),
                () -> new Expression.Not(condition()),
                () -> new Expression.Operation(AT, pick("=", "<>", "<", "<=", ">", ">="), value(), value()),
                () -> new Expression.IsNull(value(), yes()),
                () -> new Expression.In(value(), inList(), null, yes()),
                () -> new Expression.In(value(), List.of(), query(), yes()),
                () -> new Expression.Like(value(), value(), maybe(this::value), yes()),
                () -> new Expression.Between(value(), value(), value(), yes()),
                () -> new Expression.Exists(query()));
    }

    /** One subquery alone would be the query of an IN. */
    private List<Expression> inList() {
        List<Expression> list = list(1, this::value);
        return list.size() == 1 && list.get(0) instanceof Expression.Subquery ? List.of(leaf()) : list;
    }

    TypeName type() {
        return one(
                () -> TypeName.of(pick("int", "double precision", "national char", "char varying", "my type", "xml")),
                () -> TypeName.of("nvarchar", pick(TypeName.MAX, 40)),
                () -> TypeName.of("decimal", 10, 2),
                () -> new TypeName("xml", List.of(), objectName()));
    }

    Query query() {
        return below(() -> {
            List<Query.Order> order = list(0, () -> new Query.Order(value(), yes()));
            Expression offset = order.isEmpty() ? null : maybe(this::value);
            return new Query(body(), order, offset, offset == null ? null : maybe(this::value));
        });
    }

    private Query.Body body() {
        return deep() || yes()
                ? select()
                : below(() -> new Query.Combined(body(), pick("UNION", "UNION ALL", "EXCEPT", "INTERSECT"), body()));
    }

    private Query.Select select() {
        return new Query.Select(
                AT,
                yes(),
                maybe(this::value),
                list(1, this::item),
                rarely(9) ? objectName() : null,
                sources(),
                maybe(this::condition),
                rarely(4) ? list(1, this::value) : List.of(),
                rarely(4) ? condition() : null);
    }

    Query.Item item() {
        return one(
                () -> new Query.Star(maybe(() -> objectName(3))),
                () -> new Query.Value(value(), maybe(this::name)),
                () -> new Query.Assignment(variable(), assignment(), value()));
    }

    String assignment() {
        return pick("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=");
    }

    List<Query.Source> sources() {
        return yes() ? List.of() : list(1, this::source);
    }

    private Query.Source source() {
        return deep() ? table() : below(() -> one(this::table, this::table, this::derived, this::join));
    }

    private Query.Source table() {
        return yes()
                ? new Query.Table(
                        AT,
                        objectName(),
                        maybe(this::name),
                        yes() ? List.of() : List.of(pick("NOLOCK", "HOLDLOCK"), "READPAST"))
                : new Query.VariableTable(AT, variable(), maybe(this::name));
    }

    private Query.Source derived() {
        return new Query.Derived(query(), name(), list(0, this::name));
    }

    private Query.Source join() {
        return yes()
                ? new Query.Join("CROSS", source(), source(), null)
                : new Query.Join(pick("INNER", "LEFT", "RIGHT", "FULL"), source(), source(), condition());
    }
}
