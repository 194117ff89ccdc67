package org.parley.sql.table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.value.Row;
import org.parley.sql.value.Session;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Surroundings;
import org.parley.sql.value.Value;

/** Surroundings with a row: what is computed from rows that have been read. */
final class ReadRow implements Surroundings, Row {

    private final Surroundings script;
    private final Map<String, Place> places = new HashMap<>();
    private List<Value> values = List.of();

    private record Place(SqlType type, int place) {}

    ReadRow(Surroundings script) {
        this.script = script;
    }

    /** A column under a name as an expression writes it. */
    void add(String name, SqlType type, int place) {
        places.put(name.toUpperCase(Locale.ROOT), new Place(type, place));
    }

    /** The row that is at hand now. */
    void at(List<Value> row) {
        values = row;
    }

    private Place place(Expression.Column column) {
        Place place = places.get(column.name().toString().toUpperCase(Locale.ROOT));
        if (place == null) {
            throw new ScriptError(207, "There is no column '" + column.name() + "' here.");
        }
        return place;
    }

    @Override
    public SqlType type(Expression.Column column) {
        return place(column).type();
    }

    @Override
    public Value value(Expression.Column column) {
        return values.get(place(column).place());
    }

    @Override
    public Value variable(Expression.Variable variable) {
        return script.variable(variable);
    }

    @Override
    public Row row() {
        return this;
    }

    @Override
    public Queries queries() {
        return script.queries();
    }

    @Override
    public Session session() {
        return script.session();
    }
}
