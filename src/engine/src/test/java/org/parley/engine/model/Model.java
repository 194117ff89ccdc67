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
    private final List<Side> all = new ArrayList<>();
    private final Map<Integer, Work> open = new HashMap<>();
    private final Queues queues;

    /** Who was met in each conversation, with its group, at any time: a target is known to readers only. */
    private final Map<UUID, Map<UUID, UUID>> met = new HashMap<>();

    Model(Queues queues, List<Act> acts) {
        this.queues = queues;
        for (Act act : acts) {
            for (Message message : act.messages) {
                UUID conversation = act.conversations.get(message.conversationHandle());
                if (conversation != null) {
                    met.computeIfAbsent(conversation, key -> new HashMap<>())
                            .put(message.conversationHandle(), message.conversationGroupId());
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
        byHandle.put(act.handle(), initiator);
        met.getOrDefault(act.conversation, Map.of()).forEach((handle, group) -> {
            if (!handle.equals(act.handle()) && target.handle == null) {
                target.handle = handle;
                target.group = group;
                byHandle.put(handle, target);
            }
        });
        all.add(initiator);
        all.add(target);
        work(act.transaction).draft(initiator).begins = true;
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
            Side far = draft.side.far;
            // an END while the own queue is off is told when that is on
            boolean off = queues.mayBeOff(far.database, far.queue, act.start, act.end)
                    || queues.mayBeOff(act.database, draft.side.queue, 0, act.end);
            draft.commit(act, !draft.side.across() && !off);
        }
        for (Draft draft : work.drafts.values()) {
            draft.side.far.begun |= !draft.side.sent.isEmpty();
        }
    }

    /** Sides whose handle is known, in the order of their dialogs. */
    Collection<Side> known() {
        return all.stream().filter(side -> side.handle != null && side.begun).toList();
    }

    Set<UUID> overHandles() {
        Set<UUID> over = new HashSet<>();
        known().stream().filter(Side::over).forEach(side -> over.add(side.handle));
        return over;
    }

    List<Side> inGroup(UUID group) {
        return all.stream()
                .filter(side -> group.equals(side.group) && side.begun)
                .toList();
    }

    List<Side> ofQueue(int database, String queue) {
        return all.stream()
                .filter(side -> side.database == database && side.queue.equals(queue) && side.begun)
                .toList();
    }

    /** Whether the engine may be at work on a group for a moment: timers, lifetimes, what is to be told or delivered. */
    boolean engineMayHold(UUID group) {
        return inGroup(group).stream()
                .anyMatch(side -> !side.timers.isEmpty()
                        || side.lifetimeTo < Long.MAX_VALUE / 8
                        || side.far.ended == What.CLEANUP
                        || side.across());
    }

    /** What must have come by now, the clock standing there and nobody working, and hasn't been received. */
    List<String> missing(long clock) {
        List<String> missing = new ArrayList<>();
        for (Side side : all) {
            if (!side.begun || side.over()) {
                continue;
            }
            Side far = side.far;
            for (int i = side.received; i < far.sent.size() && !side.mayLose(far.sent.get(i)); i++) {
                missing.add("message " + far.sent.get(i) + " at " + side);
            }
            boolean expired = clock >= side.lifetimeTo;
            boolean mayHaveExpired = side.mayBeExpired(clock);
            if (far.error != null && !side.errorHeard && (!mayHaveExpired || expired) && !mayNotHear(side)) {
                missing.add("the error of the other side at " + side);
            } else if (expired && !side.errorHeard) {
                missing.add("the expiry at " + side);
            }
            if (far.ended == What.CLEANUP && !side.errorHeard && !mayHaveExpired && sentToNobody(side)) {
                missing.add("that the other side is gone at " + side);
            }
            if (side.timerAwaited && side.timers.get(side.timers.size() - 1).dueTo() <= clock) {
                missing.add("the timer at " + side);
            }
        }
        return missing;
    }

    /** An Error that was sent before anything else had arrived is never heard. */
    private static boolean mayNotHear(Side side) {
        return side.across();
    }

    private static boolean sentToNobody(Side side) {
        return side.sent.stream().anyMatch(message -> message.commit().start > side.far.endedBy.end);
    }
}
