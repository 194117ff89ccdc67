package org.parley.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.parley.engine.model.Act.What;

/** One side of a dialog as it is committed. */
final class Side {

    final Side initiator;
    final UUID conversation;
    final int database;
    final String queue;
    final long lifetimeFrom;
    final long lifetimeTo;

    /** Null at a target that nobody ever receives from. */
    UUID handle;

    UUID group;
    Side far;

    /** Whether the transaction that began it was committed. */
    boolean begun;

    /** How it was ended, and by which commit; null when it wasn't. */
    What ended;

    Act endedBy;

    /** Whether it was cleaned up after it had ended: it goes when nothing is on its way any more. */
    boolean mayBeGone;

    /** What it has sent, EndDialog included, and its Error. */
    final List<Sent> sent = new ArrayList<>();

    Sent error;

    /** What it has received: so many of the far side's messages, and which error. */
    int received;

    Act heardError;
    boolean errorHeard;

    final List<Timer> timers = new ArrayList<>();
    int timersHeard;
    boolean timerAwaited;

    /** A message as sent; in one database it has arrived when the commit returns, unless its queue may be off. */
    record Sent(long sequence, String body, boolean end, Act commit, boolean sure) {

        /** Whether it has arrived for certain before that moment. */
        boolean certainBefore(long stamp) {
            return sure && commit.end < stamp;
        }
    }

    /** A timer as set. */
    record Timer(long dueFrom, long dueTo, long setUntil) {}

    /** A target when there is an initiator, else an initiator. */
    Side(Side initiator, UUID conversation, int database, String queue, long lifetimeFrom, long lifetimeTo) {
        this.initiator = initiator;
        this.conversation = conversation;
        this.database = database;
        this.queue = queue;
        this.lifetimeFrom = lifetimeFrom;
        this.lifetimeTo = lifetimeTo;
    }

    boolean isInitiator() {
        return initiator == null;
    }

    boolean across() {
        return database != far.database;
    }

    boolean over() {
        return ended != null;
    }

    /** Whether it ended in a way that the far side hears of. */
    boolean endedAloud() {
        return ended == What.END || ended == What.END_WITH_ERROR;
    }

    /** Whether its lifetime may have passed by then. */
    boolean mayBeExpired(long clock) {
        return clock >= lifetimeFrom;
    }

    /** Whether something committed by the far side may have been lost on its way here, together with all after it. */
    boolean mayLose(Sent message) {
        return mayBeExpired(message.commit().clockEnd)
                || across() && (far.ended == What.END_WITH_ERROR || far.ended == What.CLEANUP);
    }

    /** Whether the far side was cleaned up and may have been when a message of this side arrived. */
    boolean mayHearThatFarIsGone() {
        return (far.ended == What.CLEANUP || far.mayBeGone)
                && sent.stream().anyMatch(message -> across() || message.commit().end > far.endedBy.start);
    }

    @Override
    public String toString() {
        return (isInitiator() ? "initiator " : "target ") + Act.brief(handle) + " of conversation "
                + Act.brief(conversation);
    }
}
