package org.parley.sql.value;

import java.util.Objects;

/**
 * A value with its type.
 *
 * @param type what it is, also when it is NULL
 * @param content of the class that {@link SqlType.Base#content()} names, or null for NULL
 */
public record Value(SqlType type, Object content) {

    /** NULL of no other type. */
    public static final Value NULL = new Value(SqlType.NULL, null);

    /** An int. */
    public static Value of(int number) {
        return new Value(SqlType.INT, number);
    }

    /** A bigint. */
    public static Value of(long number) {
        return new Value(SqlType.BIGINT, number);
    }

    /** A bit. */
    public static Value of(boolean bit) {
        return new Value(SqlType.BIT, bit);
    }

    /** Text of Unicode, as long as its type; NULL for null. */
    public static Value national(String text) {
        return new Value(SqlType.nvarchar(text == null ? 1 : text.length()), text);
    }

    /** Bytes, as long as their type; NULL for null. */
    public static Value of(byte[] bytes) {
        return new Value(SqlType.varbinary(bytes == null ? 1 : bytes.length), bytes);
    }

    /** Whether it is NULL. */
    public boolean isNull() {
        return content == null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && type.equals(value.type) && Objects.deepEquals(content, value.content);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + java.util.Arrays.deepHashCode(new Object[] {content});
    }
}
