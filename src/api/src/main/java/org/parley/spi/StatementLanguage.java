package org.parley.spi;

import org.parley.BrokerException;
import org.parley.ScriptMessage;

/** The statement language, found by {@link java.util.ServiceLoader}. One instance serves all threads. */
public interface StatementLanguage {

    /**
     * Reads a script of nothing but definition statements of one database.
     *
     * @throws BrokerException with line and column before its text: 102 and its like for what isn't understood,
     *     {@link org.parley.ErrorNumbers#NO_DEFINITION} for another statement
     */
    Definitions definitions(String statements);

    /**
     * Runs a script, batch after batch. An error goes to the listener and ends its statement or its batch as in Transact-SQL;
     * the next batch runs. Does not throw for what a script says, however wrong.
     */
    void run(String script, ScriptSession session, ScriptListener listener);

    /**
     * Runs a procedure of the session's database as an activated reader does: no transaction is open when it begins.
     *
     * @return the error that ended it and that no CATCH took, or null
     */
    ScriptMessage call(String procedure, ScriptSession session, ScriptListener listener);
}
