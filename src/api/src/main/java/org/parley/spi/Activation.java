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
     * Starts no more readers until {@link #resume()}; those at work end with the group they have. What arrives waits.
     * Can be repeated.
     */
    void pause();

    /** Ends a {@link #pause()}; readers for what has arrived are started at once. Does nothing otherwise. */
    void resume();

    /** Readers that failed: could not be started, or ended without receiving; service-broker.md, section 13.5. */
    Failures failures();

    /**
     * Failures of readers since the activation began.
     *
     * @param count how many
     * @param last why the last one failed, or null
     */
    record Failures(long count, String last) {}

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
        /** The database or the queue doesn't exist yet, or the queue or its ACTIVATION is off, or may have no readers. */
        WAITING,
        /** Reads what arrives. */
        ACTIVE,
        /** Paused: reads nothing until it is resumed. */
        PAUSED,
        /** Stopped. */
        STOPPED
    }
}
