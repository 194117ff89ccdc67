package org.parley.sql.table;

import java.util.List;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType;

/**
 * A table or view of the store.
 *
 * @param name in the store's spelling
 * @param view whether it can only be read
 * @param columns in their order
 */
record Relation(SqlStatement.Name name, boolean view, List<Column> columns) {

    /**
     * A column.
     *
     * @param name in the store's spelling
     * @param increment from one generated value to the next; 0 when none are generated
     */
    record Column(String name, StoredType stored, SqlType type, boolean nullable, long increment, boolean hasDefault) {

        boolean identity() {
            return increment != 0;
        }
    }

    /** Whether it is the view of a queue: no other has both columns. */
    boolean isQueue() {
        return view
                && columns.stream().anyMatch(column -> column.name().equals("QUEUING_ORDER"))
                && columns.stream().anyMatch(column -> column.name().equals("MESSAGE_ENQUEUE_TIME"));
    }

    /** How far apart generated values are; 0 when no column has them. */
    long increment() {
        return columns.stream().mapToLong(Column::increment).sum();
    }

    /** The column of a name, whatever its case. */
    Column column(String column) {
        Column found = null;
        for (Column each : columns) {
            if (each.name().equals(column)) {
                return each;
            }
            if (each.name().equalsIgnoreCase(column)) {
                found = each;
            }
        }
        if (found == null) {
            throw new ScriptError(
                    207,
                    "There is no column '" + column + "' in '" + name.name() + "'; it has "
                            + String.join(
                                    ", ", columns.stream().map(Column::name).toList()) + ".");
        }
        return found;
    }
}
