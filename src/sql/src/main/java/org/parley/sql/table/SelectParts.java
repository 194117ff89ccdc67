package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.value.SqlType;

/** One translated SELECT, before its list is settled. */
final class SelectParts {

    private final Translation translation;
    private final ExpressionTranslator expressions;
    private final Names names;
    private final Query.Select select;
    private final List<SqlQuery.Source> from;
    private final List<Item> items = new ArrayList<>();
    private final List<Expression> residual = new ArrayList<>();
    private Sql where;
    private List<Sql> groupBy;
    private Sql having;

    /**
     * Something in the list.
     *
     * @param name of the column; empty for an expression without one
     * @param typed translated, or null when it is computed after the rows are read
     * @param expression as written; null for a column of {@code *}
     * @param beyond why the store can't compute it, or null
     * @param assignment what is assigned, or null
     */
    record Item(String name, Typed typed, Expression expression, BeyondStore beyond, Query.Assignment assignment) {}

    /** Translates it; what the store can't compute is kept for later when that is allowed, else an error. */
    SelectParts(Translation translation, Query.Select select, Names outer, boolean later) {
        this.select = select;
        this.translation = translation;
        names = new Names(outer);
        from = new SourceTranslator(translation, names).sources(select.from());
        expressions = new ExpressionTranslator(translation, names);
        boolean plain = later && isPlain();
        select.items().forEach(item -> add(item, plain));
        if (select.where() != null) {
            filter(select.where(), plain);
        }
        groupBy = select.groupBy().stream().map(this::key).toList();
        having = select.having() == null ? null : expressions.condition(select.having());
    }

    private boolean isPlain() {
        return !select.distinct() && select.groupBy().isEmpty() && !isAggregated();
    }

    private boolean isAggregated() {
        return select.having() != null
                || select.items().stream().anyMatch(item -> {
                    Expression expression = expression(item);
                    return expression != null && Parts.hasAggregate(expression);
                });
    }

    private static Expression expression(Query.Item item) {
        if (item instanceof Query.Value value) {
            return value.expression();
        }
        return item instanceof Query.Assignment assignment ? assignment.expression() : null;
    }

    private void add(Query.Item item, boolean later) {
        if (item instanceof Query.Star star) {
            names.star(star.qualifier())
                    .forEach(seen -> items.add(new Item(seen.name(), seen.typed(), null, null, null)));
            return;
        }
        Expression expression = expression(item);
        Query.Assignment assignment = item instanceof Query.Assignment assigned ? assigned : null;
        try {
            if (later && assignment != null && readsAssigned(expression)) {
                throw new BeyondStore("A variable that changes from row to row");
            }
            items.add(new Item(name(item), expressions.value(expression), expression, null, assignment));
        } catch (BeyondStore e) {
            if (!later || !computable(expression)) {
                throw e;
            }
            items.add(new Item(name(item), null, expression, e, assignment));
        }
    }

    /** Whether it reads a variable that this SELECT assigns to: each row sees what the one before has made of it. */
    private boolean readsAssigned(Expression expression) {
        return !Parts.none(
                expression,
                part -> part instanceof Expression.Variable variable
                        && select.items().stream()
                                .anyMatch(item -> item instanceof Query.Assignment assigned
                                        && assigned.variable().equalsIgnoreCase(variable.name())));
    }

    private static boolean computable(Expression expression) {
        return Parts.none(expression, Parts::hasQuery);
    }

    private static String name(Query.Item item) {
        if (item instanceof Query.Value value) {
            if (value.alias() != null) {
                return value.alias();
            }
            return value.expression() instanceof Expression.Column column
                    ? column.name().last()
                    : "";
        }
        return "";
    }

    private void filter(Expression condition, boolean later) {
        if (later && condition instanceof Expression.Logical both && both.and()) {
            filter(both.left(), true);
            filter(both.right(), true);
            return;
        }
        try {
            Sql translated = expressions.condition(condition);
            where = where == null ? translated : new Sql.Infix(Sql.Operator.AND, where, translated);
        } catch (BeyondStore e) {
            if (!later || !computable(condition)) {
                throw e;
            }
            residual.add(condition);
        }
    }

    private Sql key(Expression expression) {
        Typed typed = expressions.value(expression);
        if (typed.isConstant()) {
            throw new ScriptError(164, "What GROUP BY names must depend on a column.");
        }
        if (!(typed.sql() instanceof Sql.Column)) {
            translation.writeValues();
        }
        return Coercion.comparable(typed.asIs(), typed.type());
    }

    Names names() {
        return names;
    }

    List<Item> items() {
        return items;
    }

    List<Expression> residual() {
        return residual;
    }

    List<Nested.Column> columns() {
        return items.stream()
                .map(item -> new Nested.Column(
                        item.name(), item.typed().type(), item.typed().anyCase()))
                .toList();
    }

    private boolean isGrouped() {
        return !groupBy.isEmpty() || isAggregated();
    }

    private SqlQuery.Select with(List<Sql> list, boolean none) {
        Sql never = new Sql.Infix(Sql.Operator.EQUAL, new Sql.Whole(1), new Sql.Whole(0));
        return new SqlQuery.Select(
                select.distinct(), list, from, none ? never : where, groupBy, none && isGrouped() ? never : having);
    }

    /** The query with this list instead of its own; no rows when none are to be fetched. */
    SqlQuery query(List<Sql> list, List<SqlQuery.Order> order, Long offset, Long fetch) {
        boolean none = fetch != null && fetch == 0;
        Long most = none ? null : fetch;
        if (order.isEmpty() || !select.distinct() && !isGrouped()) {
            return new SqlQuery(with(list, none), order, offset, most);
        }
        List<Sql> all = new ArrayList<>(list);
        List<SqlQuery.Order> keys = new ArrayList<>();
        for (SqlQuery.Order each : order) {
            if (each.column() == 0) {
                all.add(each.key());
            }
            keys.add(new SqlQuery.Order(each.column() == 0 ? all.size() : each.column(), null, each.descending()));
        }
        return SqlQuery.sorted(new SqlQuery(with(all, none)), list.size(), translation.nextAlias(), keys, offset, most);
    }

    /** The list with each column converted. */
    List<Sql> list(BiFunction<Integer, Typed, Sql> conversion, boolean comparable) {
        List<Sql> list = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Sql sql = conversion.apply(i, items.get(i).typed());
            list.add(
                    comparable || select.distinct()
                            ? comparable(sql, items.get(i).typed().type())
                            : sql);
        }
        return list;
    }

    static Sql comparable(Sql sql, SqlType type) {
        if (type.isBytes() && type.isMax()) {
            throw new ScriptError(
                    421, "Values of type " + type + " can't be compared, as DISTINCT and set operators do.");
        }
        return Coercion.comparable(sql, type);
    }

    List<SqlQuery.Order> order(List<Query.Order> keys) {
        return keys.stream().map(this::order).toList();
    }

    private SqlQuery.Order order(Query.Order order) {
        int column = position(order.key(), items.stream().map(Item::name).toList());
        if (column == 0) {
            Typed typed = expressions.value(order.key());
            if (typed.isConstant()) {
                throw new ScriptError(408, "A key of ORDER BY is the same for all rows; it must depend on a column.");
            }
            column = same(typed);
            if (column == 0 && select.distinct()) {
                throw new ScriptError(145, "With DISTINCT, what ORDER BY names must stand in the list of the SELECT.");
            }
            return new SqlQuery.Order(column, Coercion.comparable(typed.asIs(), typed.type()), order.descending());
        }
        Item item = items.get(column - 1);
        if (item.typed() == null) {
            throw item.beyond();
        }
        boolean large = item.typed().type().isMax() && !select.distinct();
        return large
                ? new SqlQuery.Order(
                        0, Coercion.comparable(item.typed().asIs(), item.typed().type()), order.descending())
                : new SqlQuery.Order(column, null, order.descending());
    }

    private int same(Typed typed) {
        for (int i = 0; i < items.size() && select.distinct(); i++) {
            if (items.get(i).typed() != null
                    && typed.asIs().equals(items.get(i).typed().asIs())) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The place, from 1, of the column that a key of ORDER BY names by number or name; 0 when it names none. */
    static int position(Expression key, List<String> columns) {
        if (key instanceof Expression.Number number && number.text().matches("\\d{1,9}")) {
            int position = Integer.parseInt(number.text());
            if (position < 1 || position > columns.size()) {
                throw new ScriptError(
                        108, "ORDER BY " + position + " names no column: there are " + columns.size() + ".");
            }
            return position;
        }
        if (key instanceof Expression.Column column && column.name().parts().size() == 1) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).equalsIgnoreCase(column.name().last())) {
                    return i + 1;
                }
            }
        }
        return 0;
    }
}
