package org.parley.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How a server is opened.
 *
 * @param home directory that holds the broker databases; created when missing
 * @param clock time and alarms
 * @param lockTimeout longest wait for a conversation group lock or a row lock
 * @param currentTransaction key of the global transaction of the calling thread, or null when there is none; guards
 *     against handles that aren't enlisted
 * @param listener hears what happens
 */
public record ServerConfig(
        Path home,
        BrokerClock clock,
        Duration lockTimeout,
        Supplier<Object> currentTransaction,
        EngineListener listener) {

    /** The system's clock, ten seconds of lock time-out, no global transactions, nobody listening. */
    public static ServerConfig of(Path home) {
        return new ServerConfig(
                home, BrokerClock.system(), Duration.ofSeconds(10), () -> null, new EngineListener() {});
    }

    /** With another clock. */
    public ServerConfig withClock(BrokerClock other) {
        return new ServerConfig(home, other, lockTimeout, currentTransaction, listener);
    }

    /** With another lock time-out. */
    public ServerConfig withLockTimeout(Duration other) {
        return new ServerConfig(home, clock, other, currentTransaction, listener);
    }

    /** With a source of the calling thread's global transaction. */
    public ServerConfig withCurrentTransaction(Supplier<Object> other) {
        return new ServerConfig(home, clock, lockTimeout, other, listener);
    }

    /** With a listener. */
    public ServerConfig withListener(EngineListener other) {
        return new ServerConfig(home, clock, lockTimeout, currentTransaction, other);
    }
}
