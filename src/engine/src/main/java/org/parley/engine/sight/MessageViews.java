package org.parley.engine.sight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.catalog.Service;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.queue.Transit;
import org.parley.engine.routing.QueueOff;
import org.parley.engine.routing.Station;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.Store;
import org.parley.engine.store.SystemRows.Body;

/** Rows of messages, in queues and waiting for delivery; service-broker.md, sections 1.5 and 18. */
final class MessageViews {

    private static final int PORTION = 100;

    /** Received, and kept by RETENTION. */
    private static final int RECEIVED = 0;

    private static final int READY = 1;

    /** Has arrived before an earlier one. */
    private static final int EARLY = 2;

    /** A copy of what this side has sent, kept by RETENTION. */
    private static final int SENT = 3;

    private final OpenDatabase database;

    MessageViews(OpenDatabase database) {
        this.database = database;
    }

    /** A row of a queue's own view, with what all messages of one endpoint have in common. */
    @FunctionalInterface
    private interface QueueRow {
        Object[] of(int status, MessageRow message, MessageType type, Body body);
    }

    Iterator<Object[]> queue(int id) {
        return new Rows(new Portions<>(
                database.table(), database.catalog(), (endpoint, catalog) -> inQueue(endpoint, catalog, id)));
    }

    private Deque<Stretch> inQueue(Endpoint endpoint, CatalogSnapshot catalog, int id) {
        QueueIndex queue = endpoint.group().queue();
        if (queue.id() != id || endpoint.state().own().over()) {
            return null;
        }
        EndpointRow row = endpoint.begun();
        Service service = catalog.service(endpoint.group().service());
        String contract = catalog.contract(row.contract()).name();
        QueueRow queueRow = (status, message, type, body) -> new Object[] {
            status,
            row.priority(),
            message.queuingOrder(),
            row.group(),
            row.handle(),
            message.sequence(),
            service.name(),
            service.id(),
            contract,
            row.contract(),
            type.name(),
            type.id(),
            CatalogViews.code(type.validation()),
            body,
            message.enqueued()
        };
        Deque<Stretch> stretches = new ArrayDeque<>();
        if (endpoint.retaining()) {
            addRetained(endpoint, queueRow, stretches);
        }
        long arrived = endpoint.arrived();
        addWaiting(
                endpoint,
                (message, type, body) -> queue.holdsBack(message.queuingOrder())
                        ? null
                        : queueRow.of(message.position() < arrived ? READY : EARLY, message, type, body),
                stretches);
        return stretches;
    }

    /** What has arrived for an endpoint and was not received. */
    private static void addWaiting(Endpoint endpoint, Stretch.Shown shown, Deque<Stretch> stretches) {
        Stretch.Place place = new Stretch.Waiting(endpoint.id());
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (endpoint.waits(position)) {
                stretches.add(new Stretch(place, position, position, shown));
            }
        }
        if (endpoint.arrived() > endpoint.received()) {
            stretches.add(new Stretch(place, endpoint.received(), endpoint.arrived() - 1, shown));
        }
        if (endpoint.transit() != null) {
            for (long position : endpoint.transit().early().keySet()) {
                stretches.add(new Stretch(place, position, position, shown));
            }
        }
    }

    /** Copies that are committed: memory knows how far this side has received and sent. */
    private void addRetained(Endpoint endpoint, QueueRow queueRow, Deque<Stretch> stretches) {
        long id = endpoint.id();
        long last = database.orders().get();
        long received = endpoint.received();
        long sent = endpoint.nextOut();
        boolean timer = endpoint.waits(Positions.TIMER);
        boolean error = endpoint.waits(Positions.BROKER_ERROR) || endpoint.waits(Positions.FAR_ERROR);
        stretches.add(new Stretch(new Stretch.Retained(id, false), 0, last, (message, type, body) -> {
            boolean committed = message.position() >= Positions.FIRST
                    ? message.position() < received
                    : message.position() == Positions.TIMER ? !timer || beforeTimer(id, message) : !error;
            return committed ? queueRow.of(RECEIVED, message, type, body) : null;
        }));
        stretches.add(new Stretch(
                new Stretch.Retained(id, true),
                0,
                last,
                (message, type, body) -> message.position() < sent ? queueRow.of(SENT, message, type, body) : null));
    }

    /** Timers come again and again: a copy of one that waits is that of a transaction that is receiving it now. */
    private boolean beforeTimer(long endpoint, MessageRow copy) {
        List<MessageRow> waits = database.store().look(endpoint, Positions.TIMER, Positions.TIMER, 1);
        return !waits.isEmpty() && copy.queuingOrder() < waits.get(0).queuingOrder();
    }

    Iterator<Object[]> transmissionQueue() {
        return new Rows(new Portions<>(database.table(), database.catalog(), (endpoint, catalog) -> {
            Deque<Stretch> stretches = new ArrayDeque<>();
            addSent(endpoint, catalog, stretches);
            addHeldBack(endpoint, catalog, stretches);
            addUndelivered(endpoint, catalog, stretches);
            return stretches.isEmpty() ? null : stretches;
        }));
    }

    /** What waits to be delivered to a side that isn't in this database, or isn't yet. */
    private void addSent(Endpoint endpoint, CatalogSnapshot catalog, Deque<Stretch> stretches) {
        Transit transit = endpoint.transit();
        boolean error = endpoint.stage() == Stage.ENDED_WITH_ERROR || transit != null && transit.errorOwed();
        if (endpoint.nextOut() == 0 && !error || database.table().endpoint(endpoint.far()) != null) {
            return;
        }
        EndpointRow row = endpoint.begun();
        UUID far = transit == null || transit.farBroker() == null ? row.farBroker() : transit.farBroker();
        Stretch.Shown shown = new TransmissionRow(
                row.handle(),
                row.farService(),
                far == null ? null : far.toString(),
                catalog.service(endpoint.group().service()).name(),
                catalog.contract(row.contract()).name(),
                Station.status(endpoint),
                row.priority());
        Stretch.Place place = new Stretch.Waiting(endpoint.far());
        if (error) {
            stretches.add(new Stretch(place, Positions.FAR_ERROR, Positions.FAR_ERROR, shown));
        }
        long confirmed = transit == null ? Positions.FIRST : transit.confirmed();
        if (confirmed < endpoint.nextOut()) {
            stretches.add(new Stretch(place, confirmed, endpoint.nextOut() - 1, shown));
        }
    }

    /** What has come to a queue of this database while it is off; section 1.5. */
    private void addHeldBack(Endpoint endpoint, CatalogSnapshot catalog, Deque<Stretch> stretches) {
        QueueIndex queue = endpoint.group().queue();
        if (queue.on() || endpoint.state().own().over()) {
            return;
        }
        EndpointRow row = endpoint.begun();
        // the sender's side, if it is in this database
        Endpoint sender = database.table().endpoint(endpoint.far());
        Stretch.Shown shown = new TransmissionRow(
                sender == null ? row.handle() : sender.handle(),
                catalog.service(endpoint.group().service()).name(),
                database.store().brokerInstance().toString(),
                row.farService(),
                catalog.contract(row.contract()).name(),
                QueueOff.status(queue),
                sender == null ? row.priority() : sender.priority());
        addWaiting(
                endpoint,
                (message, type, body) ->
                        queue.holdsBack(message.queuingOrder()) ? shown.row(message, type, body) : null,
                stretches);
    }

    /** What was sent to a side in this database while delivery is off; section 1.1. */
    private void addUndelivered(Endpoint endpoint, CatalogSnapshot catalog, Deque<Stretch> stretches) {
        Endpoint far = database.table().endpoint(endpoint.far());
        if (far == null || !database.table().heldBack().has(endpoint)) {
            return;
        }
        EndpointRow row = endpoint.begun();
        Stretch.Shown shown = new TransmissionRow(
                row.handle(),
                row.farService(),
                database.store().brokerInstance().toString(),
                catalog.service(endpoint.group().service()).name(),
                catalog.contract(row.contract()).name(),
                database.transmissionStatus(row.handle(), any -> true),
                row.priority());
        Stretch.Place place = new Stretch.Waiting(far.id());
        if (endpoint.stage() == Stage.ENDED_WITH_ERROR) {
            stretches.add(new Stretch(place, Positions.FAR_ERROR, Positions.FAR_ERROR, shown));
        }
        if (endpoint.nextOut() > far.arrived()) {
            stretches.add(new Stretch(place, far.arrived(), endpoint.nextOut() - 1, shown));
        }
    }

    /** What all messages of one side in the transmission queue have in common. */
    private record TransmissionRow(
            UUID handle, String to, String broker, String from, String contract, String status, int priority)
            implements Stretch.Shown {

        @Override
        public Object[] row(MessageRow message, MessageType type, Body body) {
            return new Object[] {
                handle,
                to,
                broker,
                from,
                contract,
                message.enqueued(),
                message.sequence(),
                type.name(),
                type.id() == MessageType.ERROR,
                type.id() == MessageType.END_DIALOG,
                body,
                status,
                priority
            };
        }
    }

    /** The messages of one stretch after the other, some at a time. */
    private final class Rows implements Iterator<Object[]> {

        private final Store store = database.store();
        private final Iterator<Deque<Stretch>> parts;
        private Deque<Stretch> part = new ArrayDeque<>();
        private Iterator<Object[]> rows = List.<Object[]>of().iterator();

        Rows(Iterator<Deque<Stretch>> parts) {
            this.parts = parts;
        }

        @Override
        public boolean hasNext() {
            while (!rows.hasNext()) {
                if (!part.isEmpty()) {
                    rows = look(part.poll()).iterator();
                } else if (parts.hasNext()) {
                    part = parts.next();
                } else {
                    return false;
                }
            }
            return true;
        }

        private List<Object[]> look(Stretch stretch) {
            List<MessageRow> found = stretch.place().look(store, stretch.from(), stretch.to(), PORTION);
            if (found.size() == PORTION) {
                long last = stretch.place().key(found.get(PORTION - 1));
                if (last < stretch.to()) {
                    part.addFirst(stretch.startingAt(last + 1));
                }
            }
            CatalogSnapshot catalog = database.catalog().snapshot();
            List<Object[]> shown = new ArrayList<>(found.size());
            for (MessageRow row : found) {
                Body body =
                        row.bodyApart() ? () -> stretch.place().body(store, row).bytesIfThere() : row::body;
                Object[] made = stretch.shown().row(row, catalog.messageType(row.type()), body);
                if (made != null) {
                    shown.add(made);
                }
            }
            return shown;
        }

        @Override
        public Object[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return rows.next();
        }
    }
}
