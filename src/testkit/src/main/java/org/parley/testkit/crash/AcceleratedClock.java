package org.parley.testkit.crash;

import java.time.Duration;
import java.time.Instant;
import org.parley.spi.BrokerClock;

/** Time that runs faster than the system's, and goes on from process to process: timers and pauses of a second take a moment. */
final class AcceleratedClock implements BrokerClock {

    /** So many times as fast. */
    static final int FACTOR = 20;

    private final BrokerClock system = BrokerClock.system();
    private final Instant start;

    /** A clock that agrees with the system's at that moment, which lies behind. */
    AcceleratedClock(Instant start) {
        this.start = start;
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, system.instant()).multipliedBy(FACTOR));
    }

    @Override
    public Alarm at(Instant due, Runnable task) {
        return system.at(start.plus(Duration.between(start, due).dividedBy(FACTOR)), task);
    }

    @Override
    public void close() {
        system.close();
    }
}
