package org.parley.sql.table;

import java.util.List;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/**
 * Rows with their columns.
 *
 * @param columns what each row has
 * @param rows each with a value for every column, of the column's type
 */
public record RowSet(List<Column> columns, List<List<Value>> rows) {

    /** A column; the name is empty for an expression without one. */
    public record Column(String name, SqlType type) {}
}
