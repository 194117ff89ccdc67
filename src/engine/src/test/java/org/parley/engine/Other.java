package org.parley.engine;

import static org.parley.testkit.Eventually.eventually;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.parley.BrokerException;

/** Something that another thread does meanwhile. */
public final class Other<T> {

    /** Where waits for messages, groups and rows are. */
    private static final List<String> WAITS = List.of(
            "org.parley.engine.session.ReceiveStatement$Wait",
            "org.parley.engine.tx.GroupLocks$Wait",
            "org.apache.derby.impl.services.locks.ActiveLock");

    private static final long PATIENCE_SECONDS = 30;

    private final FutureTask<T> task;
    private final Thread thread;

    private Other(String name, Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins it on a thread of that name. */
    public static <T> Other<T> does(String name, Callable<T> work) {
        return new Other<>(name, work);
    }

    /** Begins something that gives nothing. */
    public static Other<Void> runs(String name, ThrowingCallable work) {
        return new Other<>(name, () -> {
            try {
                work.call();
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            return null;
        });
    }

    /** Waits until it waits for a message, for a group or for a row. */
    public Other<T> awaitAsleep() {
        eventually().holds(thread.getName() + " to wait", () -> asleep() || done());
        if (done()) {
            throw new AssertionError(thread.getName() + " should wait, but has ended: " + outcome());
        }
        return this;
    }

    private boolean asleep() {
        Thread.State state = thread.getState();
        return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING) && waits(thread.getStackTrace());
    }

    /** Queuing for a lock is no wait yet. */
    private static boolean waits(StackTraceElement[] frames) {
        return Stream.of(frames).anyMatch(frame -> WAITS.stream().anyMatch(frame.getClassName()::startsWith))
                && Stream.of(frames)
                        .anyMatch(frame -> frame.getClassName().endsWith("$ConditionObject")
                                || frame.getClassName().equals("java.lang.Object")
                                        && frame.getMethodName().startsWith("wait"));
    }

    private String outcome() {
        try {
            return "with " + result();
        } catch (Exception e) {
            return "with " + e;
        }
    }

    /** Whether it has ended. */
    public boolean done() {
        return task.isDone();
    }

    /** Interrupts it. */
    public void interrupt() {
        thread.interrupt();
    }

    /** Its result; what it threw is thrown. */
    public T result() throws Exception {
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            StringBuilder text = new StringBuilder(thread.getName() + " has not ended:");
            for (StackTraceElement frame : thread.getStackTrace()) {
                text.append("\n    at ").append(frame);
            }
            throw new AssertionError(text.toString(), e);
        }
    }

    /** Waits for its failure and looks at the number. */
    public BrokerException failsWith(int number) {
        return Failing.with(number, this::result);
    }
}
