package org.parley.engine.activation;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.parley.ConversationError;
import org.parley.Dialog;
import org.parley.EventNotificationDefinition.Event;
import org.parley.Message;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Contract;
import org.parley.engine.catalog.DatabaseCatalog;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.catalog.Queue;
import org.parley.engine.catalog.Service;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.session.Statements;
import org.parley.engine.session.SystemDialog;
import org.parley.engine.store.CatalogRows.EventNotificationRow;
import org.parley.engine.store.CatalogRows.EventRow;

/**
 * Tells services of what happens to queues, and hears what they answer; service-broker.md, section 14. Everything is done
 * by tasks of the database's aftercare, one after the other, never by who causes an event.
 *
 * <p>A notification has one dialog, the only one in the conversation group that its row names. The row comes first: it is
 * marked, or gone, before the dialog is ended, so that after a stop in between the dialog is ended at open.
 */
public final class EventNotifications implements QueueIndex.Consumer, AutoCloseable {

    /** Id of an event that needn't be stored: while a queue needs a reader it happens again. */
    private static final int NOT_STORED = 0;

    private final Statements statements;
    private final OpenDatabase database;
    private final EndpointTable table;
    private final DatabaseCatalog catalog;

    // guarded by the table's lock
    private final Map<UUID, EventNotificationRow> known = new HashMap<>();
    private final Map<Integer, QueueWatch> watches = new HashMap<>();
    private boolean closed;

    /** Those of a database. */
    public EventNotifications(Statements statements) {
        this.statements = statements;
        this.database = statements.database();
        this.table = database.table();
        this.catalog = database.catalog();
    }

    /** Begins: does what was left to be done, and watches. */
    public void open() {
        table.locked(() -> {
            table.queue(Queue.EVENT_NOTIFICATIONS).activate(this);
            if (table.usesService(Service.EVENT_NOTIFICATIONS)) {
                Set<UUID> wanted = groups(catalog.snapshot().eventNotifications());
                table.unordered().stream()
                        .map(Endpoint::group)
                        .filter(group -> group.service() == Service.EVENT_NOTIFICATIONS && !wanted.contains(group.id()))
                        .forEach(group -> end(group.id()));
            }
        });
        look();
        groupReady();
    }

    private static Set<UUID> groups(Collection<EventNotificationRow> rows) {
        return rows.stream().map(EventNotificationRow::group).collect(Collectors.toSet());
    }

    /** Definitions have changed. */
    public void look() {
        CatalogSnapshot now = catalog.snapshot();
        table.locked(() -> {
            if (!closed) {
                endDropped(now.eventNotifications());
                watch(now.eventNotifications());
            }
        });
        for (EventRow event = catalog.unsent().poll();
                event != null;
                event = catalog.unsent().poll()) {
            sendStored(event);
        }
    }

    private void endDropped(Collection<EventNotificationRow> rows) {
        Set<UUID> dropped = new HashSet<>(known.keySet());
        dropped.removeAll(groups(rows));
        dropped.forEach(this::end);
        known.clear();
        rows.forEach(row -> known.put(row.group(), row));
    }

    private void end(UUID group) {
        database.aftercare()
                .add(
                        "ending the dialog of an event notification",
                        () -> new SystemDialog(statements, group).end(() -> end(group)));
    }

    /** A queue is watched while a service wants to hear of its activation. */
    private void watch(Collection<EventNotificationRow> rows) {
        Set<Integer> wanted = rows.stream()
                .filter(row -> !row.ended() && row.definition().events().contains(Event.QUEUE_ACTIVATION))
                .map(EventNotificationRow::queue)
                .collect(Collectors.toSet());
        watches.entrySet().removeIf(entry -> {
            boolean unwanted = !wanted.contains(entry.getKey());
            if (unwanted) {
                entry.getValue().notify(null);
            }
            return unwanted;
        });
        for (int id : wanted) {
            QueueIndex queue = table.queue(id);
            if (queue != null && !watches.containsKey(id)) {
                QueueWatch watch = QueueWatch.of(database, queue);
                watches.put(id, watch);
                watch.notify(() -> activationNeeded(id));
            }
        }
    }

    private void activationNeeded(int queue) {
        long now = database.context().clock().millis();
        database.aftercare().add("telling services that a queue needs a reader", () -> {
            CatalogSnapshot definitions = catalog.snapshot();
            for (EventNotificationRow row : definitions.told(Event.QUEUE_ACTIVATION, queue)) {
                send(row, new EventRow(NOT_STORED, row.id(), Event.QUEUE_ACTIVATION, queue, now), definitions);
            }
        });
    }

    /** Sends an event that is stored; whatever becomes of it, its row goes in the same transaction. */
    private void sendStored(EventRow event) {
        database.aftercare().add("telling a service of an event", () -> {
            CatalogSnapshot definitions = catalog.snapshot();
            Optional<EventNotificationRow> told = definitions.eventNotifications().stream()
                    .filter(row -> row.id() == event.notification())
                    .findFirst();
            if (told.isPresent() && definitions.has(event.queue())) {
                send(told.get(), event, definitions);
            } else {
                catalog.forget(event);
            }
        });
    }

    private void send(EventNotificationRow row, EventRow event, CatalogSnapshot definitions) {
        Dialog dialog = Dialog.between(
                        definitions.service(Service.EVENT_NOTIFICATIONS).name(),
                        row.definition().service())
                .on(definitions.contract(Contract.EVENT_NOTIFICATION).name())
                .at(row.definition().broker())
                .encrypted(false);
        byte[] body =
                EventBody.of(event, database, definitions.queue(event.queue()).name());
        new SystemDialog(statements, row.group())
                .send(
                        dialog,
                        definitions.messageType(MessageType.EVENT_NOTIFICATION).name(),
                        body,
                        writer -> {
                            if (event.id() != NOT_STORED) {
                                writer.delete(event);
                            }
                        },
                        () -> database.aftercare()
                                .add("telling a service of an event", () -> send(row, event, definitions)));
    }

    /** Something has come back; what needs nobody to drain it is handled here. */
    @Override
    public void groupReady() {
        database.aftercare().add("hearing services that are told of events", () -> {
            Group ready =
                    table.locked(() -> table.queue(Queue.EVENT_NOTIFICATIONS).first());
            if (ready != null) {
                hear(ready.id());
                groupReady();
            }
        });
    }

    private void hear(UUID group) {
        SystemDialog dialog = new SystemDialog(statements, group);
        EventNotificationRow row = table.locked(() -> known.get(group));
        switch (dialog.heard()) {
            case ERROR -> {
                String reason = reason(dialog.first());
                if (row != null && catalog.dropBroken(row)) {
                    database.context().listener().eventNotificationDropped(database.name(), row.key(), reason);
                }
                dialog.end(() -> {});
            }
            case END -> {
                if (row != null) {
                    catalog.end(row);
                }
                dialog.end(() -> {});
            }
            case NOTHING -> dialog.drain(() -> {});
        }
    }

    private static String reason(Message error) {
        if (error == null || error.body() == null) {
            return "its dialog was ended with an error";
        }
        ConversationError read = ConversationError.parse(error.body());
        return read.code() + ": " + read.description();
    }

    @Override
    public void close() {
        table.locked(() -> {
            closed = true;
            table.queues().forEach(queue -> {
                if (queue.watcher() instanceof QueueWatch watch) {
                    watch.end();
                }
            });
        });
    }
}
