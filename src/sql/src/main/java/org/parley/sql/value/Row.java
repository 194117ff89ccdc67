package org.parley.sql.value;

import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;

/** Where columns are looked up: a message, or a row of a table. */
public interface Row {

    /** No row: every column is unknown. */
    Row NONE = new Row() {
        @Override
        public SqlType type(Expression.Column column) {
            int number = column.name().parts().size() == 1 ? 207 : 4104;
            throw new ScriptError(
                    number,
                    "Column '" + column.name()
                            + "' isn't known here: a variable begins with @, text stands in quotes.");
        }

        @Override
        public Value value(Expression.Column column) {
            throw new IllegalStateException("no row has column " + column.name());
        }
    };

    /**
     * The type of a column.
     *
     * @throws ScriptError 207 when there is none of this name, 4104 when its qualifier isn't known
     */
    SqlType type(Expression.Column column);

    /** The column's value in the row that is at hand now. */
    Value value(Expression.Column column);
}
