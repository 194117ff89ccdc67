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

    /** Whether the target's database has begun the dialog a second time; see {@link Model#again}. */
    boolean again;

    /** Null at a target that nobody ever receives from. */
    UUID handle;

    UUID group;
    Side far;

    /** Whether the transaction that began it was committed. */
    boolean begun;

    /** How it was ended, and by which commit; null when it wasn't. */
    What ended;

    Act endedBy;

    /** The commit that cleaned it up after it had ended, which forgets what was still to be told; or null. */
    Act cleanedBy;

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

    /**
     * A message as sent.
     *
     * @param sure whether it has arrived when the commit returns: in one database, unless its queue may be off
     * @param held whether it may be an end that was held back, since the sender's queue may have been off
     */
    record Sent(long sequence, String body, boolean end, Act commit, boolean sure, boolean held) {

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

    /** Whether it may not be there: begun in another database, by messages that may have been lost all. */
    boolean mayNeverHaveBegun() {
        return across() && !isInitiator() && handle == null;
    }

    /** Whether its end may have been held back while its queue was off. */
    boolean mayBeHeldBack() {
        return !sent.isEmpty() && sent.get(sent.size() - 1).held();
    }

    /** Whether it ended in a way that the far side hears of. */
    boolean endedAloud() {
        return ended == What.END || ended == What.END_WITH_ERROR;
    }

    /** Whether its lifetime may have passed by then. */
    boolean mayBeExpired(long clock) {
        return clock >= lifetimeFrom;
    }

    /** Whether something committed by the far side may have been lost on its way here by then, with all after it. */
    boolean mayLose(Sent message, long clock) {
        // what travels, and an end that is held back, may find the lifetime over when it comes
        boolean comesLater = across() || message.held();
        return mayBeExpired(comesLater ? clock : message.commit().clockEnd)
                || across() && (far.ended == What.END_WITH_ERROR || far.cleanedUp())
                || message.held() && far.cleanedUp();
    }

    /** Whether it was cleaned up, before it had ended or afterwards. */
    boolean cleanedUp() {
        return ended == What.CLEANUP || cleanedBy != null;
    }

    /** Whether the far side may have been gone, without telling so, when a message of this side had arrived by then. */
    boolean mayHearThatFarIsGone(long clock) {
        // with an error of its own, as after its lifetime whether it has read of that or not, it has ended without a
        // word
        boolean silent = far.cleanedUp() || across() && far.over() && (far.errorHeard || mayBeExpired(clock));
        return silent && sent.stream().anyMatch(message -> across() || message.commit().end > far.endedBy.start);
    }

    @Override
    public String toString() {
        return (isInitiator() ? "initiator " : "target ") + Act.brief(handle) + " of conversation "
                + Act.brief(conversation);
    }
}
