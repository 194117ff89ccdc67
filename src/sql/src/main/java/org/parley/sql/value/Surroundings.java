package org.parley.sql.value;

import java.util.List;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;

/** What an expression sees of the script, of the row and of the session it stands in. */
public interface Surroundings {

    /**
     * A variable with its type; asked at each evaluation.
     *
     * @throws org.parley.sql.ScriptError 137 when it isn't declared
     */
    Value variable(Expression.Variable variable);

    /** The row that columns are taken from. */
    default Row row() {
        return Row.NONE;
    }

    /** What runs queries that stand inside expressions. */
    Queries queries();

    /** The session. */
    Session session();

    /** Runs queries that stand inside expressions. */
    interface Queries {

        /** Types of the columns of a query, in their order; nothing is read. */
        List<SqlType> columns(Query query);

        /** Its rows, no more than are asked for. */
        List<List<Value>> rows(Query query, long atMost);
    }
}
