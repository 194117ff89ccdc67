package org.parley.engine.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.parley.Message;
import org.parley.engine.model.Act.What;

/**
 * The reference, plain and for one thread: all dialogs as they are committed, changed by one transaction after the other
 * in the order of their commits.
 */
final class Model {

    private final Map<UUID, Side> byHandle = new HashMap<>();

    /** Handles of targets that were begun once more, with those that had been there before. */
    private final Map<UUID, Side> again = new LinkedHashMap<>();

    private final List<Side> all = new ArrayList<>();
    private final Map<Integer, Work> open = new HashMap<>();
    private final Map<UUID, Set<String>> queuesOf = new HashMap<>();
    private final Queues queues;

    /** Who was met in each conversation, at any time, with the group at first: a target is known to readers only. */
    private final Map<UUID, Map<UUID, UUID>> met = new HashMap<>();

    /** Of all acts of a program, in the order of their ends. */
    Model(Queues queues, List<Act> acts) {
        this.queues = queues;
        for (Act act : acts) {
            for (Message message : act.messages) {
                UUID conversation = act.conversations.get(message.conversationHandle());
                if (conversation != null) {
                    met.computeIfAbsent(conversation, key -> new LinkedHashMap<>())
                            .putIfAbsent(message.conversationHandle(), message.conversationGroupId());
                }
            }
        }
    }

    /** What an open transaction has done, and had done at its savepoint. */
    static final class Work {

        Map<Side, Draft> drafts = new LinkedHashMap<>();
        private Map<Side, Draft> atSavepoint = Map.of();

        /** To look at only: its group may be another transaction's. */
        Draft look(Side side) {
            Draft draft = drafts.get(side);
            return draft == null ? new Draft(side) : draft;
        }

        /** To be changed: the transaction holds its group. */
        Draft draft(Side side) {
            return drafts.computeIfAbsent(side, Draft::new);
        }

        private static Map<Side, Draft> copy(Map<Side, Draft> drafts) {
            Map<Side, Draft> copy = new LinkedHashMap<>();
            drafts.forEach((side, draft) -> copy.put(side, draft.copy()));
            return copy;
        }
    }

    Work work(int transaction) {
        return open.computeIfAbsent(transaction, key -> new Work());
    }

    /** The side of a handle that something was said or done to; null when no such handle is known. */
    Side side(UUID handle) {
        return byHandle.get(handle);
    }

    /** Whether a handle is that of a target that came after another one of the same dialog. */
    boolean cameAgain(UUID handle) {
        return again.containsKey(handle);
    }

    /** Whether such a target is in a group: of when it goes nothing is known. */
    boolean cameAgainIn(UUID group) {
        return met.values().stream()
                .flatMap(handles -> handles.entrySet().stream())
                .anyMatch(each -> group.equals(each.getValue()) && cameAgain(each.getKey()));
    }

    /**
     * A dialog has begun a second time at its target: it may when the first target was cleaned up before its initiator had
     * learned that the first message had arrived (section 5.7). Nothing more is judged of such a dialog but its locks and
     * that nothing is left of it.
     *
     * @return whether it may
     */
    boolean runsAgain(UUID handle) {
        Side first = again.get(handle);
        first.again = true;
        first.far.again = true;
        return first.across() && first.cleanedUp();
    }

    void begin(Act act) {
        int database = Home.databaseOf(act.farService);
        long longest = act.duration == null ? Long.MAX_VALUE / 4 : act.duration.toMillis();
        Side initiator = new Side(
                null, act.conversation, act.database, act.queue, act.clockStart + longest, act.clockEnd + longest);
        Side target = new Side(
                initiator,
                act.conversation,
                database,
                Home.queueOf(act.farService),
                initiator.lifetimeFrom,
                initiator.lifetimeTo);
        initiator.far = target;
        target.far = initiator;
        initiator.handle = act.handle();
        initiator.group = act.group;
        noteQueue(initiator.group, initiator);
        byHandle.put(act.handle(), initiator);
        met.getOrDefault(act.conversation, Map.of()).forEach((handle, group) -> {
            if (!handle.equals(act.handle()) && target.handle == null) {
                target.handle = handle;
                target.group = group;
                noteQueue(group, target);
                byHandle.put(handle, target);
            } else if (!handle.equals(act.handle())) {
                again.put(handle, target);
            }
        });
        all.add(initiator);
        all.add(target);
        work(act.transaction).draft(initiator).begins = true;
    }

    void move(Draft draft, UUID group) {
        draft.group = group;
        noteQueue(group, draft.side);
    }

    private void noteQueue(UUID group, Side side) {
        queuesOf.computeIfAbsent(group, key -> new HashSet<>()).add(side.queue);
    }

    /** The queues whose conversations were ever in a group, committed or not. */
    Set<String> queuesOf(UUID group) {
        return queuesOf.getOrDefault(group, Set.of());
    }

    void savepoint(Act act) {
        Work work = work(act.transaction);
        work.atSavepoint = Work.copy(work.drafts);
    }

    void backToSavepoint(Act act) {
        Work work = work(act.transaction);
        work.drafts = Work.copy(work.atSavepoint);
    }

    void commit(Act act) {
        Work work = work(act.transaction);
        for (Draft draft : work.drafts.values()) {
            draft.commit(act, queues);
        }
        for (Draft draft : work.drafts.values()) {
            draft.side.far.begun |= !draft.side.sent.isEmpty();
        }
    }

    /** An endpoint that nobody has ended. */
    record Open(int database, UUID handle) {}

    /** Those whose handles are known, in the order of their dialogs. */
    Collection<Open> open() {
        List<Open> open = new ArrayList<>();
        for (Side side : all) {
            if (side.handle != null && side.begun && (side.again || !side.over())) {
                open.add(new Open(side.database, side.handle));
            }
        }
        again.forEach((handle, first) -> open.add(new Open(first.database, handle)));
        return open;
    }

    /** The sides in a group as a transaction sees it. */
    List<Draft> inGroup(UUID group, int transaction) {
        Work work = work(transaction);
        return all.stream()
                .map(work::look)
                .filter(draft -> group.equals(draft.group) && (draft.side.begun || draft.begins))
                .toList();
    }

    List<Side> ofQueue(int database, String queue) {
        return all.stream()
                .filter(side -> side.database == database && side.queue.equals(queue) && side.begun)
                .toList();
    }

    /** Whether the engine may be at work on a group for a moment: timers, lifetimes, what is to be told or delivered. */
    boolean engineMayHold(UUID group) {
        return all.stream()
                .filter(side -> group.equals(side.group) && side.begun)
                .anyMatch(side -> !side.timers.isEmpty()
                        || side.lifetimeTo < Long.MAX_VALUE / 8
                        || side.far.cleanedUp()
                        || side.across()
                        || side.mayBeHeldBack()
                        || side.far.mayBeHeldBack());
    }

    /**
     * What must have come by now and hasn't been received, while nobody works.
     *
     * @param due everything that was due then must have come
     * @param clock the time now
     */
    List<String> missing(long due, long clock) {
        List<String> missing = new ArrayList<>();
        for (Side side : all) {
            if (!side.begun || side.over() || side.again) {
                continue;
            }
            Side far = side.far;
            for (int i = side.received; i < far.sent.size() && !side.mayLose(far.sent.get(i), clock); i++) {
                missing.add("message " + far.sent.get(i) + " at " + side);
            }
            if (side.mayNeverHaveBegun()) {
                continue;
            }
            boolean expired = due >= side.lifetimeTo;
            boolean mayHaveExpired = side.mayBeExpired(clock);
            boolean errorDropped = side.across() && far.cleanedUp();
            if (far.error != null && !side.errorHeard && (!mayHaveExpired || expired) && !errorDropped) {
                missing.add("the error of the other side at " + side);
            } else if (expired && !side.errorHeard) {
                missing.add("the expiry at " + side);
            }
            if (far.ended == What.CLEANUP && !side.errorHeard && !mayHaveExpired && sentToNobody(side)) {
                missing.add("that the other side is gone at " + side);
            }
            if (side.timerAwaited && side.timers.get(side.timers.size() - 1).dueTo() <= due) {
                missing.add("the timer at " + side);
            }
        }
        return missing;
    }

    private static boolean sentToNobody(Side side) {
        return side.sent.stream().anyMatch(message -> message.commit().start > side.far.endedBy.end);
    }
}
