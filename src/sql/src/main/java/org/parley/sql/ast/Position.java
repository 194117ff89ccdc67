package org.parley.sql.ast;

/**
 * Where a statement or an expression begins. All positions are equal, so that equality of what they stand in is about what
 * it says.
 *
 * @param line from 1, counted from the beginning of the batch as error messages do
 * @param column from 1, in UTF-16 units
 */
public record Position(int line, int column) {

    /** Of what was made and not read. */
    public static final Position NONE = new Position(0, 0);

    @Override
    public boolean equals(Object other) {
        return other instanceof Position;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
