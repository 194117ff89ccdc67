package org.parley.sql.table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DataStatement.Assigned;
import org.parley.sql.ast.Expression;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.Evaluator;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Term;
import org.parley.sql.value.Value;

/**
 * UPDATE and DELETE that go from row to row, each of which is changed where it stands: no more than TOP says, with variables that see
 * every row, and with values that the store can't compute.
 */
final class CursorChange {

    private final Translation translation;
    private final Relation relation;
    private final Names names;
    private final ReadRow row;
    private final List<Relation.Column> read = new ArrayList<>();

    /** What SET does with a row; the column or the variable may be null. */
    private record Step(Assigned assigned, Relation.Column column, Term term) {}

    CursorChange(Translation translation, Relation relation, Names names) {
        this.translation = translation;
        this.relation = relation;
        this.names = names;
        this.row = new ReadRow(translation.scope());
    }

    long delete(Long top, int alias, Sql where) {
        return walk(top, alias, where, (at, values) -> at.deleteRow());
    }

    /**
     * Updates.
     *
     * @param columns one for each assignment, null for a variable alone
     */
    long update(Long top, int alias, Sql where, List<Assigned> assignments, List<Relation.Column> columns) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < assignments.size(); i++) {
            steps.add(step(assignments.get(i), columns.get(i)));
        }
        boolean changes = columns.stream().anyMatch(column -> column != null);
        return walk(top, alias, where, (at, values) -> {
            row.at(values);
            for (Step step : steps) {
                run(step, at);
            }
            if (changes) {
                at.updateRow();
            }
        });
    }

    private Step step(Assigned assigned, Relation.Column column) {
        if (assigned.value() == null) {
            throw new ScriptError(
                    BeyondStore.NUMBER,
                    "DEFAULT of column '" + column.name()
                            + "' can't stand in an UPDATE with TOP, variables in SET, or values that the store can't compute.");
        }
        if (column != null) {
            place(column);
        }
        Expression value = Change.value(assigned);
        for (Expression.Column each : Parts.columns(value)) {
            Names.Seen seen = names.resolve(each);
            row.add(each.name().toString(), seen.type(), place(relation.column(seen.name())));
        }
        return new Step(assigned, column, new Evaluator(row).term(value));
    }

    private int place(Relation.Column column) {
        if (!read.contains(column)) {
            read.add(column);
        }
        return read.indexOf(column);
    }

    private void run(Step step, ResultSet at) throws SQLException {
        Value value = step.term().value();
        if (step.column() != null) {
            value = Conversion.stored(value, step.column().type(), step.column().name());
            Jdbc.change(at, place(step.column()) + 1, value);
        }
        if (step.assigned().variable() != null) {
            translation.scope().assign(step.assigned().variable(), "=", value);
        }
    }

    private long walk(Long top, int alias, Sql where, Store.RowStep step) {
        List<String> columns = read.stream().map(Relation.Column::name).toList();
        List<SqlType> types = read.stream().map(Relation.Column::type).toList();
        SqlStatement.Cursor cursor = new SqlStatement.Cursor(relation.name(), alias, columns, where);
        Store store = new Store(translation.scope().connection().sql());
        long most = top == null ? Long.MAX_VALUE : top;
        return translation.scope().undivided(() -> store.walk(cursor, types, most, step));
    }
}
