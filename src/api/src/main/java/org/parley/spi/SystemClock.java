package org.parley.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The only place that asks the system what time it is. */
final class SystemClock implements BrokerClock {

    private ScheduledThreadPoolExecutor executor;
    private boolean closed;

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public synchronized Alarm at(Instant due, Runnable task) {
        if (closed) {
            return () -> {};
        }
        if (executor == null) {
            executor = new ScheduledThreadPoolExecutor(1, work -> {
                Thread thread = new Thread(work, "parley-clock");
                thread.setDaemon(true);
                return thread;
            });
            // a cancelled time-out must not keep its transaction in memory until it would have rung
            executor.setRemoveOnCancelPolicy(true);
            executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }
        ScheduledFuture<?> future = executor.schedule(task, delayNanos(due), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private long delayNanos(Instant due) {
        Duration delay = Duration.between(instant(), due);
        // about 292 years fit into a long of nanoseconds
        return delay.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE / 2 : Math.max(0, delay.toNanos());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }
}
