package org.parley.engine.tx;

import org.parley.engine.queue.Group;
import org.parley.engine.queue.GroupHolder;

/**
 * A reader's hold on a ready group, from before its transaction starts until that transaction has ended. Branches begun
 * by the reader adopt it: they hold the group while they last and give it back to the claim. Guarded by the table's lock.
 */
public final class Claim implements GroupHolder {

    private final String reader;
    private final Group group;
    private Thread thread;
    private boolean open = true;

    /** Takes a free group for a reader. */
    public Claim(String reader, Group group) {
        this.reader = reader;
        this.group = group;
        group.hold(this);
    }

    /** The group. */
    public Group group() {
        return group;
    }

    /** The reader works on this thread: branches that begin there may adopt the claim. */
    public void workOn(Thread worker) {
        thread = worker;
    }

    boolean adoptableBy(Branch branch) {
        return open && (branch.claim() == this || thread == Thread.currentThread());
    }

    boolean open() {
        return open;
    }

    /** Ends the claim: the group becomes free now or, if a branch holds it, when that ends. Can be repeated. */
    public void giveBack() {
        if (open) {
            open = false;
            if (group.holder() == this) {
                group.free();
            }
        }
    }

    @Override
    public String describe() {
        return "a reader of " + reader;
    }
}
