package org.parley.sql.table;

import org.parley.sql.ScriptError;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.TableDefinition;

/** The statements on tables. */
public final class Tables implements DataRunner {

    private static final int UNSUPPORTED = 40517;

    @Override
    public Outcome run(DataStatement statement, DataScope scope) {
        throw unsupported();
    }

    @Override
    public RowSet query(Query query, DataScope scope, long atMost) {
        throw unsupported();
    }

    @Override
    public TableValue table(TableDefinition definition, DataScope scope) {
        throw unsupported();
    }

    private static ScriptError unsupported() {
        return new ScriptError(UNSUPPORTED, "Statements on tables are not possible on this server.");
    }
}
