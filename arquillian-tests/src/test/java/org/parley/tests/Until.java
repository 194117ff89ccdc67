package org.parley.tests;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, in bounded time, here and inside the container. */
public final class Until {

    private static final long PAUSE = Duration.ofMillis(2).toNanos();

    private Until() {}

    /** Waits until it holds. */
    public static void holds(String what, Duration longest, BooleanSupplier condition) {
        holds(() -> what, longest, condition);
    }

    /** Waits until it holds; the text is made when it didn't. */
    public static void holds(Supplier<String> what, Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within " + longest + ": " + what.get());
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** Waits until there is something, and gives it. */
    public static <T> T present(String what, Duration longest, Supplier<Optional<T>> source) {
        long deadline = System.nanoTime() + longest.toNanos();
        Optional<T> found = source.get();
        while (found.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within " + longest + ": " + what);
            }
            LockSupport.parkNanos(PAUSE);
            found = source.get();
        }
        return found.get();
    }
}
