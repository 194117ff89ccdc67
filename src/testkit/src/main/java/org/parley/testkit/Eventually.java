package org.parley.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Waits for what other threads are about to do: looks again and again, at first within microseconds, until a bound of real
 * time. The bound only costs when the test fails, so it is a long one. For time inside the broker move a
 * {@link SettableClock} instead.
 */
public final class Eventually {

    private static final long FIRST_PAUSE = 20_000;
    private static final long LONGEST_PAUSE = 10_000_000;

    private final Duration bound;

    private Eventually(Duration bound) {
        this.bound = bound;
    }

    /** With a bound of 30 seconds. */
    public static Eventually eventually() {
        return within(Duration.ofSeconds(30));
    }

    /** With another bound. */
    public static Eventually within(Duration bound) {
        return new Eventually(bound);
    }

    /** Waits until a condition holds; the text says which, for the failure. */
    public void holds(String what, Callable<Boolean> condition) {
        becomes(what, condition, holds -> holds);
    }

    /**
     * Waits until a value is as expected and returns it; the text says which, for the failure.
     *
     * @throws AssertionError with the last value when the bound has passed; what the source throws ends the wait at once
     */
    public <T> T becomes(String what, Callable<T> source, Predicate<? super T> expected) {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE;
        T value = get(what, source);
        while (!expected.test(value)) {
            if (System.nanoTime() - start > bound.toNanos()) {
                throw new AssertionError("Waited " + bound + " for " + what + "; at last it was " + value);
            }
            LockSupport.parkNanos(pause);
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("Interrupted while waiting for " + what + "; at last it was " + value);
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE);
            value = get(what, source);
        }
        return value;
    }

    /**
     * Waits until assertions pass.
     *
     * @throws AssertionError with the last failure as its cause when the bound has passed
     */
    public void passes(Runnable assertions) {
        AssertionError[] last = new AssertionError[1];
        try {
            holds("assertions to pass", () -> {
                try {
                    assertions.run();
                    return true;
                } catch (AssertionError e) {
                    last[0] = e;
                    return false;
                }
            });
        } catch (AssertionError e) {
            throw new AssertionError("Waited " + bound + "; at last: " + last[0].getMessage(), last[0]);
        }
    }

    private static <T> T get(String what, Callable<T> source) {
        try {
            return source.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("Failed while waiting for " + what + ": " + e, e);
        }
    }
}
