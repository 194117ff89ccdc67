package org.parley.spi;

import org.parley.ScriptMessage;

/** The statement language, found by {@link java.util.ServiceLoader}. One instance serves all threads. */
public interface StatementLanguage {

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
