package org.parley.engine.queue;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many activated readers a queue may have over all its activations, and who is next when there may be no more;
 * service-broker.md, sections 1.5 and 13.3. Guarded by the table's lock.
 */
public final class ReaderQuota {

    private final Map<QueueIndex.Consumer, Integer> atWork = new IdentityHashMap<>();
    private final Set<QueueIndex.Consumer> refused = new LinkedHashSet<>();
    private boolean on = true;
    private int most = Integer.MAX_VALUE;
    private int total;
    private long timesReached;

    ReaderQuota() {}

    /** ACTIVATION STATUS: off, no reader is started. */
    public boolean on() {
        return on;
    }

    /** MAX_QUEUE_READERS, or {@link Integer#MAX_VALUE} for a queue without activation of its own. */
    public int most() {
        return most;
    }

    /** Readers at work, of all activations. */
    public int atWork() {
        return total;
    }

    /** How often a reader was needed and not allowed: "Task Limit Reached". */
    public long timesReached() {
        return timesReached;
    }

    /** A reader was needed and not allowed. */
    public void reached() {
        timesReached++;
    }

    /** Changes both; returns whether that allows readers that were not allowed before. */
    boolean become(boolean nowOn, int nowMost) {
        boolean more = nowOn && (!on || nowMost > most);
        on = nowOn;
        most = nowMost;
        return more;
    }

    /** Counts one more reader of an activation, if there may be one. */
    public boolean enter(QueueIndex.Consumer activation) {
        if (!on || total >= most) {
            refused.add(activation);
            timesReached += on ? 1 : 0;
            return false;
        }
        refused.remove(activation);
        atWork.merge(activation, 1, Integer::sum);
        total++;
        return true;
    }

    /**
     * Whether a reader that has done its group may take another one: not when it is one too many, and not when the maximum
     * keeps out an activation that has fewer readers.
     */
    public boolean goesOn(QueueIndex.Consumer activation) {
        if (!on || total > most) {
            return false;
        }
        int own = readersOf(activation);
        return total < most || refused.stream().noneMatch(other -> other != activation && readersOf(other) < own);
    }

    private int readersOf(QueueIndex.Consumer activation) {
        return atWork.getOrDefault(activation, 0);
    }

    /** A reader has ended: who was refused is told first. */
    public void leave(QueueIndex.Consumer activation) {
        total--;
        atWork.merge(activation, -1, (a, b) -> a + b == 0 ? null : a + b);
        List<QueueIndex.Consumer> next = new ArrayList<>(refused);
        refused.clear();
        next.forEach(QueueIndex.Consumer::groupReady);
    }

    /** An activation reads the queue no more. */
    void forget(QueueIndex.Consumer activation) {
        refused.remove(activation);
    }
}
