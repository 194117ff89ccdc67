package org.parley.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.parley.engine.model.Act.What;

/** What an open transaction has done to one side. */
final class Draft {

    final Side side;
    boolean begins;
    UUID group;
    What ended;
    boolean cleaned;
    int received;
    boolean errorHeard;
    Act errorIn;
    int timersHeard;
    boolean timerHeard;
    boolean timerSet;
    final List<Sending> sent = new ArrayList<>();
    final List<Side.Timer> timers = new ArrayList<>();

    /** A message that commit will send, and the statement that did so. */
    record Sending(What what, String body, Act by) {}

    Draft(Side side) {
        this.side = side;
        this.group = side.group;
        this.ended = side.ended;
        this.cleaned = side.cleanedBy != null;
        this.received = side.received;
        this.errorHeard = side.errorHeard;
        this.timersHeard = side.timersHeard;
    }

    Draft copy() {
        Draft copy = new Draft(side);
        copy.begins = begins;
        copy.group = group;
        copy.ended = ended;
        copy.cleaned = cleaned;
        copy.received = received;
        copy.errorHeard = errorHeard;
        copy.errorIn = errorIn;
        copy.timersHeard = timersHeard;
        copy.timerHeard = timerHeard;
        copy.timerSet = timerSet;
        copy.sent.addAll(sent);
        copy.timers.addAll(timers);
        return copy;
    }

    boolean over() {
        return ended != null;
    }

    /** Whether anything was sent, by this transaction or before. */
    boolean spoken() {
        return !side.isInitiator() || !side.sent.isEmpty() || !sent.isEmpty();
    }

    /** Makes it true, with the commit that does so. */
    void commit(Act commit, Queues queues) {
        side.begun |= begins;
        side.group = group;
        Side far = side.far;
        boolean arrives = !side.across() && !queues.mayBeOff(far.database, far.queue, commit.start, commit.end);
        for (Sending each : sent) {
            long sequence = side.sent.size();
            // an END while the own queue is off is told when that is on
            boolean held =
                    each.what() == What.END && queues.mayBeOff(side.database, side.queue, each.by().start, commit.end);
            Side.Sent message = new Side.Sent(
                    sequence, each.body(), each.what() == What.END, commit, arrives && !held, held && !side.across());
            if (each.what() == What.END_WITH_ERROR) {
                side.error = message;
            } else {
                side.sent.add(message);
            }
        }
        if (side.ended == null && ended != null) {
            side.ended = ended;
            side.endedBy = commit;
        }
        if (cleaned && side.cleanedBy == null) {
            side.cleanedBy = commit;
        }
        side.received = received;
        if (errorHeard && !side.errorHeard) {
            side.heardError = errorIn;
        }
        side.errorHeard = errorHeard;
        side.timersHeard = timersHeard;
        side.timers.addAll(timers);
        side.timerAwaited = timerSet || side.timerAwaited && !timerHeard;
    }
}
