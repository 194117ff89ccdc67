package org.parley.spi;

import java.time.Instant;
import java.time.InstantSource;

/** Time and everything that waits for it, so that tests can move it. */
public interface BrokerClock extends InstantSource {

    /**
     * Runs a short, non-blocking task once when the time has come; at once, on another thread, when it is past.
     *
     * @return takes the alarm back
     */
    Alarm at(Instant due, Runnable task);

    /** The system's time; its one thread starts with the first alarm and ends with {@link #close()}. */
    static BrokerClock system() {
        return new SystemClock();
    }

    /** Ends the clock's thread; alarms not due yet are forgotten. */
    default void close() {}

    /** An alarm that can be taken back. */
    @FunctionalInterface
    interface Alarm {

        /** Takes the alarm back; does nothing when it has rung. */
        void cancel();
    }
}
