package org.parley.sql.run;

import java.util.ArrayList;
import java.util.List;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.DataStatement.SelectStatement;
import org.parley.sql.ast.Query;
import org.parley.sql.table.DataRunner;
import org.parley.sql.table.Outcome;
import org.parley.sql.table.RowSet;
import org.parley.sql.value.Term;
import org.parley.sql.value.Value;

/** Statements on tables, which the {@link DataRunner} runs, and SELECT without tables, which needs none. */
final class TableRunner {

    private static final int ASSIGNED_AND_GIVEN = 141;
    private static final int NO_TABLE = 263;

    private final ScriptRun run;
    private final DataRunner data;

    TableRunner(ScriptRun run, DataRunner data) {
        this.run = run;
        this.data = data;
    }

    void register(Steps steps) {
        steps.doing(SelectStatement.class, run.state(), this::select);
        for (Class<?> kind : DataStatement.class.getPermittedSubclasses()) {
            if (kind != SelectStatement.class) {
                steps.doing(kind.asSubclass(DataStatement.class), run.state(), this::change);
            }
        }
    }

    private long change(DataStatement statement) {
        run.state().transactions().checkWritable();
        return give(data.run(statement, run.scope()));
    }

    private long give(Outcome outcome) {
        if (outcome.rows() != null) {
            run.output().rows(outcome.rows());
        }
        if (outcome.count() == Outcome.NONE) {
            return 0;
        }
        run.affected(outcome.count());
        return outcome.count();
    }

    private long select(SelectStatement statement) {
        Query query = statement.query();
        if (query.body() instanceof Query.Select select && isPlain(query, select)) {
            return plain(select);
        }
        Outcome outcome = data.run(statement, run.scope());
        if (outcome.rows() == null && outcome.count() != Outcome.NONE && assigns(query)) {
            // counted, but not told: nobody has got a row
            return outcome.count();
        }
        return give(outcome);
    }

    private static boolean assigns(Query query) {
        return query.body() instanceof Query.Select select
                && select.items().stream().anyMatch(Query.Assignment.class::isInstance);
    }

    private static boolean isPlain(Query query, Query.Select select) {
        boolean alone = select.from().isEmpty() && select.groupBy().isEmpty() && select.having() == null;
        return alone
                && select.into() == null
                && select.top() == null
                && query.order().isEmpty()
                && query.offset() == null
                && query.fetch() == null;
    }

    /** SELECT of values: one row, or none when the condition doesn't hold. */
    private long plain(Query.Select select) {
        List<Query.Item> items = select.items();
        boolean assigns = items.stream().anyMatch(Query.Assignment.class::isInstance);
        if (items.stream().anyMatch(Query.Star.class::isInstance)) {
            throw new ScriptError(NO_TABLE, "SELECT * needs a table behind FROM.");
        }
        if (assigns && !items.stream().allMatch(Query.Assignment.class::isInstance)) {
            throw new ScriptError(
                    ASSIGNED_AND_GIVEN,
                    "SELECT assigns to variables or gives rows; it can't do both in one statement.");
        }
        boolean holds = select.where() == null || run.holds(select.where());
        if (assigns) {
            if (holds) {
                items.forEach(item -> assign((Query.Assignment) item));
            }
        } else {
            give(row(items, holds));
        }
        return holds ? 1 : 0;
    }

    private void assign(Query.Assignment assignment) {
        run.frame().variables().set(assignment.variable(), assignment.operator(), run.value(assignment.expression()));
    }

    private Outcome row(List<Query.Item> items, boolean holds) {
        List<Term> terms = items.stream()
                .map(item -> run.term(((Query.Value) item).expression()))
                .toList();
        List<RowSet.Column> columns = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            String alias = ((Query.Value) items.get(i)).alias();
            columns.add(new RowSet.Column(
                    alias == null ? "" : alias, terms.get(i).type().ofColumn()));
        }
        var rows = holds ? List.of(terms.stream().map(Term::value).toList()) : List.<List<Value>>of();
        return new Outcome(new RowSet(columns, rows), rows.size());
    }
}
