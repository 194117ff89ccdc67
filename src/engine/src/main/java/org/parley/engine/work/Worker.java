package org.parley.engine.work;

import java.util.ArrayDeque;
import java.util.Deque;
import org.parley.spi.BrokerClock;

/**
 * Runs tasks one after the other on a thread of its own, which sleeps while there is none. The thread starts at once and
 * not with the first task: that may come from a thread of an application, whose class loader it would keep for ever.
 */
public final class Worker implements AutoCloseable {

    /** Something to be done, and what it is. */
    private record Task(String what, Runnable work) {}

    /** Hears of failures. */
    public interface Failures {

        /** A task failed and will be tried again. */
        void failed(String what, Throwable cause);
    }

    private static final long PAUSE_MILLIS = 1000;

    private final BrokerClock clock;
    private final Failures failures;
    private final Deque<Task> tasks = new ArrayDeque<>();
    private final Thread thread;
    private boolean busy;
    private boolean closed;

    /** A worker whose thread carries the name. */
    public Worker(String name, BrokerClock clock, Failures failures) {
        this.clock = clock;
        this.failures = failures;
        this.thread = Threads.start(name, this::loop);
    }

    /**
     * Adds a task behind the others. A failure is reported, and the task is run again after a pause.
     *
     * @param what what it does, for reports
     */
    public void add(String what, Runnable work) {
        add(new Task(what, work));
    }

    private synchronized void add(Task task) {
        if (closed) {
            return;
        }
        tasks.addLast(task);
        notifyAll();
    }

    private void loop() {
        for (Task task = next(); task != null; task = next()) {
            try {
                task.work.run();
            } catch (RuntimeException | Error e) {
                failures.failed(task.what, e);
                Task again = task;
                clock.at(clock.instant().plusMillis(PAUSE_MILLIS), () -> add(again));
            }
        }
    }

    private synchronized Task next() {
        busy = false;
        notifyAll();
        while (tasks.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // nobody but close() may end this thread
                continue;
            }
        }
        busy = !closed;
        return closed ? null : tasks.removeFirst();
    }

    /** Waits until nothing is to be done, for tests and for an orderly stop. */
    public synchronized boolean awaitIdle(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (busy || !tasks.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            tasks.clear();
            notifyAll();
        }
        if (thread != Thread.currentThread()) {
            Threads.join(thread);
        }
    }
}
