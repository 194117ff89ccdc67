package org.parley.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The only place that asks the system what time it is.
 *
 * <p>Each global transaction sets an alarm and takes it back. So an alarm wakes the thread only if it is due before the
 * thread would wake by itself, and one that is taken back never does: then it wakes once for nothing, not once for each.
 */
final class SystemClock implements BrokerClock {

    private final long origin = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final NavigableSet<Pending> alarms = new TreeSet<>();
    private long made;
    /** When the thread wakes: never later than the first alarm, earlier if that one was taken back. */
    private long wakesAt = Long.MAX_VALUE;

    private Thread thread;
    private boolean closed;

    /** An alarm, in nanoseconds since the clock was made; the number tells apart what is due at the same time. */
    private record Pending(long due, long number, Runnable task) implements Comparable<Pending> {

        @Override
        public int compareTo(Pending other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Alarm at(Instant due, Runnable task) {
        long nanos = now() + delayNanos(due);
        lock.lock();
        try {
            if (closed) {
                return () -> {};
            }
            Pending pending = new Pending(nanos, made++, task);
            alarms.add(pending);
            if (nanos < wakesAt) {
                wakesAt = nanos;
                earlier.signal();
            }
            if (thread == null) {
                thread = new Thread(this::ring, "parley-clock");
                thread.setDaemon(true);
                thread.start();
            }
            return () -> takeBack(pending);
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private long delayNanos(Instant due) {
        Duration delay = Duration.between(instant(), due);
        // about 292 years fit into a long of nanoseconds
        return delay.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE / 2 : Math.max(0, delay.toNanos());
    }

    private void takeBack(Pending pending) {
        lock.lock();
        try {
            alarms.remove(pending);
        } finally {
            lock.unlock();
        }
    }

    private void ring() {
        boolean open = true;
        while (open) {
            open = ringNext();
        }
    }

    /** Awaits the next alarm and rings it; false when the clock is closed. What has rung isn't kept while others are awaited. */
    private boolean ringNext() {
        Pending due = awaitDue();
        if (due == null) {
            return false;
        }
        try {
            due.task.run();
        } catch (RuntimeException | Error e) {
            // others still have to be rung
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, e);
        }
        return true;
    }

    /** The alarm that is due next, when it is; null when the clock is closed. */
    private Pending awaitDue() {
        lock.lock();
        try {
            while (!closed) {
                long left = wakesAt - now();
                if (left > 0) {
                    awaitEarlier(left);
                    continue;
                }
                wakesAt = alarms.isEmpty() ? Long.MAX_VALUE : alarms.first().due;
                if (wakesAt <= now()) {
                    return alarms.pollFirst();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void awaitEarlier(long nanos) {
        try {
            earlier.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // nobody has a reason to interrupt it; time goes on all the same
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            alarms.clear();
            earlier.signal();
        } finally {
            lock.unlock();
        }
    }
}
