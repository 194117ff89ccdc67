package org.parley.testkit.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The application at work: three threads for each flow. A step that fails is left as it is, and another one is done. */
final class Load {

    private static final int READERS = 2;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final long PATIENCE_MILLIS = 60_000;

    private final List<Thread> threads = new ArrayList<>();
    private final List<Worker> nearInitiators = new ArrayList<>();
    private final AtomicLong failures = new AtomicLong();
    private volatile Throwable lastFailure;
    private volatile boolean stopped;

    /** Begins to work; what is done is drawn from the seed. */
    Load(Application application, long seed) {
        int number = 0;
        for (Flow flow : Flow.values()) {
            Random sending = new Random(seed + ++number);
            Worker worker = new Worker(application, flow.global(), Application.NEAR, sending);
            Initiator initiator = new Initiator(flow, worker, sending);
            if (flow.global()) {
                nearInitiators.add(worker);
            }
            add(flow.initiatorService(), worker, initiator::step);
            for (int reader = 0; reader < READERS; reader++) {
                Worker receiving = new Worker(application, flow.global(), flow.target(), new Random(seed + ++number));
                add(flow.targetService() + reader, receiving, new Target(flow, receiving)::step);
            }
        }
        threads.forEach(Thread::start);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private void add(String name, Worker worker, Step step) {
        threads.add(new Thread(
                () -> {
                    while (!stopped) {
                        try {
                            step.run();
                        } catch (Exception | Error e) {
                            lastFailure = e;
                            failures.incrementAndGet();
                            LockSupport.parkNanos(PAUSE_NANOS);
                        }
                    }
                    worker.close();
                },
                "load-" + name));
    }

    /** Global transactions of initiators get a further resource, the last to be asked for its vote, as long as that goes on. */
    void alsoEnlist(Provocation resource) {
        nearInitiators.forEach(worker -> worker.alsoEnlist(resource));
    }

    /** Number of steps that have failed, and the last reason. */
    long failures() {
        return failures.get();
    }

    Throwable lastFailure() {
        return lastFailure;
    }

    /** Waits until each thread has finished its step. */
    void stop() throws InterruptedException {
        stopped = true;
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        for (Thread thread : threads) {
            thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            if (thread.isAlive()) {
                AssertionError error = new AssertionError("Thread " + thread.getName() + " has not ended its step.");
                error.setStackTrace(thread.getStackTrace());
                throw error;
            }
        }
    }
}
