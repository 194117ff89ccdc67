package org.parley.engine.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.Dialog;
import org.parley.EventNotificationDefinition;
import org.parley.EventNotificationDefinition.Event;
import org.parley.SystemMessageTypes;
import org.parley.engine.store.CatalogRows.EventNotificationRow;
import org.parley.engine.store.CatalogRows.EventRow;
import org.parley.engine.store.CatalogWriter;

/** Changes event notifications, and notes the events that they are for; service-broker.md, section 14. */
final class EventEditor {

    private static final int LONGEST_SERVICE = 256;
    private static final int LONGEST_BROKER = 128;

    private final Kind<EventNotificationRow> notifications;
    private final Supplier<CatalogWriter> writer;
    private final IntSupplier nextId;
    private final int creator;
    private final Instant now;
    private final List<EventRow> raised = new ArrayList<>();

    EventEditor(
            Kind<EventNotificationRow> notifications,
            Supplier<CatalogWriter> writer,
            IntSupplier nextId,
            int creator,
            Instant now) {
        this.notifications = notifications;
        this.writer = writer;
        this.nextId = nextId;
        this.creator = creator;
        this.now = now;
    }

    /** Defines one on a queue, or on the database when that is null. */
    void define(EventNotificationDefinition written, Queue queue) {
        CatalogErrors.checkName("event notification", written.name());
        EventNotificationDefinition wanted = new EventNotificationDefinition(
                written.name(),
                queue == null ? null : queue.name(),
                written.events(),
                service(written),
                broker(written),
                written.fanIn());
        checkEvents(wanted, queue);
        EventNotificationRow old = notifications.find(EventNotificationRow.key(wanted.name(), wanted.queue()));
        if (old == null) {
            notifications.insert(new EventNotificationRow(
                    nextId.getAsInt(),
                    wanted,
                    queue == null ? null : queue.id(),
                    creator,
                    now.toEpochMilli(),
                    UUID.randomUUID(),
                    false));
        } else if (!old.definition().equals(wanted)) {
            throw new BrokerException(
                    CatalogErrors.EXISTS_OTHERWISE,
                    "Event notification '" + old.key()
                            + "' exists with other events, another service or another option;"
                            + " define it as it is, or drop it first.");
        }
    }

    private static void checkEvents(EventNotificationDefinition wanted, Queue queue) {
        if (wanted.events().isEmpty()) {
            throw new BrokerException(
                    CatalogErrors.SYNTAX,
                    "Event notification '" + wanted.name() + "' has no event; allowed are QUEUE_ACTIVATION and"
                            + " BROKER_QUEUE_DISABLED.");
        }
        if (!wanted.events().contains(Event.QUEUE_ACTIVATION)) {
            return;
        }
        if (queue == null) {
            throw new BrokerException(
                    CatalogErrors.SYNTAX,
                    "Event notification '" + wanted.name() + "' on the database can't be for QUEUE_ACTIVATION; that is"
                            + " an event of one queue: ON QUEUE.");
        }
        if (queue.startsProcedure()) {
            throw new BrokerException(
                    CatalogErrors.PROCEDURE_ACTIVATED,
                    "Event notification '" + wanted.name() + "' can't be for QUEUE_ACTIVATION of queue '" + queue.name()
                            + "', which procedure '" + queue.activation().procedure()
                            + "' reads; turn its activation off first.");
        }
    }

    /** Refuses a queue whose procedure and whose notification would both be told to read. */
    void checkActivation(Queue changed) {
        if (changed.startsProcedure()) {
            List<String> told = notifications.names(row -> row.queue() != null
                    && row.queue() == changed.id()
                    && row.definition().events().contains(Event.QUEUE_ACTIVATION));
            if (!told.isEmpty()) {
                throw new BrokerException(
                        CatalogErrors.NOTIFICATION_ACTIVATED,
                        "Activation of queue '" + changed.name() + "' can't be turned on: event notification '"
                                + told.get(0) + "' is for its QUEUE_ACTIVATION; drop that first.");
            }
        }
    }

    private static String service(EventNotificationDefinition written) {
        String service = SystemMessageTypes.canonical(written.service());
        if (service == null || service.isEmpty() || service.length() > LONGEST_SERVICE) {
            throw new BrokerException(
                    CatalogErrors.BAD_TARGET,
                    "The service of event notification '" + written.name() + "' has "
                            + (service == null ? 0 : service.length()) + " characters; allowed are 1 to "
                            + LONGEST_SERVICE + ".");
        }
        return service;
    }

    private static String broker(EventNotificationDefinition written) {
        String broker = written.broker() == null ? "" : written.broker().strip();
        if (broker.equalsIgnoreCase(Dialog.CURRENT_DATABASE)) {
            return Dialog.CURRENT_DATABASE;
        }
        if (broker.length() > LONGEST_BROKER) {
            throw new BrokerException(
                    CatalogErrors.BROKER_TOO_LONG,
                    "The broker instance of event notification '" + written.name() + "' has " + broker.length()
                            + " characters; allowed are 1 to " + LONGEST_BROKER + ".");
        }
        try {
            return UUID.fromString(broker).toString().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new BrokerException(
                    CatalogErrors.BAD_TARGET,
                    "Event notification '" + written.name() + "' has the broker instance '" + broker
                            + "'; allowed is a GUID, as in PARLEY.DATABASES, or '" + Dialog.CURRENT_DATABASE + "'.",
                    e);
        }
    }

    void drop(String name, String queue) {
        notifications.delete(notifications.existing(EventNotificationRow.key(name, queue), "dropped"));
    }

    /** Drops one whose dialog is broken, unless it is gone already; says whether it was there. */
    boolean dropBroken(EventNotificationRow broken) {
        EventNotificationRow now = notifications.find(broken.key());
        if (now == null || now.id() != broken.id()) {
            return false;
        }
        notifications.delete(now);
        return true;
    }

    /** Drops all of a queue that is dropped. */
    void dropAllOf(Queue queue) {
        notifications
                .names(row -> row.queue() != null && row.queue() == queue.id())
                .forEach(key -> notifications.delete(notifications.find(key)));
    }

    /** The service of one has ended its dialog. */
    void end(EventNotificationRow row) {
        EventNotificationRow now = notifications.find(row.key());
        if (now != null && now.id() == row.id()) {
            notifications.update(now.asEnded());
        }
    }

    /** Something has happened to a queue: what is to be sent is stored with it. */
    void raise(Event event, Queue queue) {
        for (EventNotificationRow row : told(notifications.all(), event, queue.id())) {
            EventRow made = new EventRow(nextId.getAsInt(), row.id(), event, queue.id(), now.toEpochMilli());
            writer.get().insert(made);
            raised.add(made);
        }
    }

    /** An event that nobody is to be told of any more. */
    void forget(EventRow event) {
        writer.get().delete(event);
    }

    /** Those that are to be told of an event; of those with FAN_IN that are alike the first stands for all. */
    static Collection<EventNotificationRow> told(Collection<EventNotificationRow> all, Event event, int queue) {
        Map<Object, EventNotificationRow> told = new LinkedHashMap<>();
        all.stream().sorted(Comparator.comparingInt(EventNotificationRow::id)).forEach(row -> {
            EventNotificationDefinition definition = row.definition();
            boolean about = row.queue() == null || row.queue() == queue;
            if (about && !row.ended() && definition.events().contains(event)) {
                Object key = definition.fanIn()
                        ? List.of(row.creator(), definition.service(), definition.broker())
                        : row.id();
                told.putIfAbsent(key, row);
            }
        });
        return told.values();
    }

    /** What has been raised. */
    List<EventRow> raised() {
        return raised;
    }
}
