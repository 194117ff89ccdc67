package org.parley;

import java.util.Set;

/**
 * An event notification: a service is told when something happens to a queue; service-broker.md, sections 12 to 14.
 *
 * @param name 1 to 128 characters
 * @param queue the queue that is watched; {@code null}: every queue of the database, for BROKER_QUEUE_DISABLED only
 * @param events what the service is told of, at least one
 * @param service the service that is told, 1 to 256 characters compared byte by byte; it is not looked for yet
 * @param broker broker instance of that service: a GUID or {@link Dialog#CURRENT_DATABASE}
 * @param fanIn WITH FAN_IN: of several notifications of one event that are alike only one message is sent
 */
public record EventNotificationDefinition(
        String name, String queue, Set<Event> events, String service, String broker, boolean fanIn) {

    /** What can be told. */
    public enum Event {
        /** The queue needs a reader. */
        QUEUE_ACTIVATION,
        /** Rollbacks in a row have turned the queue off. */
        BROKER_QUEUE_DISABLED
    }

    /** Keeps an unmodifiable copy. */
    public EventNotificationDefinition {
        events = events == null || events.isEmpty() ? Set.of() : Set.copyOf(events);
    }

    /** One of one event, to a service of this database. */
    public static EventNotificationDefinition of(String name, String queue, Event event, String service) {
        return new EventNotificationDefinition(name, queue, Set.of(event), service, Dialog.CURRENT_DATABASE, false);
    }
}
