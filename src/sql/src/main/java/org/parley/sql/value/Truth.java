package org.parley.sql.value;

/** What a condition is, in the logic of three values: a comparison with NULL is neither true nor false. */
public enum Truth {
    FALSE,
    UNKNOWN,
    TRUE;

    /** TRUE or FALSE. */
    public static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    /** Whether it is TRUE; what IF, WHILE and WHERE ask for. */
    public boolean holds() {
        return this == TRUE;
    }

    /** NOT. */
    public Truth not() {
        return switch (this) {
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
            case TRUE -> FALSE;
        };
    }

    /** NOT when it is asked for. */
    Truth not(boolean negated) {
        return negated ? not() : this;
    }
}
