package org.parley.sql;

import org.parley.BrokerException;

/**
 * An error of a statement, with the number and severity that Transact-SQL gives it. Whoever runs the statement adds the line. What
 * the engine throws, a {@link BrokerException}, is such an error of level 16, state 1.
 */
public class ScriptError extends BrokerException {

    private static final long serialVersionUID = 1L;

    /** Severity of what is wrong with the text of a statement. */
    public static final int SYNTAX_LEVEL = 15;

    private final int level;
    private final int state;

    /** An error of level 16, state 1; the text names the object, the value and what is allowed. */
    public ScriptError(int number, String text) {
        this(number, 16, 1, text, null);
    }

    /** An error with its severity, of state 1. */
    public ScriptError(int number, int level, String text) {
        this(number, level, 1, text, null);
    }

    /** An error with its severity, state and cause (or null). */
    public ScriptError(int number, int level, int state, String text, Throwable cause) {
        super(number, text, cause);
        this.level = level;
        this.state = state;
    }

    /** Severity: from 11. */
    public int level() {
        return level;
    }

    /** 0 to 255. */
    public int state() {
        return state;
    }
}
