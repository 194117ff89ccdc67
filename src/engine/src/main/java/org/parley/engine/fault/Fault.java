package org.parley.engine.fault;

/** A defect that can be planted. Its place asks {@link #isPlanted}, which costs one read of a plain boolean. */
public enum Fault {
    /** RECEIVE gives one message more than TOP and leaves that one in the queue. */
    ONE_MORE_THAN_TOP,
    /** Groups are freed before the store has committed. */
    LOCKS_FREED_EARLY,
    /** SEND, END and timers work without the lock of the group. */
    LOCK_NOT_TAKEN,
    /** The groups that a transaction has held don't come back into their queue's index when it ends. */
    GROUPS_NOT_RETURNED,
    /** The state of a side stays when the other side ends. */
    END_NOT_HEARD,
    /** The last message of each side is overlooked when a database is opened. */
    LAST_MESSAGE_OVERLOOKED,
    /** END leaves the conversation timer. */
    TIMER_LEFT_AT_END,
    /** Messages that come to a side that has ended are never removed. */
    PURGE_FORGOTTEN,
    /** Going back to a savepoint changes the store only. */
    SAVEPOINT_FORGOTTEN,
    /** A message or a group that comes free doesn't wake the reader that waits for it. */
    READER_NOT_WOKEN,
    /** A group that comes free isn't given to the statement that waits for it. */
    LOCK_WAITER_NOT_WOKEN,
    /** RECEIVE asks the store for more than what is known to be committed. */
    BOUND_SKIPPED,
    /** RECEIVE takes what memory has of the messages that come next for all of them. */
    HANDED_OVER_IN_PART,
    /** An end that was held back while the queue was off is never told. */
    HELD_END_FORGOTTEN,
    /**
     * A message that arrives once more from another database is taken once more. No reader gets it twice all the same: its
     * position is below what has arrived, so it fills no gap, and while the first one isn't received its row is in the way. A
     * delivery that fails for that is what the model finds; who only compares messages, as the checker of crashes, can't.
     */
    DUPLICATE_TAKEN;

    // plain on purpose: a volatile read would cost on the hot path; tests plant before their threads start
    private static boolean any;
    private static Fault planted;

    /** Whether this one is planted. */
    public boolean isPlanted() {
        return any && planted == this;
    }

    /** Plants this one instead of any other. For tests, while no server is open. */
    public void plant() {
        planted = this;
        any = true;
    }

    /** Takes back what was planted. */
    public static void none() {
        any = false;
        planted = null;
    }
}
