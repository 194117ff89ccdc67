package org.parley.spi;

import java.time.Duration;

/** A running activation. */
public interface Activation extends AutoCloseable {

    /** What it does at the moment. */
    State state();

    /** Readers at work. */
    int readers();

    /** Why it is in this state, for people: for a waiting one, what it waits for. */
    String reason();

    /**
     * Stops claiming, and waits for the readers at work.
     *
     * @return whether all had ended in that time
     */
    boolean stop(Duration longest);

    /** Stops with a bound of ten seconds. */
    @Override
    default void close() {
        stop(Duration.ofSeconds(10));
    }

    /** States of an activation. */
    enum State {
        /** The database or the queue doesn't exist yet, or the queue is off. */
        WAITING,
        /** Reads what arrives. */
        ACTIVE,
        /** Stopped. */
        STOPPED
    }
}
