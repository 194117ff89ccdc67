package org.parley.spi;

import java.time.Duration;
import org.parley.ActivationStatus;

/** A running activation. */
public interface Activation extends AutoCloseable {

    /** What it does at the moment, and with how many readers. */
    ActivationStatus status();

    /**
     * Starts no more readers until {@link #resume()}; those at work end with the group they have. What arrives waits.
     * Can be repeated.
     */
    void pause();

    /** Ends a {@link #pause()}; readers for what has arrived are started at once. Does nothing otherwise. */
    void resume();

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
}
