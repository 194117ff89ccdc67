package org.parley.sql.table;

/**
 * What a statement gives.
 *
 * @param rows the rows of a query; null for a statement that gives none, and for a query that assigns to variables
 * @param count how many rows it gave, assigned from or changed; {@link #NONE} for a definition, which has no count
 */
public record Outcome(RowSet rows, long count) {

    /** Count of a statement that counts nothing. */
    public static final long NONE = -1;
}
