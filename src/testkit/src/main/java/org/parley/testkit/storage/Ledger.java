package org.parley.testkit.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the callers of a server know: for each dialog how far each of its counts was seen to be committed, and how far it may
 * have come by a commit that got no answer. After a power cut the database has to agree.
 */
final class Ledger {

    /** What is counted of a dialog. Each step of one adds to it and commits that with what it does. */
    enum Count {
        /** Messages that its sender has sent. */
        SENT,
        /** Whether its sender has ended it. */
        SENDER_ENDED,
        /** Conversation timers that were set. */
        TIMERS,
        /** Messages of timers that were received. */
        RUNG,
        /** Messages that its target has received. */
        RECEIVED,
        /** Whether its target has ended it. */
        TARGET_ENDED
    }

    private record Key(UUID dialog, Count count) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byDialog = dialog.compareTo(other.dialog);
            return byDialog != 0 ? byDialog : count.compareTo(other.count);
        }
    }

    private record Known(int acknowledged, int tried) {}

    private final Map<Key, Known> all = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private long acknowledged;

    /** A commit that brings a count to this value is about to be asked for. */
    synchronized void tried(UUID dialog, Count count, int value) {
        all.merge(
                new Key(dialog, count),
                new Known(0, value),
                (before, now) -> new Known(before.acknowledged, Math.max(before.tried, value)));
    }

    /** It has returned. */
    synchronized void acknowledged(UUID dialog, Count count, int value) {
        acknowledged++;
        all.merge(
                new Key(dialog, count),
                new Known(value, value),
                (before, now) -> new Known(Math.max(before.acknowledged, value), Math.max(before.tried, value)));
    }

    /** Something is not as it must be. */
    synchronized void violated(String what) {
        violations.add(what);
    }

    /** What was found so far. */
    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Steps whose commit has returned. */
    synchronized long acknowledgedSteps() {
        return acknowledged;
    }

    /** After a power cut: each count must be what was acknowledged, or what was tried. From now on it is what it is. */
    synchronized void compare(Map<UUID, Map<Count, Integer>> found) {
        for (Map.Entry<Key, Known> each : all.entrySet()) {
            Key key = each.getKey();
            Known known = each.getValue();
            int value = found.getOrDefault(key.dialog, Map.of()).getOrDefault(key.count, 0);
            if (value < known.acknowledged) {
                violations.add("Dialog " + key.dialog + ": " + key.count + " is " + value + ", and "
                        + known.acknowledged + " was acknowledged: lost.");
            } else if (value > known.tried) {
                violations.add("Dialog " + key.dialog + ": " + key.count + " is " + value + ", and no more than "
                        + known.tried + " was tried: doubled.");
            }
            each.setValue(new Known(value, value));
        }
    }
}
