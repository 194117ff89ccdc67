package org.parley.sql.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.parley.ScriptMessage;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;

/** Variables and a row in maps; a query is answered with rows that were put there. */
final class TestSurroundings implements Surroundings, Surroundings.Queries, Row {

    final Map<String, Value> variables = new HashMap<>();
    final Map<String, Value> columns = new HashMap<>();
    /** Answers of all queries: rows of one column. */
    final List<Value> answers = new ArrayList<>();

    SqlType answered = SqlType.INT;
    int queries;
    ScriptMessage caught;

    @Override
    public Value variable(Expression.Variable variable) {
        Value value = variables.get(variable.name().toLowerCase(Locale.ROOT));
        if (value == null) {
            throw new ScriptError(137, "Variable '" + variable.name() + "' isn't declared.");
        }
        return value;
    }

    @Override
    public Row row() {
        return this;
    }

    @Override
    public Queries queries() {
        return this;
    }

    @Override
    public Session session() {
        return new TestSession(caught);
    }

    @Override
    public SqlType type(Expression.Column column) {
        Value value = columns.get(column.name().last());
        return value == null ? Row.NONE.type(column) : value.type();
    }

    @Override
    public Value value(Expression.Column column) {
        return columns.get(column.name().last());
    }

    @Override
    public List<SqlType> columns(Query query) {
        return List.of(answered);
    }

    @Override
    public List<List<Value>> rows(Query query, long atMost) {
        queries++;
        return answers.stream().limit(atMost).map(List::of).toList();
    }
}
