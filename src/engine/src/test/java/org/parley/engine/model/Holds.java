package org.parley.engine.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.parley.engine.model.Act.What;

/**
 * Which transaction held which group, and when. For certain from the end of the statement that took it to the beginning
 * of what ended the transaction; perhaps from the beginning of the first statement that may have taken it to the end.
 */
final class Holds {

    private static final Set<What> TAKES = Set.of(
            What.BEGIN,
            What.SEND,
            What.END,
            What.END_WITH_ERROR,
            What.CLEANUP,
            What.TIMER,
            What.MOVE,
            What.RECEIVE,
            What.GET_GROUP);

    private final Map<Act, Set<UUID>> named = new IdentityHashMap<>();
    private final Map<Key, Hold> holds = new HashMap<>();
    private final Map<UUID, List<Hold>> byGroup = new HashMap<>();

    private final List<FailedWait> failedWaits = new ArrayList<>();

    private record Key(int transaction, UUID group) {}

    /** A RECEIVE that waited and failed, as when its queue was turned off: it may have been given a group just before. */
    private record FailedWait(Act receive, long mayTo) {}

    /** One transaction's hold on one group. */
    private static final class Hold {
        final int transaction;
        final UUID group;
        Act taken;
        long mayFrom = Long.MAX_VALUE;
        long mustTo;
        long mayTo = Long.MAX_VALUE;

        Hold(int transaction, UUID group) {
            this.transaction = transaction;
            this.group = group;
        }
    }

    /** Of all acts, in the order in which they are replayed. */
    Holds(List<Act> acts) {
        Map<Integer, Act> last = new HashMap<>();
        acts.stream().filter(Act::last).forEach(act -> last.put(act.transaction, act));
        Whereabouts whereabouts = new Whereabouts();
        for (Act act : acts) {
            whereabouts.follow(act);
            named.put(act, whereabouts.named(act));
            if (TAKES.contains(act.what)) {
                for (UUID group : named(act)) {
                    note(act, group, last.get(act.transaction));
                }
            }
            if (act.what == What.RECEIVE && act.waits && act.failed()) {
                Act ends = last.get(act.transaction);
                failedWaits.add(new FailedWait(act, ends == null ? Long.MAX_VALUE : ends.end));
            }
            whereabouts.afterwards(act);
        }
        holds.values()
                .forEach(hold -> byGroup.computeIfAbsent(hold.group, key -> new ArrayList<>())
                        .add(hold));
    }

    private void note(Act act, UUID group, Act last) {
        Hold hold = holds.computeIfAbsent(new Key(act.transaction, group), key -> new Hold(act.transaction, group));
        hold.mayFrom = Math.min(hold.mayFrom, act.start);
        if (last != null) {
            hold.mustTo = last.start;
            hold.mayTo = last.end;
        }
        boolean empty = act.what == What.RECEIVE && act.messages.isEmpty();
        if (!act.failed() && !empty && (hold.taken == null || hold.taken.end > act.end)) {
            hold.taken = act;
        }
    }

    /** The groups that an act has locked or tried to. */
    Set<UUID> named(Act act) {
        return named.get(act);
    }

    /** Two transactions that held one group at the same time. */
    List<String> overlaps() {
        List<String> overlaps = new ArrayList<>();
        for (List<Hold> all : byGroup.values()) {
            List<Hold> certain = all.stream()
                    .filter(hold -> hold.taken != null && hold.taken.end < hold.mustTo)
                    .sorted(Comparator.comparingLong(hold -> hold.taken.end))
                    .toList();
            for (int i = 1; i < certain.size(); i++) {
                Hold before = certain.get(i - 1);
                Hold after = certain.get(i);
                if (before.mustTo > after.taken.end) {
                    overlaps.add("transactions " + before.transaction + " and " + after.transaction
                            + " hold group " + Act.brief(before.group) + " at the same time:\n      " + before.taken
                            + "\n      " + after.taken);
                }
            }
        }
        return overlaps;
    }

    /** Whether another transaction may have held one of the groups that an act needed. */
    boolean othersMayHold(Act act) {
        return named(act).stream().anyMatch(group -> othersMayHold(group, act.transaction, act.start, act.end));
    }

    /** Whether somebody else who waited at the queue of an act, in vain, may have held any of its groups meanwhile. */
    boolean failedWaiterMayHold(Act act) {
        return failedWaits.stream()
                .anyMatch(wait -> wait.receive().transaction != act.transaction
                        && wait.receive().database == act.database
                        && wait.receive().queue.equals(act.queue)
                        && wait.receive().start < act.end
                        && wait.mayTo() > act.start);
    }

    /** Whether another transaction may have held a group at some moment between two. */
    boolean othersMayHold(UUID group, int transaction, long from, long to) {
        return byGroup.getOrDefault(group, List.of()).stream()
                .anyMatch(hold -> hold.transaction != transaction && hold.mayFrom < to && hold.mayTo > from);
    }
}
