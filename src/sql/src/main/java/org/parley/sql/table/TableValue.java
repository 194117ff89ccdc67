package org.parley.sql.table;

import java.util.List;
import org.parley.sql.value.Value;

/** Content of a table variable. No transaction takes back what is done to it. */
public interface TableValue {

    /** Columns in their order, IDENTITY included. */
    List<RowSet.Column> columns();

    /**
     * Adds rows, all or none; each has a value for every column, which is converted to the column's type.
     *
     * @throws org.parley.sql.ScriptError for what a column or constraint doesn't allow
     */
    void insert(List<List<Value>> rows);
}
