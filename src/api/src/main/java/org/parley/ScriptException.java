package org.parley;

/**
 * A script met an error that no CATCH took. What an error ends, the statement or the batch, is as in Transact-SQL; the rest of
 * the script has run all the same, and all it gave is in {@link #result()}.
 */
public class ScriptException extends BrokerException {

    private static final long serialVersionUID = 1L;

    private final transient ScriptMessage error;
    private final transient ScriptResult result;

    /**
     * An error of a script.
     *
     * @param error the first one
     * @param result all that the script gave, this error included
     * @param cause what was thrown, or null
     */
    public ScriptException(ScriptMessage error, ScriptResult result, Throwable cause) {
        super(error.number(), error.toString(), cause);
        this.error = error;
        this.result = result;
    }

    /** With the error as its message shows it, which begins with the number. */
    @Override
    public String toString() {
        return getClass().getName() + ": " + getMessage();
    }

    /** The first error, with its level, state and line. */
    public ScriptMessage error() {
        return error;
    }

    /** All that the script gave. */
    public ScriptResult result() {
        return result;
    }
}
