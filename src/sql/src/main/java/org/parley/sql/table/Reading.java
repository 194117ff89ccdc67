package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.value.Condition;
import org.parley.sql.value.Evaluator;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Term;
import org.parley.sql.value.Value;

/**
 * A query whose rows come out of the statement. The store computes what it can; the rest of its list and of its WHERE is computed from
 * the rows that have been read.
 */
final class Reading {

    private final Translation translation;
    private final ReadRow row;
    private final Evaluator evaluator;
    private final List<Output> outputs = new ArrayList<>();
    private final List<Condition> filters = new ArrayList<>();
    private final List<Sql> fetched = new ArrayList<>();
    private final List<SqlType> types = new ArrayList<>();
    private SqlStatement.Fetch statement;
    private long offset;
    private long limit = Long.MAX_VALUE;

    /**
     * A column of the result.
     *
     * @param place of what is fetched, or -1 when it is computed
     * @param term what computes it, or null
     */
    private record Output(String name, SqlType type, int place, Term term, Query.Assignment assignment) {}

    Reading(Query query, Translation translation) {
        this.translation = translation;
        row = new ReadRow(translation.scope());
        evaluator = new Evaluator(row);
        if (query.body() instanceof Query.Select select) {
            if (isWithoutTables(select)) {
                evaluated(query, select);
            } else {
                select(query, select);
            }
        } else {
            whole(new QueryTranslator(translation).nested(query, null));
        }
    }

    private static boolean isWithoutTables(Query.Select select) {
        return select.from().isEmpty()
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.items().stream()
                        .noneMatch(item -> item instanceof Query.Star
                                || item instanceof Query.Value value && Parts.hasAggregate(value.expression())
                                || item instanceof Query.Assignment assigned
                                        && Parts.hasAggregate(assigned.expression()));
    }

    /** One row, for which the store isn't needed. */
    private void evaluated(Query query, Query.Select select) {
        for (Query.Item item : select.items()) {
            Query.Assignment assignment = item instanceof Query.Assignment assigned ? assigned : null;
            Expression expression = assignment == null ? ((Query.Value) item).expression() : assignment.expression();
            String alias = assignment == null ? ((Query.Value) item).alias() : null;
            Term term = evaluator.term(expression);
            outputs.add(new Output(alias == null ? "" : alias, term.type().ofColumn(), -1, term, assignment));
        }
        if (select.where() != null) {
            filters.add(evaluator.condition(select.where()));
        }
        limits(query, new QueryTranslator(translation).top(query, select));
    }

    private void limits(Query query, Long top) {
        Long skipped = translation.rows(query.offset(), "OFFSET");
        Long fetch = translation.rows(query.fetch(), "FETCH");
        offset = skipped == null ? 0 : skipped;
        limit = top != null ? top : fetch != null ? fetch : Long.MAX_VALUE;
    }

    private void whole(Nested nested) {
        for (Nested.Column column : nested.columns()) {
            outputs.add(new Output(column.name(), column.type(), outputs.size(), null, null));
            types.add(column.type());
        }
        statement = new SqlStatement.Fetch(nested.query(), translation.isolation(), translation.writesValues());
    }

    private void select(Query query, Query.Select select) {
        SelectParts parts = new SelectParts(translation, select, null, true);
        limits(query, new QueryTranslator(translation).top(query, select));
        for (SelectParts.Item item : parts.items()) {
            if (item.typed() != null) {
                SqlType type = item.typed().type().ofColumn();
                outputs.add(
                        new Output(item.name(), type, fetch(comparable(item, select), type), null, item.assignment()));
            }
        }
        int place = 0;
        for (SelectParts.Item item : parts.items()) {
            if (item.typed() == null) {
                Term term = computed(item.expression(), parts.names(), () -> evaluator.term(item.expression()));
                outputs.add(place, new Output(item.name(), term.type().ofColumn(), -1, term, item.assignment()));
            }
            place++;
        }
        for (Expression each : parts.residual()) {
            filters.add(computed(each, parts.names(), () -> evaluator.condition(each)));
        }
        List<SqlQuery.Order> order =
                parts.order(query.order()).stream().map(this::moved).toList();
        boolean inStore = filters.isEmpty() && limit > 0;
        statement = new SqlStatement.Fetch(
                parts.query(
                        fetched.isEmpty() ? List.of(new Sql.Whole(1)) : fetched,
                        order,
                        inStore && offset > 0 ? offset : null,
                        inStore && limit < Long.MAX_VALUE ? limit : null),
                translation.isolation(),
                translation.writesValues());
        offset = inStore ? 0 : offset;
        if (outputs.stream().anyMatch(output -> (output.assignment() != null) != assigns())) {
            throw new ScriptError(141, "A SELECT either assigns to variables or gives rows; this one does both.");
        }
    }

    private static Sql comparable(SelectParts.Item item, Query.Select select) {
        Sql sql = item.typed().asIs();
        return select.distinct() ? SelectParts.comparable(sql, item.typed().type()) : sql;
    }

    /** ORDER BY names a column of the list, which may stand elsewhere among what is fetched. */
    private SqlQuery.Order moved(SqlQuery.Order order) {
        return order.column() == 0
                ? order
                : new SqlQuery.Order(outputs.get(order.column() - 1).place() + 1, null, order.descending());
    }

    private int fetch(Sql sql, SqlType type) {
        fetched.add(sql);
        types.add(type);
        return fetched.size() - 1;
    }

    /** What is computed from columns needs them to be fetched. */
    private <T> T computed(Expression expression, Names names, java.util.function.Supplier<T> making) {
        for (Expression.Column column : Parts.columns(expression)) {
            Names.Seen seen = names.resolve(column);
            row.add(column.name().toString(), seen.type(), fetch(seen.sql(), seen.type()));
        }
        return making.get();
    }

    List<RowSet.Column> columns() {
        return outputs.stream()
                .map(output -> new RowSet.Column(output.name(), output.type()))
                .toList();
    }

    boolean assigns() {
        return !outputs.isEmpty() && outputs.get(0).assignment() != null;
    }

    /** The rows, at most so many. */
    RowSet rows(long atMost) {
        List<List<Value>> rows = new ArrayList<>();
        each(Math.min(limit, atMost), rows::add);
        return new RowSet(columns(), rows);
    }

    /** Assigns row after row and tells how many there were. */
    long assign() {
        long[] count = {0};
        each(limit, values -> {
            count[0]++;
            for (int i = 0; i < outputs.size(); i++) {
                Query.Assignment assignment = outputs.get(i).assignment();
                translation.scope().assign(assignment.variable(), assignment.operator(), values.get(i));
            }
        });
        return count[0];
    }

    private void each(long most, java.util.function.Consumer<List<Value>> taker) {
        if (most <= 0) {
            return;
        }
        long[] left = {offset, most};
        if (statement == null) {
            take(List.of(), left, taker);
        } else {
            new Store(translation.scope().connection().sql()).read(statement, types, read -> take(read, left, taker));
        }
    }

    /** Whether more rows are wanted. */
    private boolean take(List<Value> read, long[] left, java.util.function.Consumer<List<Value>> taker) {
        row.at(read);
        for (Condition filter : filters) {
            if (!filter.test().holds()) {
                return true;
            }
        }
        if (left[0] > 0) {
            left[0]--;
            return true;
        }
        List<Value> values = new ArrayList<>(outputs.size());
        for (Output output : outputs) {
            values.add(
                    output.term() == null
                            ? read.get(output.place())
                            : typed(output.term().value(), output.type()));
        }
        taker.accept(values);
        return --left[1] > 0;
    }

    /** NULL alone is a column of another type. */
    private static Value typed(Value value, SqlType type) {
        return value.type().isNull() ? new Value(type, null) : value;
    }
}
