package org.parley.engine.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.parley.engine.model.Act.What;

/**
 * Replays the acts on the {@link Model}, one after the other: each statement where it ended, each commit where it began.
 * In that order the transactions that held one group follow each other as they did in the engine; what comes from the
 * other side may have been seen from the beginning of its commit on, and must have been from its end on.
 */
final class Checker {

    private static final int LOCK_TIMEOUT = 1222;
    private static final int DEADLOCK = 1205;
    private static final int ENDED = 3998;
    private static final int QUEUE_OFF = 9617;
    private static final int UNKNOWN_HANDLE = 8426;
    private static final int UNKNOWN_HANDLE_OF_MANY = 8435;
    private static final int UNKNOWN_GROUP = 8436;

    private final List<Act> acts;
    private final Model model;
    private final Queues queues;
    private final Holds holds;
    private final ReceiveRules receives;
    private final List<String> wrong = new ArrayList<>();
    private Act current;

    /**
     * Of all acts of a program.
     *
     * @param endOfSteps the stamp from which on only one thread works
     */
    Checker(List<Act> acts, long endOfSteps) {
        this.acts = acts;
        this.queues = new Queues(acts);
        this.model = new Model(queues, inOrder(acts, act -> act.end));
        this.holds = new Holds(inOrder(acts, Act::replayed));
        this.receives = new ReceiveRules(model, queues, holds, endOfSteps, this::wrong);
    }

    Checker check() {
        for (Act act : inOrder(acts, Act::replayed)) {
            current = act;
            replay(act);
        }
        holds.overlaps().forEach(wrong::add);
        return this;
    }

    private static List<Act> inOrder(List<Act> acts, ToLongFunction<Act> stamp) {
        List<Act> inOrder = new ArrayList<>(acts);
        inOrder.sort(Comparator.comparingLong(stamp));
        return inOrder;
    }

    List<String> wrong() {
        return wrong;
    }

    Model model() {
        return model;
    }

    private void wrong(String what) {
        wrong.add(what + "\n      in " + current);
    }

    private void replay(Act act) {
        switch (act.what) {
            case BEGIN -> begin(act);
            case SEND -> send(act);
            case END, END_WITH_ERROR, CLEANUP -> end(act);
            case TIMER -> timer(act);
            case MOVE -> move(act);
            case RECEIVE, GET_GROUP -> receive(act);
            case SAVEPOINT -> model.savepoint(act);
            case BACK_TO_SAVEPOINT -> model.backToSavepoint(act);
            case COMMIT -> {
                if (!act.failed()) {
                    model.commit(act);
                } else if (act.error != ENDED) {
                    wrong("commit failed");
                }
            }
            default -> {
                if (act.failed()) {
                    wrong("failed");
                }
            }
        }
    }

    /** Errors that come of others being at work at the same time. */
    private boolean concurrent(Act act) {
        if (act.error == LOCK_TIMEOUT
                && !holds.othersMayHold(act)
                && holds.named(act).stream().noneMatch(model::engineMayHold)) {
            wrong("waited for a group that nobody held");
        }
        return act.error == LOCK_TIMEOUT || act.error == DEADLOCK || act.error == ENDED;
    }

    private Draft draft(Act act, UUID handle) {
        Side side = model.side(handle);
        if (side == null && !model.cameAgain(handle)) {
            wrong("the model knows no endpoint " + handle);
        }
        if (side == null || side.again) {
            return null;
        }
        Model.Work work = model.work(act.transaction);
        return act.failed() ? work.look(side) : work.draft(side);
    }

    private void begin(Act act) {
        Draft related = act.onlyHandle == null ? null : draft(act, act.onlyHandle);
        if (!act.failed()) {
            if (related != null && (mustBeUnknown(related) || !act.group.equals(related.group))) {
                wrong("related to " + related.side + " of group " + related.group);
            }
            if (act.onlyGroup != null && !act.onlyGroup.equals(act.group)) {
                wrong("in another group");
            }
            model.begin(act);
            return;
        }
        boolean legal =
                switch (act.error) {
                    case UNKNOWN_HANDLE -> act.onlyHandle != null && (related == null || mayBeUnknown(act, related));
                    case 9610 -> ofAnotherQueue(act, act.queue);
                    default -> concurrent(act);
                };
        if (!legal) {
            wrong("begin failed");
        }
    }

    /** Whether the group that an act names has, or had, conversations of another queue; of a side that came again it may. */
    private boolean ofAnotherQueue(Act act, String queue) {
        return act.onlyGroup != null
                && (model.queuesOf(act.onlyGroup).stream().anyMatch(other -> !other.equals(queue))
                        || model.cameAgainIn(act.onlyGroup));
    }

    private void send(Act act) {
        List<Draft> drafts = new ArrayList<>();
        for (UUID handle : act.handles) {
            Draft draft = draft(act, handle);
            if (draft != null) {
                drafts.add(draft);
            } else if (act.failed()) {
                // for the one that isn't judged, perhaps
                return;
            }
        }
        int unknown = act.handles.size() > 1 ? UNKNOWN_HANDLE_OF_MANY : UNKNOWN_HANDLE;
        if (act.error == unknown) {
            if (drafts.stream().noneMatch(draft -> mayBeUnknown(act, draft))) {
                wrong("the handle must be known");
            }
        } else if (act.error == 8429) {
            if (drafts.stream().noneMatch(draft -> draft.over() || mayHaveHeardEnd(act, draft))) {
                wrong("nothing forbids sending");
            }
        } else if (!act.failed()) {
            for (Draft draft : drafts) {
                if (draft.over()) {
                    wrong("sent after the end of " + draft.side);
                } else if (mustBeUnknown(draft)) {
                    wrong("sent by an unknown " + draft.side);
                } else if (mustHaveHeardEnd(act, draft)) {
                    wrong("sent though the other side of " + draft.side + " has ended");
                }
                draft.sent.add(new Draft.Sending(What.SEND, act.body, act));
            }
        } else if (!concurrent(act)) {
            wrong("send failed");
        }
    }

    private void end(Act act) {
        Draft draft = draft(act, act.handle());
        if (draft == null) {
            return;
        }
        if (act.failed()) {
            boolean legal = act.error == 8427 && draft.over() && act.what != What.CLEANUP
                    || act.error == UNKNOWN_HANDLE && mayBeUnknown(act, draft)
                    || concurrent(act);
            if (!legal) {
                wrong("ending failed");
            }
            return;
        }
        if (draft.over()) {
            if (act.what != What.CLEANUP || mustBeUnknown(draft)) {
                wrong("ended twice: " + draft.side);
            }
            draft.cleaned = true;
            return;
        }
        if (act.what == What.CLEANUP || !draft.spoken()) {
            draft.ended = What.CLEANUP;
            return;
        }
        draft.ended = act.what;
        if (!draft.errorHeard) {
            draft.sent.add(new Draft.Sending(act.what, act.body, act));
        }
    }

    private void timer(Act act) {
        Draft draft = draft(act, act.handle());
        if (draft == null) {
            return;
        }
        long duration = act.duration.toMillis();
        boolean legal =
                switch (act.error) {
                    case 0 -> !draft.over() && act.clockStart + duration <= draft.side.lifetimeTo;
                    case 8410 -> !draft.over() && act.clockEnd + duration > draft.side.lifetimeFrom;
                    case 8458 -> draft.over();
                    case UNKNOWN_HANDLE -> mayBeUnknown(act, draft);
                    default -> concurrent(act);
                };
        if (!legal) {
            wrong("timer of " + draft.side);
        }
        if (!act.failed()) {
            draft.timers.add(new Side.Timer(act.clockStart + duration, act.clockEnd + duration, act.clockEnd));
            draft.timerSet = true;
        }
    }

    private void move(Act act) {
        Draft draft = draft(act, act.handle());
        if (draft == null) {
            return;
        }
        boolean someone = model.inGroup(act.onlyGroup, act.transaction).stream().anyMatch(there -> !there.over());
        boolean legal =
                switch (act.error) {
                    case 0 -> !draft.over() && !mustBeUnknown(draft) && (someone || model.cameAgainIn(act.onlyGroup));
                    case 8438 -> draft.over();
                    case UNKNOWN_HANDLE -> mayBeUnknown(act, draft);
                    case UNKNOWN_GROUP -> !someone;
                    case 8439 -> ofAnotherQueue(act, draft.side.queue);
                    default -> concurrent(act);
                };
        if (!legal) {
            wrong("moving " + draft.side);
        }
        if (!act.failed()) {
            model.move(draft, act.onlyGroup);
        }
    }

    private void receive(Act act) {
        if (act.error == QUEUE_OFF) {
            if (!queues.mayBeOff(act.database, act.queue, act.start, act.end)) {
                wrong("the queue must be on");
            }
        } else if (act.error == UNKNOWN_HANDLE && act.onlyHandle != null) {
            Draft draft = draft(act, act.onlyHandle);
            // nothing comes any more to a side that has ended: nobody may wait for that
            if (draft != null && !mayBeUnknown(act, draft) && !(act.waits && draft.over())) {
                wrong("the handle must be known");
            }
        } else if (act.error == UNKNOWN_GROUP && act.onlyGroup != null) {
            if (model.inGroup(act.onlyGroup, act.transaction).stream()
                    .filter(draft -> draft.side.queue.equals(act.queue) && !draft.side.again)
                    .anyMatch(draft -> !mayBeUnknown(act, draft))) {
                wrong("the group must be known");
            }
        } else if (act.failed()) {
            if (!concurrent(act)) {
                wrong("receive failed");
            }
        } else if (act.what == What.GET_GROUP) {
            receives.gotGroup(act);
        } else {
            receives.received(act);
        }
    }

    /** Begun and taken back, cleaned up, or ended before anything was sent. */
    private static boolean mustBeUnknown(Draft draft) {
        return draft.ended == What.CLEANUP || !draft.side.begun && !draft.begins;
    }

    /** An endpoint goes as soon as both sides have ended. */
    private boolean mayBeUnknown(Act act, Draft draft) {
        Side far = draft.side.far;
        boolean farOver = far.over() || model.work(act.transaction).look(far).over();
        return mustBeUnknown(draft) || draft.cleaned || draft.over() && (farOver || draft.side.across());
    }

    private static boolean mustHaveHeardEnd(Act act, Draft draft) {
        Side side = draft.side;
        boolean endReceived =
                draft.received > 0 && side.far.sent.get(draft.received - 1).end();
        if (draft.errorHeard || endReceived || !side.far.endedAloud()) {
            return draft.errorHeard || endReceived;
        }
        // who ends after its lifetime tells nobody
        List<Side.Sent> sent = side.far.sent;
        Side.Sent last = side.far.error != null ? side.far.error : sent.isEmpty() ? null : sent.get(sent.size() - 1);
        return last != null
                && last.commit() == side.far.endedBy
                && last.certainBefore(act.start)
                && !side.mayLose(last, act.clockEnd);
    }

    private static boolean mayHaveHeardEnd(Act act, Draft draft) {
        Side side = draft.side;
        return side.far.endedAloud()
                || draft.errorHeard
                || side.mayBeExpired(act.clockEnd)
                || side.mayHearThatFarIsGone(act.clockEnd);
    }
}
