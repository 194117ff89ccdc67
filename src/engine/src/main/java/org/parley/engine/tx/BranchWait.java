package org.parley.engine.tx;

import org.parley.engine.queue.Group;

/**
 * What a statement of a branch waits for at the moment, and how it is woken when the branch is doomed meanwhile. Guarded by
 * the table's lock.
 */
public final class BranchWait {

    private Group group;
    private Runnable wake;

    /** It waits, and for no group. */
    public void begin(Runnable wakeUp) {
        wake = wakeUp;
    }

    /** It waits for a group. */
    void begin(Group awaited, Runnable wakeUp) {
        group = awaited;
        wake = wakeUp;
    }

    /** It waits no more. */
    public void end() {
        group = null;
        wake = null;
    }

    /** The group that it waits for, or null. */
    Group group() {
        return group;
    }

    void wake() {
        if (wake != null) {
            wake.run();
        }
    }
}
