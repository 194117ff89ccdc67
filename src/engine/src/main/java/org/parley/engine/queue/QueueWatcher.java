package org.parley.engine.queue;

import java.util.List;

/**
 * Hears what happens to a queue that somebody wants to have read; a queue has at most one. Called under the table's lock:
 * must only take note.
 */
public interface QueueWatcher {

    /**
     * A group is ready that no waiter wanted.
     *
     * @param first whether it is the only one
     */
    void arrived(boolean first);

    /**
     * A RECEIVE or GET CONVERSATION GROUP has run, in any session.
     *
     * @param where whether it named a conversation or a group
     * @param empty whether it found nothing
     */
    void received(boolean where, boolean empty);

    /** A transaction that had received from the queue is about to give back what it has received. */
    void rolledBack();

    /** The queue's STATUS has changed. */
    void turned(boolean on);

    /** What views show. */
    Shown shown();

    /**
     * What views show of a queue that is watched; service-broker.md, section 19.
     *
     * @param state INACTIVE, NOTIFIED or RECEIVES_OCCURRING
     * @param lastEmptyRowset when a RECEIVE without WHERE last found nothing, in milliseconds of the epoch, or null
     * @param lastActivated when a reader was last started or a notification sent, or null
     * @param tasks activated readers at work
     */
    record Shown(String state, Long lastEmptyRowset, Long lastActivated, List<Task> tasks) {}

    /**
     * An activated reader at work.
     *
     * @param spid number that no other one has
     * @param name name of its activation
     * @param user identity, or null for the owner of the database
     */
    record Task(int spid, String name, String user) {}
}
