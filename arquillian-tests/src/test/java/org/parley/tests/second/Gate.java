package org.parley.tests.second;

import java.util.concurrent.CountDownLatch;

/** Points in the second resource's two phases at which a thread can be told to stop for ever. */
public enum Gate {
    PREPARE,
    PREPARED,
    COMMIT;

    /** Begins the line that tells of a thread that has stopped. */
    public static final String STOPPED = "#stopped at ";

    private static final ThreadLocal<Gate> SHUT = new ThreadLocal<>();

    /** Has the calling thread stop when it gets here. */
    public void shut() {
        SHUT.set(this);
    }

    void pass() {
        if (SHUT.get() == this) {
            System.out.println(STOPPED + this);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
