package org.parley.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The threads behind the flows of one contender. */
final class Flows implements Contender.Equipment {

    /** Work that a thread does over and over until the end. */
    @FunctionalInterface
    interface Task {

        /** Must return soon, also when there is nothing to do. */
        void once() throws Exception;
    }

    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean closed;

    /** A flow whose receiving end is at work from now on. */
    Flow start(Flow.Ends ends) {
        Flow flow = new Flow(ends, this);
        start(flow::receive);
        return flow;
    }

    void start(Task task) {
        threads.execute(() -> {
            try {
                while (!closed) {
                    task.once();
                }
            } catch (Exception e) {
                failure.compareAndSet(null, e);
            }
        });
    }

    /** Why nothing comes any more. */
    IllegalStateException stuck(String what) {
        return new IllegalStateException(what, failure.get());
    }

    @Override
    public void check(List<String> emptied) {
        if (failure.get() != null) {
            throw stuck("A thread has ended.");
        }
    }

    /** Ends all threads; those who own what they work with can close it then. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                throw stuck("The receiving threads don't end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
