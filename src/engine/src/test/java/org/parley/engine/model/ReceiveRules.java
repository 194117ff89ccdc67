package org.parley.engine.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.parley.Message;

/** What RECEIVE and GET CONVERSATION GROUP may give and must give; service-broker.md, sections 5.3, 5.4 and 8. */
final class ReceiveRules {

    private static final int EXPIRED = -8489;
    private static final int FAR_GONE = -8462;

    private final Model model;
    private final Queues queues;
    private final Holds holds;
    private final long endOfSteps;
    private final Consumer<String> wrong;

    ReceiveRules(Model model, Queues queues, Holds holds, long endOfSteps, Consumer<String> wrong) {
        this.model = model;
        this.queues = queues;
        this.holds = holds;
        this.endOfSteps = endOfSteps;
        this.wrong = wrong;
    }

    void received(Act act) {
        if (act.messages.isEmpty()) {
            nothing(act);
            return;
        }
        if (act.messages.size() > act.top) {
            wrong.accept("more than TOP");
        }
        UUID group = act.messages.get(0).conversationGroupId();
        if (act.messages.stream()
                .anyMatch(message -> !message.conversationGroupId().equals(group))) {
            wrong.accept("messages of two groups");
        }
        if (act.onlyGroup != null && !act.onlyGroup.equals(group)) {
            wrong.accept("messages of another group");
        }
        Map<UUID, List<Message>> conversations = byConversation(act);
        Set<Side> seen = new HashSet<>();
        int left = conversations.size();
        for (Map.Entry<UUID, List<Message>> each : conversations.entrySet()) {
            boolean cut = --left == 0 && act.messages.size() >= act.top;
            Side side = model.side(each.getKey());
            if (model.cameAgain(each.getKey())) {
                if (!model.runsAgain(each.getKey())) {
                    wrong.accept("a dialog was begun twice at its target");
                }
            } else if (side == null) {
                wrong.accept("messages of a conversation that nobody has begun");
            } else if (side.again) {
                seen.add(side);
            } else {
                Draft draft = model.work(act.transaction).draft(side);
                seen.add(side);
                conversation(act, draft, each.getValue(), cut);
            }
        }
        if (act.messages.size() < act.top && act.onlyHandle == null) {
            for (Draft draft : model.inGroup(group, act.transaction)) {
                if (!seen.contains(draft.side)) {
                    complete(act, draft);
                }
            }
        }
    }

    private Map<UUID, List<Message>> byConversation(Act act) {
        Map<UUID, List<Message>> conversations = new LinkedHashMap<>();
        UUID last = null;
        for (Message message : act.messages) {
            UUID handle = message.conversationHandle();
            if (!handle.equals(last) && conversations.containsKey(handle)) {
                wrong.accept("conversations are mixed");
            }
            conversations.computeIfAbsent(handle, key -> new ArrayList<>()).add(message);
            last = handle;
        }
        return conversations;
    }

    private void conversation(Act act, Draft draft, List<Message> messages, boolean cut) {
        Side side = draft.side;
        if (act.onlyHandle != null && !act.onlyHandle.equals(side.handle)) {
            wrong.accept("messages of another conversation");
        }
        if (side.database != act.database
                || !side.queue.equals(act.queue)
                || !messages.get(0).conversationGroupId().equals(draft.group)) {
            wrong.accept("messages of another queue or group than that of " + side);
        }
        if (draft.over()) {
            wrong.accept("messages after the end of " + side);
        }
        int stage = 0;
        for (Message message : messages) {
            int needs = message.isTimer() ? 0 : message.isError() ? 1 : 2;
            if (needs < stage) {
                wrong.accept("overtaken: " + Act.brief(message));
            }
            if (needs == 2 && stage < 2) {
                errorFirst(act, draft);
            }
            stage = needs;
            if (message.isTimer()) {
                timer(act, draft, message);
            } else if (message.isError()) {
                error(act, draft, message);
            } else {
                inOrder(act, draft, message);
            }
        }
        if (!cut) {
            complete(act, draft);
        }
    }

    private void inOrder(Act act, Draft draft, Message message) {
        Side side = draft.side;
        if (draft.received >= side.far.sent.size()) {
            wrong.accept("nobody has sent " + Act.brief(message));
            return;
        }
        Side.Sent next = side.far.sent.get(draft.received);
        boolean same = message.sequenceNumber() == next.sequence()
                && message.isEndDialog() == next.end()
                && (next.end() ? message.body() == null : next.body().equals(message.text()));
        if (!same) {
            wrong.accept("not the next message, " + next + ": " + Act.brief(message));
        }
        if (side.heardError != null && side.heardError.end < next.commit().start) {
            wrong.accept("sent after an error had been received: " + Act.brief(message));
        }
        draft.received++;
    }

    private void timer(Act act, Draft draft, Message message) {
        if (message.body() != null || message.sequenceNumber() != -1) {
            wrong.accept("a timer with a body or a number");
        }
        List<Side.Timer> timers = draft.side.timers;
        for (int i = draft.timersHeard; i < timers.size(); i++) {
            // replaced, it may have rung until then
            long until = i + 1 < timers.size() ? timers.get(i + 1).setUntil() : act.clockEnd;
            if (timers.get(i).dueFrom() <= until) {
                draft.timersHeard = i + 1;
                draft.timerHeard = !draft.timerSet;
                return;
            }
        }
        wrong.accept("no timer was due at " + draft.side);
    }

    private void error(Act act, Draft draft, Message message) {
        Side side = draft.side;
        if (draft.errorHeard) {
            wrong.accept("a second error");
        }
        int code = message.error().code();
        boolean legal;
        if (code == EXPIRED) {
            legal = side.mayBeExpired(act.clockEnd);
        } else if (code == FAR_GONE) {
            legal = side.mayHearThatFarIsGone(act.clockEnd);
        } else {
            Side.Sent error = side.far.error;
            legal = error != null
                    && error.body().equals(message.error().description())
                    && message.sequenceNumber() == error.sequence();
        }
        if (!legal) {
            wrong.accept("an error that nothing has caused");
        }
        draft.errorHeard = true;
        draft.errorIn = act;
    }

    /** An error that has arrived comes before what was sent in order. */
    private void errorFirst(Act act, Draft draft) {
        Side.Sent error = draft.side.far.error;
        // who ends after the lifetime tells nobody, whether it has read of that or not
        if (error != null
                && !draft.errorHeard
                && error.certainBefore(act.start)
                && !draft.side.mayLose(error, act.clockEnd)) {
            wrong.accept("the error of the other side was overtaken at " + draft.side);
        }
    }

    /** Everything that has arrived for certain must have been given. */
    private void complete(Act act, Draft draft) {
        Side side = draft.side;
        if (draft.over() || side.again) {
            return;
        }
        errorFirst(act, draft);
        if (draft.received < side.far.sent.size()) {
            Side.Sent next = side.far.sent.get(draft.received);
            if (next.certainBefore(act.start) && !side.mayLose(next, act.clockEnd)) {
                wrong.accept("left out: " + next + " at " + side);
            }
        }
    }

    void gotGroup(Act act) {
        if (act.group == null) {
            nothing(act);
        }
    }

    /** Nothing was given: then nothing can have been there that was free. */
    private void nothing(Act act) {
        if (act.start > endOfSteps || holds.failedWaiterMayHold(act)) {
            return;
        }
        for (Side side : model.ofQueue(act.database, act.queue)) {
            boolean named = (act.onlyHandle == null || act.onlyHandle.equals(side.handle))
                    && (act.onlyGroup == null || act.onlyGroup.equals(side.group));
            if (named && side.group != null && !model.engineMayHold(side.group)) {
                free(act, model.work(act.transaction).look(side));
            }
        }
    }

    private void free(Act act, Draft draft) {
        Side side = draft.side;
        if (draft.over() || side.again || draft.received >= side.far.sent.size()) {
            return;
        }
        Side.Sent next = side.far.sent.get(draft.received);
        // what comes while a reader waits may come in the moment in which it gives up
        if (next.sure()
                && next.commit().end <= act.start
                && !holds.othersMayHold(side.group, act.transaction, act.start, act.end)
                && !queues.mayBeOff(act.database, act.queue, act.start, act.end)) {
            wrong.accept("nothing given though " + next + " waits at " + side + ", which is free");
        }
    }
}
