package org.parley.engine.model;

import java.util.ArrayList;
import java.util.List;
import org.parley.engine.model.Act.What;

/** What an open transaction has done to one side. */
final class Draft {

    final Side side;
    boolean begins;
    What ended;
    boolean mayBeGone;
    int received;
    boolean errorHeard;
    Act errorIn;
    int timersHeard;
    boolean timerHeard;
    boolean timerSet;
    final List<Sending> sent = new ArrayList<>();
    final List<Side.Timer> timers = new ArrayList<>();

    /** A message that commit will send. */
    record Sending(What what, String body) {}

    Draft(Side side) {
        this.side = side;
        this.ended = side.ended;
        this.mayBeGone = side.mayBeGone;
        this.received = side.received;
        this.errorHeard = side.errorHeard;
        this.timersHeard = side.timersHeard;
    }

    Draft copy() {
        Draft copy = new Draft(side);
        copy.begins = begins;
        copy.ended = ended;
        copy.mayBeGone = mayBeGone;
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
    void commit(Act commit, boolean sure) {
        side.begun |= begins;
        for (Sending each : sent) {
            long sequence = side.sent.size();
            Side.Sent message = new Side.Sent(sequence, each.body(), each.what() == What.END, commit, sure);
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
        side.mayBeGone = mayBeGone;
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
