package org.parley.ra.inbound;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkAdapter;
import jakarta.resource.spi.work.WorkEvent;

/**
 * A reader as Work of the container. It lets go of the reader when it ends: idle threads of some containers hold on to
 * their last work, and an undeployed engine must not stay in memory for that.
 */
final class DeliveryWork extends WorkAdapter implements Work {

    private Reader reader;
    private volatile boolean released;

    DeliveryWork(Reader reader) {
        this.reader = reader;
    }

    @Override
    public void release() {
        released = true;
    }

    @Override
    public void run() {
        Reader running = taken();
        if (running == null) {
            return;
        }
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setName("parley-reader " + running.name());
        try {
            // containers give their work threads very different ones
            thread.setContextClassLoader(running.loader());
            running.read(() -> !released);
        } finally {
            thread.setContextClassLoader(loader);
            thread.setName(name);
        }
    }

    /** Told when the container has taken the work and then finds no thread for it: nobody else would give it back. */
    @Override
    public void workRejected(WorkEvent event) {
        Reader refused = taken();
        if (refused != null) {
            refused.giveBack();
        }
    }

    private synchronized Reader taken() {
        Reader taken = reader;
        reader = null;
        return taken;
    }
}
