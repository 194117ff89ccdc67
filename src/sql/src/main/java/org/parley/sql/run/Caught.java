package org.parley.sql.run;

import org.parley.ScriptMessage;

/** An error on its way to the CATCH that takes it. */
final class Caught extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ScriptMessage error;

    Caught(ScriptMessage error, Throwable cause) {
        super(error.text(), cause, false, false);
        this.error = error;
    }

    ScriptMessage error() {
        return error;
    }
}
