package org.parley.sql.table;

import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.TableDefinition;

/** Runs what reads and changes tables. One instance serves all threads. */
public interface DataRunner {

    /**
     * Runs a statement. What a query assigns to variables goes to {@link DataScope#assign}, row by row.
     *
     * @throws org.parley.sql.ScriptError with the number that Transact-SQL gives it
     */
    Outcome run(DataStatement statement, DataScope scope);

    /**
     * Rows of a query that stands inside an expression.
     *
     * @param atMost how many rows the asker needs: 1 for EXISTS, 2 for a query that gives one value, 0 for its columns alone
     */
    RowSet query(Query query, DataScope scope, long atMost);

    /** An empty table variable, as DECLARE makes it. */
    TableValue table(TableDefinition definition, DataScope scope);
}
