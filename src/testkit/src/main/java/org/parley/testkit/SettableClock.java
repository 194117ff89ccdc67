package org.parley.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.parley.spi.BrokerClock;

/**
 * A clock that stands still until a test moves it. Safe for all threads.
 *
 * <p>The moving thread runs the alarms that become due, in the order of their times, while the clock shows each one's time;
 * an alarm set by another one rings in the same move when it is due by then. When the call returns, all of that has
 * happened, and nothing more happens until the next one: a conversation timer of an hour is tested in a millisecond,
 * without a sleep. What an alarm hands to other threads goes on by itself; {@link Eventually} waits for that.
 *
 * <p>An alarm that is past when it is set rings at once on a thread of the clock, as {@link BrokerClock} promises to callers
 * that hold locks. That thread lives only while it rings.
 */
public final class SettableClock implements BrokerClock {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReentrantLock moving = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Pending> alarms =
            new TreeSet<>(Comparator.comparing((Pending alarm) -> alarm.due).thenComparingLong(alarm -> alarm.number));
    private final List<Throwable> failures = new ArrayList<>();
    private volatile Instant now;
    private long lastNumber;
    private long rung;
    private boolean inMove;
    private boolean ringing;

    /** A clock at the start of the year 2030, so that times of a test can't be taken for those of the system. */
    public SettableClock() {
        this(Instant.parse("2030-01-01T00:00:00Z"));
    }

    /** A clock that begins at some time. */
    public SettableClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Alarm at(Instant due, Runnable task) {
        lock.lock();
        try {
            Pending alarm = new Pending(due, ++lastNumber, task);
            alarms.add(alarm);
            changed.signalAll();
            if (!inMove && !due.isAfter(now)) {
                ringOnAnotherThread();
            }
            return () -> cancel(alarm);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Pending alarm) {
        lock.lock();
        try {
            if (alarms.remove(alarm)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Moves the clock on and rings what becomes due, before it returns. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Duration " + duration + " is negative; set() moves a clock back.");
        }
        move(duration, null);
    }

    /**
     * Sets the clock and rings what is due by then, before it returns. Setting it back rings nothing; engines must bear it,
     * as real clocks are set back too.
     */
    public void set(Instant instant) {
        move(null, instant);
    }

    /** Moves the clock to its next alarm and rings it; returns the time, or nothing when there is no alarm. */
    public Optional<Instant> advanceToNextAlarm() {
        Optional<Instant> next = nextAlarm();
        next.filter(due -> due.isAfter(now)).ifPresent(this::set);
        return next;
    }

    private void move(Duration by, Instant to) {
        if (moving.isHeldByCurrentThread()) {
            throw new IllegalStateException("An alarm can't move the clock that rings it.");
        }
        moving.lock();
        try {
            Instant target = by == null ? to : now.plus(by);
            for (Pending due = begin(target); due != null; due = nextDue(target)) {
                ring(due);
            }
        } finally {
            moving.unlock();
        }
        throwFailures();
    }

    private Pending begin(Instant target) {
        lock.lock();
        try {
            inMove = true;
            return nextDue(target);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next alarm and moves to its time, or ends the move. */
    private Pending nextDue(Instant target) {
        lock.lock();
        try {
            Pending first = alarms.isEmpty() ? null : alarms.first();
            if (first == null || first.due.isAfter(target)) {
                now = target;
                inMove = false;
                return null;
            }
            alarms.remove(first);
            if (first.due.isAfter(now)) {
                now = first.due;
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void ringOnAnotherThread() {
        if (!ringing) {
            ringing = true;
            Thread thread = new Thread(this::ringPast, "parley-settable-clock");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void ringPast() {
        for (Pending past = nextPast(); past != null; past = nextPast()) {
            ring(past);
        }
    }

    private Pending nextPast() {
        lock.lock();
        try {
            if (inMove || alarms.isEmpty() || alarms.first().due.isAfter(now)) {
                ringing = false;
                return null;
            }
            return alarms.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private void ring(Pending alarm) {
        Throwable failure = null;
        try {
            alarm.task.run();
        } catch (RuntimeException | Error e) {
            // the other alarms must ring all the same
            failure = e;
        }
        lock.lock();
        try {
            rung++;
            if (failure != null) {
                failures.add(failure);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Alarms that haven't rung: when each is due, in order. */
    public List<Instant> alarms() {
        lock.lock();
        try {
            return alarms.stream().map(alarm -> alarm.due).toList();
        } finally {
            lock.unlock();
        }
    }

    /** When the next alarm is due. */
    public Optional<Instant> nextAlarm() {
        return alarms().stream().findFirst();
    }

    /** How many alarms have rung. */
    public long rung() {
        lock.lock();
        try {
            return rung;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until at least so many alarms are set, for what other threads are about to wait for. */
    public void awaitAlarms(int count) {
        await(count + " alarms set", () -> alarms.size() >= count);
    }

    /** Waits until an alarm is set that is due by that time. */
    public void awaitAlarmBy(Instant due) {
        await(
                "an alarm by " + due,
                () -> !alarms.isEmpty() && !alarms.first().due.isAfter(due));
    }

    /** Waits until so many alarms have rung since the clock was made. */
    public void awaitRung(long count) {
        await(count + " alarms rung", () -> rung >= count);
    }

    private void await(String what, BooleanSupplier condition) {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("Waited " + PATIENCE.toSeconds() + " s for " + what + "; it is " + now
                            + ", " + rung + " have rung, set are "
                            + alarms.stream().map(alarm -> alarm.due).toList());
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
        throwFailures();
    }

    /** Throws what alarms have thrown and nobody has seen yet. */
    void throwFailures() {
        List<Throwable> seen;
        lock.lock();
        try {
            seen = List.copyOf(failures);
            failures.clear();
        } finally {
            lock.unlock();
        }
        if (!seen.isEmpty()) {
            AssertionError failed = new AssertionError("An alarm failed: " + seen.get(0), seen.get(0));
            seen.stream().skip(1).forEach(failed::addSuppressed);
            throw failed;
        }
    }

    /**
     * Forgets the alarms that haven't rung. The clock can be used again: a test that closes a server and opens it anew goes
     * on in the same time.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            alarms.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "SettableClock at " + now;
    }

    private record Pending(Instant due, long number, Runnable task) {}
}
