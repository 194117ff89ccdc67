package org.parley.tests.crash;

import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Dialogs that are begun without a pause, until nobody answers any more. */
final class Load {

    private static final int ASKERS = 4;
    private static final long LONGEST_SECONDS = 60;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();

    /** Begins, on threads of its own. */
    ExecutorService on(CrashServer server) {
        ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
        for (int i = 0; i < ASKERS; i++) {
            askers.execute(() -> ask(server, askers));
        }
        return askers;
    }

    private void ask(CrashServer server, ExecutorService askers) {
        while (!askers.isShutdown()) {
            String number = Integer.toString(next.getAndIncrement());
            try {
                if (!server.does("?do=ask&with=" + number)) {
                    return;
                }
            } catch (UncheckedIOException gone) {
                return;
            }
            acknowledged.add(number);
        }
    }

    /** Waits until all have ended. */
    static void ended(ExecutorService askers) throws InterruptedException {
        askers.shutdown();
        if (!askers.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Who asks the server doesn't end.");
        }
    }

    /** What has been acknowledged as begun. */
    Set<String> acknowledged() {
        return acknowledged;
    }
}
