package org.parley.engine.queue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.parley.engine.store.SuspensionRow;

/**
 * Groups of a queue of which transactions have failed: how often in a row, until when one isn't offered again, and which
 * are suspended. There are few at a time, so a group needs no room of its own for any of it. Guarded by the table's lock.
 */
final class FailedGroups {

    private final Map<Group, Integer> rollbacks = new HashMap<>();
    private final Map<Group, Long> delayed = new HashMap<>();
    private final Map<Group, Suspended> suspended = new LinkedHashMap<>();

    /** A suspended group, and what is to be done when it is no more. */
    private record Suspended(SuspensionRow row, Runnable whenGone) {}

    /** Whether only those get the group who name it. */
    boolean keepBack(Group group) {
        return !suspended.isEmpty() && suspended.containsKey(group) || !delayed.isEmpty() && delayed.containsKey(group);
    }

    /** Counts one more rollback; returns how many there were in a row, 0 for a group that is suspended. */
    int rolledBack(Group group) {
        return suspended.containsKey(group) ? 0 : rollbacks.merge(group, 1, Integer::sum);
    }

    void committed(Group group) {
        if (!rollbacks.isEmpty()) {
            rollbacks.remove(group);
        }
        if (!delayed.isEmpty()) {
            delayed.remove(group);
        }
    }

    void forgetRollbacks() {
        rollbacks.clear();
    }

    void delay(Group group, long until) {
        if (!suspended.containsKey(group)) {
            delayed.put(group, until);
        }
    }

    /** When the group is offered again, or null when nothing delays it. */
    Long delayedUntil(Group group) {
        return delayed.isEmpty() ? null : delayed.get(group);
    }

    /** Ends a delay, unless a later one has taken its place; returns whether there was one. */
    boolean endDelay(Group group, long now) {
        Long until = delayed.get(group);
        return until != null && until <= now && delayed.remove(group) != null;
    }

    void suspend(Group group, SuspensionRow row, Runnable whenGone) {
        committed(group);
        suspended.put(group, new Suspended(row, whenGone));
    }

    boolean resume(Group group) {
        return suspended.remove(group) != null;
    }

    SuspensionRow suspension(Group group) {
        Suspended found = suspended.isEmpty() ? null : suspended.get(group);
        return found == null ? null : found.row();
    }

    Map<Group, SuspensionRow> suspended() {
        Map<Group, SuspensionRow> rows = new LinkedHashMap<>();
        suspended.forEach((group, each) -> rows.put(group, each.row()));
        return rows;
    }

    /** The group is no more. */
    void forget(Group group) {
        committed(group);
        Suspended gone = suspended.isEmpty() ? null : suspended.remove(group);
        if (gone != null) {
            gone.whenGone().run();
        }
    }
}
