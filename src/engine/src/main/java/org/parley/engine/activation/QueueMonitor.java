package org.parley.engine.activation;

/**
 * Decides when a queue needs another reader and whether one is started; service-broker.md, sections 13.2, 13.3 and 13.5.
 * A pure state machine: every input tells the time and what is in the queue, every answer says what is to be done. It is
 * guarded by whoever owns it.
 *
 * <p>An answer {@link Verdict#START} is an order: a procedure counts as running from then on, until
 * {@link #readerEnded} or {@link #startFailed}. Times are milliseconds of the epoch.
 */
public final class QueueMonitor {

    /** How long an empty RECEIVE keeps further readers away, and least time between two starts. */
    public static final long INTERVAL_MILLIS = 5_000;

    /** After this time without a RECEIVE a notification is sent again. */
    public static final long REPEAT_MILLIS = 60_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final Kind kind;
    private boolean on;
    private int maxReaders;
    private State state = State.INACTIVE;
    private int running;
    private boolean failed;
    private boolean reported;
    private long lastEmpty = NEVER;
    private long lastActivated = NEVER;

    /** What is started. */
    public enum Kind {
        /** An activated procedure: it is known how many run and when one ends. */
        PROCEDURE,
        /** A QUEUE_ACTIVATION notification: who reads, and how many, is not known. */
        NOTIFICATION,
        /** Readers that are started for groups claimed for them: who claims decides, so nothing is ordered. */
        READERS
    }

    /** States, by the names of sys.dm_broker_queue_monitors. */
    public enum State {
        /** Nothing to be received. */
        INACTIVE,
        /** A procedure was started or a notification sent, and no RECEIVE has run since. */
        NOTIFIED,
        /** A RECEIVE has run. */
        RECEIVES_OCCURRING
    }

    /** What is to be done. */
    public enum Verdict {
        /** Nothing. */
        NOTHING,
        /** Start a procedure, or send the notification. */
        START,
        /** A procedure is needed and the queue's maximum runs already: "Task Limit Reached". */
        LIMIT_REACHED,
        /** A procedure ended without a RECEIVE; none is started until ALTER QUEUE turns activation off and on (28087). */
        FAILED,
        /** There are messages and a procedure, and no RECEIVE for five seconds (33308); told once for each start. */
        SILENT
    }

    /**
     * What is in the queue at the moment of an input.
     *
     * @param receivable whether a group that nobody holds has messages
     * @param awaited whether a session waits in a RECEIVE without WHERE or in GET CONVERSATION GROUP
     */
    public record Sight(boolean receivable, boolean awaited) {}

    /**
     * What views show of a monitor.
     *
     * @param state its state
     * @param running procedures at work
     * @param lastEmptyRowset when a RECEIVE without WHERE last found nothing, in milliseconds of the epoch, or null
     * @param lastActivated when a procedure was last started or a notification sent, or null
     */
    public record Shown(State state, int running, Long lastEmptyRowset, Long lastActivated) {}

    /**
     * A monitor of a queue in which nothing has happened.
     *
     * @param on ACTIVATION STATUS; true for a notification
     * @param maxReaders MAX_QUEUE_READERS; means nothing for a notification
     */
    public QueueMonitor(Kind kind, boolean on, int maxReaders) {
        this.kind = kind;
        this.on = on;
        this.maxReaders = maxReaders;
    }

    /** What it orders. */
    public Kind kind() {
        return kind;
    }

    /** What views show. */
    public Shown shown() {
        return new Shown(
                state, running, lastEmpty == NEVER ? null : lastEmpty, lastActivated == NEVER ? null : lastActivated);
    }

    /**
     * Messages have become receivable.
     *
     * @param first whether nothing was receivable before
     */
    public Verdict arrived(boolean first, Sight sight, long now) {
        boolean alone = first && running == 0 && !sight.awaited();
        return alone && state == State.INACTIVE ? startIf(sight.receivable(), now) : check(sight, now);
    }

    /**
     * A RECEIVE or GET CONVERSATION GROUP has run, in any session. One with WHERE ends NOTIFIED like every other and is no
     * reader: that it is empty keeps nobody away.
     *
     * @param where whether it had a WHERE
     * @param empty whether it found nothing
     */
    public Verdict received(boolean where, boolean empty, Sight sight, long now) {
        if (!where && empty) {
            lastEmpty = now;
        }
        boolean drained = !where && empty && !sight.receivable();
        boolean over = drained && (kind != Kind.READERS || running == 0);
        state = over ? State.INACTIVE : State.RECEIVES_OCCURRING;
        return check(sight, now);
    }

    /**
     * A transaction that had received from the queue was rolled back. What it gives back is no first arrival, though the
     * queue may have been empty meanwhile.
     */
    public Verdict rolledBack(Sight sight, long now) {
        state = state == State.INACTIVE ? State.RECEIVES_OCCURRING : state;
        return check(sight, now);
    }

    /** A reader was started by who has claimed a group for it. */
    public void readerStarted(long now) {
        running++;
        notified(now);
    }

    /**
     * A procedure has ended.
     *
     * @param received whether it ran a RECEIVE
     */
    public Verdict readerEnded(boolean received, Sight sight, long now) {
        running--;
        if (kind == Kind.READERS) {
            state = running == 0 && !sight.receivable() ? State.INACTIVE : state;
            return Verdict.NOTHING;
        }
        if (!received) {
            failed = true;
            return Verdict.FAILED;
        }
        if (running == 0) {
            state = State.INACTIVE;
            return startIf(sight.receivable() && !sight.awaited(), now);
        }
        return check(sight, now);
    }

    /** What was ordered could not be done; it is tried again after the interval. */
    public void startFailed(long now) {
        if (kind == Kind.PROCEDURE) {
            running--;
        }
        state = State.RECEIVES_OCCURRING;
        lastActivated = now;
    }

    /**
     * ALTER QUEUE has run. Turned on, or with a larger maximum, it starts one at once when there are messages; turned off
     * or with a smaller maximum it stops none.
     */
    public Verdict altered(boolean nowOn, int nowMost, Sight sight, long now) {
        boolean turnedOn = nowOn && !on;
        boolean raised = nowMost > maxReaders;
        on = nowOn;
        maxReaders = nowMost;
        if (turnedOn) {
            failed = false;
        }
        return turnedOn || raised ? startIf(sight.receivable() && !sight.awaited(), now) : check(sight, now);
    }

    /** Some seconds have passed. */
    public Verdict tick(Sight sight, long now) {
        if (!sight.receivable() && running == 0) {
            state = State.INACTIVE;
            return Verdict.NOTHING;
        }
        if (state == State.NOTIFIED && (kind == Kind.READERS || sight.receivable() && !sight.awaited())) {
            return stillNotified(now);
        }
        return check(sight, now);
    }

    private Verdict stillNotified(long now) {
        if (kind == Kind.NOTIFICATION) {
            return startIf(now - lastActivated >= REPEAT_MILLIS, now);
        }
        if (!reported && !failed && running > 0 && now - lastActivated >= INTERVAL_MILLIS) {
            reported = true;
            return Verdict.SILENT;
        }
        return Verdict.NOTHING;
    }

    /** Rule 2 of section 13.2, and at most one start in the interval. */
    private Verdict check(Sight sight, long now) {
        boolean needed = sight.receivable() && !sight.awaited() && passed(lastEmpty, now);
        boolean mayNow = state != State.NOTIFIED && (state == State.INACTIVE || passed(lastActivated, now));
        return startIf(needed && mayNow, now);
    }

    private static boolean passed(long since, long now) {
        return since == NEVER || now - since >= INTERVAL_MILLIS;
    }

    private Verdict startIf(boolean wanted, long now) {
        if (!wanted || !on || failed || kind == Kind.READERS) {
            return Verdict.NOTHING;
        }
        if (kind == Kind.PROCEDURE) {
            if (running >= maxReaders) {
                return Verdict.LIMIT_REACHED;
            }
            running++;
        }
        notified(now);
        return Verdict.START;
    }

    private void notified(long now) {
        state = State.NOTIFIED;
        lastActivated = now;
        reported = false;
    }
}
