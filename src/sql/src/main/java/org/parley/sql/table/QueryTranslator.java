package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Query;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Types;

/** Translates queries that the store computes as a whole: inside of others, and joined by set operators. */
final class QueryTranslator {

    private final Translation translation;

    QueryTranslator(Translation translation) {
        this.translation = translation;
    }

    /** A SELECT or several, translated; makes its body with each column converted. */
    private record Part(List<Nested.Column> columns, Building building) {}

    private interface Building {
        SqlQuery.Body build(BiFunction<Integer, Typed, Sql> conversion);
    }

    /** A query inside of another, whose names it sees; null when it sees none. */
    Nested nested(Query query, Names outer) {
        translation.down();
        try {
            Long offset = translation.rows(query.offset(), "OFFSET");
            Long fetch = translation.rows(query.fetch(), "FETCH");
            if (query.body() instanceof Query.Select select) {
                return ofSelect(query, select, outer, new Long[] {offset, fetch});
            }
            Part part = part(query.body(), outer, false);
            List<SqlQuery.Order> order = order(query, part.columns());
            return new Nested(
                    part.columns(),
                    conversion -> sorted(
                            part.building().build(conversion), part.columns().size(), order, offset, fetch));
        } finally {
            translation.up();
        }
    }

    private SqlQuery sorted(SqlQuery.Body body, int columns, List<SqlQuery.Order> order, Long offset, Long fetch) {
        return order.isEmpty()
                ? new SqlQuery(body, order, offset, fetch)
                : SqlQuery.sorted(new SqlQuery(body), columns, translation.nextAlias(), order, offset, fetch);
    }

    /** A query whose rows go into a table: without a limit, their order doesn't matter. */
    Nested unordered(Query query) {
        boolean limited = query.offset() != null
                || query.fetch() != null
                || query.body() instanceof Query.Select select && select.top() != null;
        return nested(limited ? query : new Query(query.body(), List.of(), null, null), null);
    }

    private Nested ofSelect(Query query, Query.Select select, Names outer, Long[] limits) {
        if (select.into() != null) {
            throw new ScriptError(156, "INTO can't stand in a query inside of another statement.");
        }
        Long top = top(query, select);
        if (top == null && limits[0] == null && !query.order().isEmpty()) {
            throw new ScriptError(
                    1033, "ORDER BY can't stand in a query inside of another one, unless with TOP or OFFSET.");
        }
        SelectParts parts = new SelectParts(translation, select, outer, false);
        refuseAssignments(parts);
        List<SqlQuery.Order> order = parts.order(query.order());
        Long fetch = top == null ? limits[1] : top;
        return new Nested(
                parts.columns(), conversion -> parts.query(parts.list(conversion, false), order, limits[0], fetch));
    }

    /** The rows of TOP, or null. */
    Long top(Query query, Query.Select select) {
        if (select.top() != null && (query.offset() != null || query.fetch() != null)) {
            throw new ScriptError(10741, "TOP can't stand together with OFFSET in the same query.");
        }
        return translation.rows(select.top(), "TOP");
    }

    private static void refuseAssignments(SelectParts parts) {
        if (parts.items().stream().anyMatch(item -> item.assignment() != null)) {
            throw new ScriptError(
                    141,
                    "A SELECT that assigns to variables can't stand inside of another statement or a set operator.");
        }
    }

    private Part part(Query.Body body, Names outer, boolean comparable) {
        translation.down();
        try {
            return body instanceof Query.Select select
                    ? select(select, outer, comparable)
                    : combined((Query.Combined) body, outer, comparable);
        } finally {
            translation.up();
        }
    }

    private Part select(Query.Select select, Names outer, boolean comparable) {
        SelectParts parts = new SelectParts(translation, select, outer, false);
        refuseAssignments(parts);
        Long top = translation.rows(select.top(), "TOP");
        return new Part(
                parts.columns(),
                conversion -> limited(parts.query(parts.list(conversion, comparable), List.of(), null, top), parts));
    }

    /** The store has no limit on one side of a set operator. */
    private SqlQuery.Body limited(SqlQuery query, SelectParts parts) {
        return query.fetch() == null
                ? query.body()
                : SqlQuery.sorted(query, parts.items().size(), translation.nextAlias(), List.of(), null, null)
                        .body();
    }

    private Part combined(Query.Combined combined, Names outer, boolean comparable) {
        boolean all = combined.operator().endsWith(" ALL");
        boolean compares = comparable || !all;
        Part left = part(combined.left(), outer, compares);
        Part right = part(combined.right(), outer, compares);
        if (left.columns().size() != right.columns().size()) {
            throw new ScriptError(
                    205,
                    combined.operator() + " joins queries of as many columns; the first has "
                            + left.columns().size() + ", the second "
                            + right.columns().size() + ".");
        }
        List<Nested.Column> columns = new ArrayList<>();
        for (int i = 0; i < left.columns().size(); i++) {
            Nested.Column first = left.columns().get(i);
            Nested.Column second = right.columns().get(i);
            SqlType type = Types.common(first.type(), second.type());
            columns.add(new Nested.Column(first.name(), type, first.anyCase() || second.anyCase()));
        }
        SqlQuery.SetOperator operator =
                SqlQuery.SetOperator.valueOf(combined.operator().replace(" ALL", ""));
        return new Part(columns, conversion -> {
            // both sides take the common type first, then what is asked for
            BiFunction<Integer, Typed, Sql> both = (place, typed) -> {
                SqlType type = columns.get(place).type();
                Sql common = Coercion.to(typed, type);
                return conversion.apply(place, Typed.of(common, type));
            };
            return new SqlQuery.Combined(
                    left.building().build(both), operator, all, right.building().build(both));
        });
    }

    private static List<SqlQuery.Order> order(Query query, List<Nested.Column> columns) {
        List<String> names = columns.stream().map(Nested.Column::name).toList();
        List<SqlQuery.Order> order = new ArrayList<>();
        for (Query.Order each : query.order()) {
            int column = SelectParts.position(each.key(), names);
            if (column == 0) {
                throw new ScriptError(
                        104,
                        "Behind a set operator, what ORDER BY names must be a column of the result, by name or number.");
            }
            order.add(new SqlQuery.Order(column, null, each.descending()));
        }
        return order;
    }
}
