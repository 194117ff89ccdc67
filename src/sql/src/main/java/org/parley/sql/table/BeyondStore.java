package org.parley.sql.table;

import org.parley.ErrorNumbers;
import org.parley.sql.ScriptError;

/** What the store can't compute. In the list of a query it is computed when the rows have been read; elsewhere it is an error. */
final class BeyondStore extends ScriptError {

    private static final long serialVersionUID = 1L;

    /** Not one of Transact-SQL's: there it could be done. */
    static final int NUMBER = ErrorNumbers.BEYOND_STORE;

    /** The text names what it is, for example "REPLACE over columns". */
    BeyondStore(String what) {
        super(
                NUMBER,
                what
                        + " can be computed in the select list of a query without DISTINCT, GROUP BY and set operators and, for SELECT,"
                        + " in its WHERE, but not here.");
    }
}
