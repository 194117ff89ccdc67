package org.parley.sql.run;

import java.util.List;
import java.util.function.Supplier;
import org.parley.BrokerConnection;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.TableDefinition;
import org.parley.sql.table.DataRunner;
import org.parley.sql.table.DataScope;
import org.parley.sql.table.Isolation;
import org.parley.sql.table.RowSet;
import org.parley.sql.table.TableValue;
import org.parley.sql.value.Row;
import org.parley.sql.value.Session;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Surroundings;
import org.parley.sql.value.Value;

/** What expressions and statements on tables see: always of the frame that runs now. */
final class Scope implements DataScope, Surroundings.Queries {

    private final ScriptRun run;
    private final DataRunner data;
    private final Session session;
    private Row row = Row.NONE;

    Scope(ScriptRun run, DataRunner data) {
        this.run = run;
        this.data = data;
        this.session = new SessionFacts(run);
    }

    @Override
    public BrokerConnection connection() {
        return run.session().connection();
    }

    @Override
    public Value variable(Expression.Variable variable) {
        return run.frame().variables().get(variable.name());
    }

    @Override
    public void assign(String name, String operator, Value value) {
        run.frame().variables().set(name, operator, value);
    }

    @Override
    public TableValue table(String name) {
        return run.frame().variables().table(name);
    }

    @Override
    public void identity(Long value) {
        run.state().identity(value);
    }

    @Override
    public Isolation isolation() {
        return run.state().options().isolation();
    }

    @Override
    public <T> T undivided(Supplier<T> steps) {
        return run.state().transactions().undivided(steps);
    }

    TableValue newTable(TableDefinition definition) {
        return data.table(definition, this);
    }

    @Override
    public Row row() {
        return row;
    }

    /** Does something for which columns are those of a row. */
    <T> T withRow(Row columns, Supplier<T> work) {
        Row before = row;
        row = columns;
        try {
            return work.get();
        } finally {
            row = before;
        }
    }

    @Override
    public Surroundings.Queries queries() {
        return this;
    }

    @Override
    public List<SqlType> columns(Query query) {
        return data.query(query, this, 0).columns().stream()
                .map(RowSet.Column::type)
                .toList();
    }

    @Override
    public List<List<Value>> rows(Query query, long atMost) {
        return data.query(query, this, atMost).rows();
    }

    @Override
    public Session session() {
        return session;
    }
}
