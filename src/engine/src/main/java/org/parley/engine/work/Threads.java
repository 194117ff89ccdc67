package org.parley.engine.work;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/** Starts the engine's threads and waits for their end. */
public final class Threads {

    /** Longest wait for the end of a thread. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private Threads() {}

    /**
     * Starts a daemon with the engine's own context class loader: that of the thread that happens to be here may be an
     * application's, which would be kept for ever.
     */
    public static Thread start(String name, Runnable loop) {
        Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(Threads.class.getClassLoader());
        thread.start();
        return thread;
    }

    /**
     * Waits for the end of a thread; an interrupt is kept for later.
     *
     * @throws BrokerException when it doesn't end in time: a store that hangs keeps its threads
     */
    public static void join(Thread thread) {
        join(thread, PATIENCE);
    }

    private static void join(Thread thread, Duration longest) {
        boolean interrupted = false;
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis(); thread.isAlive() && left > 0; left = millisTo(end)) {
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw stuck(thread, longest);
        }
    }

    /** Milliseconds to a moment of {@link System#nanoTime}. */
    public static long millisTo(long nanoTime) {
        return (nanoTime - System.nanoTime()) / 1_000_000;
    }

    /** What is said of a thread that doesn't end; the cause shows where it is. */
    public static BrokerException stuck(Thread thread, Duration longest) {
        IllegalStateException place = new IllegalStateException("Thread " + thread.getName() + " is here");
        place.setStackTrace(thread.getStackTrace());
        return new BrokerException(
                ErrorNumbers.STORE_FAILED,
                "Thread " + thread.getName() + " has been waited for " + longest.toSeconds()
                        + " seconds and isn't done; it is left behind, and goes with the process.",
                place);
    }

    /** Does something that may never end, on a thread of its own, and waits for it, so long at most. */
    public static void within(Duration longest, String name, Runnable work) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = start(name, () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failure.set(e);
            }
        });
        join(thread, longest);
        if (failure.get() instanceof Error error) {
            throw error;
        }
        if (failure.get() instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
