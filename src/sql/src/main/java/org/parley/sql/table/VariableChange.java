package org.parley.sql.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DataStatement.Assigned;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.Query;
import org.parley.sql.value.Value;

/** UPDATE and DELETE of a table variable: a query tells the numbers of the rows, and their new values. */
final class VariableChange {

    private final Translation translation;
    private final TableVariable variable;
    private final String name;

    VariableChange(String variable, Translation translation) {
        this.translation = translation;
        this.name = variable;
        this.variable = (TableVariable) translation.scope().table(variable);
    }

    long delete(Expression top, List<Query.Source> from, Expression where) {
        Map<Integer, List<Value>> found = found(top, from, where, List.of());
        List<List<Value>> left = new ArrayList<>();
        for (int i = 0; i < variable.rows().size(); i++) {
            if (!found.containsKey(i)) {
                left.add(variable.rows().get(i));
            }
        }
        variable.replace(left);
        return found.size();
    }

    long update(Expression top, List<Query.Source> from, Expression where, List<Assigned> assignments) {
        VariableDefinition definition = variable.definition();
        List<Expression> values = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (Assigned assigned : assignments) {
            int place = assigned.column() == null
                    ? -1
                    : definition.place(assigned.column().last());
            if (place >= 0 && place == definition.identity()) {
                throw new ScriptError(
                        8102, "Column '" + assigned.column().last() + "' has IDENTITY and can't be changed.");
            }
            places.add(place);
            values.add(assigned.value() == null ? new Expression.Null() : Change.value(assigned));
        }
        Map<Integer, List<Value>> found = found(top, from, where, values);
        List<List<Value>> rows = new ArrayList<>(variable.rows());
        found.forEach((number, read) -> {
            List<Value> row = new ArrayList<>(rows.get(number));
            for (int i = 0; i < places.size(); i++) {
                Assigned assigned = assignments.get(i);
                if (places.get(i) >= 0) {
                    Value value = assigned.value() == null ? definition.defaultValue(places.get(i)) : read.get(i + 1);
                    row.set(places.get(i), value);
                }
                if (assigned.variable() != null) {
                    translation.scope().assign(assigned.variable(), "=", read.get(i + 1));
                }
            }
            rows.set(number, definition.checked(row));
        });
        variable.replace(rows);
        return found.size();
    }

    /** Rows by their number, each with it and the values; of several partners of a row, the first counts. */
    private Map<Integer, List<Value>> found(
            Expression top, List<Query.Source> from, Expression where, List<Expression> values) {
        String called = called(from);
        List<Query.Source> sources = from;
        if (called == null) {
            called = name;
            sources = new ArrayList<>(from);
            sources.add(0, new Query.VariableTable(Position.NONE, name, null));
        }
        List<Query.Item> items = new ArrayList<>();
        items.add(new Query.Value(new Expression.Column(Position.NONE, ObjectName.of(called, Names.ROW)), null));
        values.forEach(each -> items.add(new Query.Value(each, null)));
        Query.Select select = new Query.Select(Position.NONE, false, top, items, null, sources, where, List.of(), null);
        Map<Integer, List<Value>> found = new LinkedHashMap<>();
        for (List<Value> row : new Reading(new Query(select, List.of(), null, null), translation)
                .rows(Long.MAX_VALUE)
                .rows()) {
            // an outer join has rows without one of the variable
            if (!row.get(0).isNull()) {
                found.putIfAbsent((Integer) row.get(0).content(), row);
            }
        }
        return found;
    }

    /** What the variable is called in FROM, or null when it isn't there. */
    private String called(List<Query.Source> from) {
        for (Query.Source each : from) {
            if (each instanceof Query.VariableTable table && table.variable().equalsIgnoreCase(name)) {
                return table.alias() == null ? table.variable() : table.alias();
            }
            if (each instanceof Query.Join join) {
                String called = called(List.of(join.left(), join.right()));
                if (called != null) {
                    return called;
                }
            }
        }
        return null;
    }
}
