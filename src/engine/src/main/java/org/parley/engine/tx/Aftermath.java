package org.parley.engine.tx;

import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.store.SuspensionRow;

/**
 * What commits leave to be done by small engine transactions. Each task is idempotent and is found again when the
 * database is opened, so that nothing depends on its being run. Called under the table's lock: must only take note.
 */
public interface Aftermath {

    /** Remove messages that reached a side that had ended; positions inclusive. */
    void purge(long endpoint, long from, long to);

    /** Both sides have ended: remove what is left of the conversation. */
    void removePair(long endpoint);

    /** An endpoint has sent to a side that was cleaned up: tell it, and remove what it sent; positions inclusive. */
    void farIsGone(Endpoint endpoint, long from, long to);

    /** An endpoint has something for a side that isn't in this database, or isn't yet. */
    void deliver(Endpoint endpoint);

    /** As {@link #deliver}, when an earlier process may have sent it already. */
    void mayHaveArrived(Endpoint endpoint);

    /** An endpoint is about to go, other than by CLEANUP: the acknowledgement that it owes is sent all the same. */
    void acknowledgeLast(Endpoint endpoint);

    /** An endpoint is gone: what is stored of its way to another database goes too. */
    void forget(Endpoint endpoint);

    /** As {@link #forget}, for an endpoint that isn't known any more. */
    void forgetTransit(long endpoint);

    /** Roll a branch back that a clock has doomed. */
    void rollBack(Branch doomed);

    /** Turn a queue off: its readers have failed five times in a row. */
    void disableQueue(int queue);

    /** An endpoint is new: its lifetime begins, and definitions that it needs may have been dropped meanwhile. */
    void begun(Endpoint endpoint);

    /** Set a group aside: its readers have failed five times in a row, at last for that reason, or null. */
    void suspend(Group group, String failure);

    /** An earlier process has set a group aside. */
    void suspendedBefore(SuspensionRow row);

    /** Offer a group again after its queue's REDELIVERY_DELAY. */
    void postpone(Group group);

    /** The timer or the lifetime of an endpoint has changed or is new. */
    void wind(Endpoint endpoint);

    /** A side has ended while its queue is off: tell the other side when it is on. */
    void tellEnd(Endpoint endpoint);

    /** An endpoint is gone: nothing of it becomes due any more. */
    void unwind(long endpoint);

    /** The store can't be relied upon: discard memory and read it anew from disk. */
    void storeFailed(Throwable cause);
}
