package org.parley.tests.crash.app;

import org.parley.tests.second.Gate;

/** How a transaction on both resources is stopped: which of them comes first in each phase, and where in the other's. */
public enum Stop {
    PARLEY_PREPARED(true, Gate.PREPARE, false),
    SECOND_PREPARED(false, Gate.PREPARED, false),
    PARLEY_COMMITTED(true, Gate.COMMIT, true),
    NONE_COMMITTED(false, Gate.COMMIT, true);

    /** System property: set where the server asks the resource first that was enlisted last. */
    public static final String REVERSED = "parley.tests.reversed";

    private final boolean parleyFirst;
    private final Gate gate;
    private final boolean decided;

    Stop(boolean parleyFirst, Gate gate, boolean decided) {
        this.parleyFirst = parleyFirst;
        this.gate = gate;
        this.decided = decided;
    }

    /** Whether Parley has to be enlisted first. */
    boolean enlistsParleyFirst() {
        return parleyFirst != Boolean.getBoolean(REVERSED);
    }

    Gate gate() {
        return gate;
    }

    /** Whether the transaction manager has decided to commit. */
    public boolean isDecided() {
        return decided;
    }

    /** The queue from which it receives. No bean reads it. */
    public String queue() {
        return "Held" + name();
    }
}
