package org.parley;

/**
 * An activation of this server, such as that of a message-driven bean, at one moment.
 *
 * @param queue the queue that it reads
 * @param name its name: of a bean, that of its class
 * @param state what it does
 * @param reason why it is in that state, for people: for a waiting one, what it waits for
 * @param readers readers at work
 * @param maxReaders most readers at a time; an ACTIVATION of the queue may allow fewer
 * @param failures how many readers have failed since it began: could not be started, or ended without receiving;
 *     service-broker.md, section 13.5
 * @param lastFailure why the last one has, or null
 */
public record ActivationStatus(
        String queue,
        String name,
        State state,
        String reason,
        int readers,
        int maxReaders,
        long failures,
        String lastFailure) {

    /** What an activation does. */
    public enum State {
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
