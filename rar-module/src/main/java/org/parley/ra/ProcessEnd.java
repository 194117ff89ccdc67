package org.parley.ra;

/**
 * Runs a task as soon as the process begins to end. Servers do what they have to do at that moment in an order of their
 * own: GlassFish takes beans apart before it tells their adapter.
 */
final class ProcessEnd implements AutoCloseable {

    private final Thread thread;

    private ProcessEnd(Thread thread) {
        this.thread = thread;
    }

    /** Runs it at the end of the process, unless closed before. */
    static ProcessEnd runs(Runnable task) {
        Thread thread = new Thread(task, "parley-process-end");
        // it outlives the call, and must not keep what the caller works for
        thread.setContextClassLoader(ProcessEnd.class.getClassLoader());
        Runtime.getRuntime().addShutdownHook(thread);
        return new ProcessEnd(thread);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException ending) {
            // the process ends now, and the task with it
        }
    }
}
