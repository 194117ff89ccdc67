package org.parley;

import java.time.Duration;

/**
 * A queue; service-broker.md, section 1.5.
 *
 * @param name 1 to 128 characters, an identifier compared as it is written; a leading {@code dbo.} is dropped
 * @param on STATUS: off, nothing goes in or out
 * @param retention RETENTION: messages stay until their conversation ends on this side
 * @param poisonHandling POISON_MESSAGE_HANDLING (STATUS): whether five rollbacks in a row have a consequence
 * @param poisonAction POISON_MESSAGE_HANDLING (ACTION): which one
 * @param redeliveryDelay REDELIVERY_DELAY: how long messages whose transaction rolled back wait before they can be received
 *     again, 0 to 2147483647 ms
 * @param activation ACTIVATION: the procedure that reads the queue; {@link ActivationDefinition#NONE} without one
 */
public record QueueDefinition(
        String name,
        boolean on,
        boolean retention,
        boolean poisonHandling,
        PoisonAction poisonAction,
        Duration redeliveryDelay,
        ActivationDefinition activation) {

    /** What five rollbacks in a row do. */
    public enum PoisonAction {
        /** The queue is turned off, as Service Broker does. */
        DISABLE_QUEUE,
        /** The conversation group that was received each time is set aside until it is resumed; others are served. */
        SUSPEND_GROUP
    }

    /** With a value for each but the name. */
    public QueueDefinition {
        if (poisonAction == null || redeliveryDelay == null || activation == null) {
            throw new IllegalArgumentException("The queue '" + name
                    + "' lacks a value: poisonAction, redeliveryDelay and activation can't be null.");
        }
    }

    /** A queue that is on, with default options. */
    public QueueDefinition(String name) {
        this(name, true);
    }

    /** A queue with default options. */
    public QueueDefinition(String name, boolean on) {
        this(name, on, false, true, PoisonAction.DISABLE_QUEUE, Duration.ZERO, ActivationDefinition.NONE);
    }

    /** The same with another STATUS. */
    public QueueDefinition withStatus(boolean value) {
        return new QueueDefinition(name, value, retention, poisonHandling, poisonAction, redeliveryDelay, activation);
    }

    /** The same with another RETENTION. */
    public QueueDefinition withRetention(boolean value) {
        return new QueueDefinition(name, on, value, poisonHandling, poisonAction, redeliveryDelay, activation);
    }

    /** The same with another POISON_MESSAGE_HANDLING (STATUS). */
    public QueueDefinition withPoisonHandling(boolean value) {
        return new QueueDefinition(name, on, retention, value, poisonAction, redeliveryDelay, activation);
    }

    /** The same with another POISON_MESSAGE_HANDLING (ACTION). */
    public QueueDefinition withPoisonAction(PoisonAction value) {
        return new QueueDefinition(name, on, retention, poisonHandling, value, redeliveryDelay, activation);
    }

    /** The same with another REDELIVERY_DELAY. */
    public QueueDefinition withRedeliveryDelay(Duration value) {
        return new QueueDefinition(name, on, retention, poisonHandling, poisonAction, value, activation);
    }

    /** The same with another ACTIVATION. */
    public QueueDefinition withActivation(ActivationDefinition value) {
        return new QueueDefinition(name, on, retention, poisonHandling, poisonAction, redeliveryDelay, value);
    }
}
