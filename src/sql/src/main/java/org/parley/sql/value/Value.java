package org.parley.sql.value;

/**
 * A value with its type.
 *
 * @param type what it is, also when it is NULL
 * @param content of the class that {@link SqlType.Base#content()} names, or null for NULL
 */
public record Value(SqlType type, Object content) {

    /** Whether it is NULL. */
    public boolean isNull() {
        return content == null;
    }
}
