package org.parley.engine.store;

import java.util.Arrays;

/**
 * A column of a view that users read.
 *
 * @param name its name, in upper case
 * @param type what it holds
 */
public record SystemColumn(String name, Type type) {

    /** What a column holds; the values are those that rows carry. */
    public enum Type {
        /** A {@code uniqueidentifier}: a {@link java.util.UUID}, shown as 36 characters in lower case. */
        GUID,
        /** A name or a short text: a String of at most 256 characters. */
        NAME,
        /** A longer text: a String of at most 4000 characters. */
        TEXT,
        /** A code of two characters, such as a state: a String. */
        CODE,
        /** A {@code tinyint} or {@code smallint}: an Integer. */
        SMALL,
        /** A {@code bit}: a Boolean, shown as 0 or 1, so that scripts can compare it with numbers. */
        BIT,
        /** An {@code int}: an Integer. */
        INT,
        /** A {@code bigint}: a Long. */
        BIG,
        /** A {@code datetime} in UTC: milliseconds of the epoch as a Long. */
        TIME,
        /** Six bytes: a byte[]. */
        BINARY,
        /** A message body: a {@link SystemRows.Body}. */
        BODY
    }

    /** Columns of one type. */
    static SystemColumn[] of(Type type, String... names) {
        return Arrays.stream(names).map(name -> new SystemColumn(name, type)).toArray(SystemColumn[]::new);
    }
}
