package org.parley.engine.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.engine.model.Act.What;

/** When each queue may have been off: from OFF to ON, and ever after five readers in a row may have failed. */
final class Queues {

    private static final int POISON = 5;

    private final Map<String, List<long[]>> off = new HashMap<>();

    Queues(List<Act> acts) {
        for (Act act : acts) {
            if (act.what == What.QUEUE_OFF) {
                long until = acts.stream()
                        .filter(on -> on.what == What.QUEUE_ON
                                && !on.failed()
                                && key(on).equals(key(act))
                                && on.start > act.end)
                        .mapToLong(on -> on.end)
                        .min()
                        .orElse(Long.MAX_VALUE);
                add(key(act), act.start, until);
            }
        }
        poison(acts);
    }

    private void poison(List<Act> acts) {
        Map<Integer, Set<String>> received = new HashMap<>();
        Map<String, List<Act>> failed = new HashMap<>();
        List<Act> inOrder = new ArrayList<>(acts);
        inOrder.sort(Comparator.comparingLong(act -> act.end));
        for (Act act : inOrder) {
            if (!act.messages.isEmpty()) {
                received.computeIfAbsent(act.transaction, key -> new HashSet<>())
                        .add(key(act));
            }
            for (String queue : act.last() ? received.getOrDefault(act.transaction, Set.of()) : Set.<String>of()) {
                List<Act> inARow = failed.computeIfAbsent(queue, key -> new ArrayList<>());
                if (act.what == What.COMMIT && !act.failed()) {
                    inARow.removeIf(rollback -> rollback.end < act.start);
                } else {
                    inARow.add(act);
                }
                if (inARow.size() == POISON) {
                    add(
                            queue,
                            inARow.stream().mapToLong(each -> each.start).max().orElseThrow(),
                            Long.MAX_VALUE);
                }
            }
        }
    }

    private void add(String key, long from, long until) {
        off.computeIfAbsent(key, none -> new ArrayList<>()).add(new long[] {from, until});
    }

    private static String key(Act act) {
        return act.database + act.queue;
    }

    /** Whether it may have been off at some moment between two. */
    boolean mayBeOff(int database, String queue, long from, long to) {
        return off.getOrDefault(database + queue, List.of()).stream().anyMatch(span -> span[0] < to && span[1] > from);
    }
}
