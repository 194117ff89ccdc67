package org.parley.engine.work;

/** Starts the engine's threads and waits for their end. */
public final class Threads {

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

    /** Waits for the end of a thread; an interrupt is kept for later. */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
