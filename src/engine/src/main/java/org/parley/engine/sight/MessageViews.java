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
import org.parley.engine.queue.Transit;
import org.parley.engine.routing.Station;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.SeenMessage;
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

    /** Messages of one endpoint that a view shows, and how a message becomes a row. */
    private record Part(Deque<Stretch> stretches, RowMaker maker) {}

    /** Makes a row of a message. */
    @FunctionalInterface
    private interface RowMaker {
        Object[] row(int status, MessageRow message, MessageType type, Body body);
    }

    Iterator<Object[]> queue(int id) {
        return new Rows(new Portions<>(
                database.table(), database.catalog(), (endpoint, catalog) -> inQueue(endpoint, catalog, id)));
    }

    private Part inQueue(Endpoint endpoint, CatalogSnapshot catalog, int queue) {
        if (endpoint.group().queue().id() != queue || endpoint.state().own().over()) {
            return null;
        }
        Deque<Stretch> stretches = new ArrayDeque<>();
        if (endpoint.retaining()) {
            addRetained(endpoint, stretches);
        }
        addWaiting(endpoint, stretches);
        EndpointRow row = endpoint.begun();
        Service service = catalog.service(endpoint.group().service());
        String contract = catalog.contract(row.contract()).name();
        UUID group = endpoint.group().id();
        return new Part(stretches, (status, message, type, body) -> new Object[] {
            status,
            row.priority(),
            message.queuingOrder(),
            group,
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
        });
    }

    private static void addWaiting(Endpoint endpoint, Deque<Stretch> stretches) {
        Stretch.Place place = new Stretch.Waiting(endpoint.id());
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (endpoint.waits(position)) {
                stretches.add(new Stretch(place, position, position, message -> READY));
            }
        }
        if (endpoint.arrived() > endpoint.received()) {
            stretches.add(new Stretch(place, endpoint.received(), endpoint.arrived() - 1, message -> READY));
        }
        if (endpoint.transit() != null) {
            for (long position : endpoint.transit().early().keySet()) {
                stretches.add(new Stretch(place, position, position, message -> EARLY));
            }
        }
    }

    /** Copies that are committed: memory knows how far this side has received and sent. */
    private void addRetained(Endpoint endpoint, Deque<Stretch> stretches) {
        long id = endpoint.id();
        long last = database.orders().get();
        long received = endpoint.received();
        long sent = endpoint.nextOut();
        boolean timer = endpoint.waits(Positions.TIMER);
        boolean error = endpoint.waits(Positions.BROKER_ERROR) || endpoint.waits(Positions.FAR_ERROR);
        stretches.add(new Stretch(new Stretch.Retained(id, false), 0, last, message -> {
            boolean committed = message.position() >= Positions.FIRST
                    ? message.position() < received
                    : message.position() == Positions.TIMER ? !timer || beforeTimer(id, message) : !error;
            return committed ? RECEIVED : Stretch.HIDDEN;
        }));
        stretches.add(new Stretch(
                new Stretch.Retained(id, true), 0, last, message -> message.position() < sent ? SENT : Stretch.HIDDEN));
    }

    /** Timers come again and again: a copy of one that waits is that of a transaction that is receiving it now. */
    private boolean beforeTimer(long endpoint, MessageRow copy) {
        List<SeenMessage> waits = database.store().look(endpoint, Positions.TIMER, Positions.TIMER, 1);
        return !waits.isEmpty() && copy.queuingOrder() < waits.get(0).row().queuingOrder();
    }

    Iterator<Object[]> transmissionQueue() {
        return new Rows(new Portions<>(database.table(), database.catalog(), this::waiting));
    }

    private Part waiting(Endpoint endpoint, CatalogSnapshot catalog) {
        if (endpoint.nextOut() == 0 || database.table().endpoint(endpoint.far()) != null) {
            return null;
        }
        Transit transit = endpoint.transit();
        Stretch.Place place = new Stretch.Waiting(endpoint.far());
        Deque<Stretch> stretches = new ArrayDeque<>();
        if (endpoint.stage() == Stage.ENDED_WITH_ERROR) {
            stretches.add(new Stretch(place, Positions.FAR_ERROR, Positions.FAR_ERROR, message -> READY));
        }
        long confirmed = transit == null ? Positions.FIRST : transit.confirmed();
        if (confirmed < endpoint.nextOut()) {
            stretches.add(new Stretch(place, confirmed, endpoint.nextOut() - 1, message -> READY));
        }
        EndpointRow row = endpoint.begun();
        String from = catalog.service(endpoint.group().service()).name();
        String contract = catalog.contract(row.contract()).name();
        UUID far = transit == null || transit.farBroker() == null ? row.farBroker() : transit.farBroker();
        String broker = far == null ? null : far.toString();
        String why = Station.status(endpoint);
        return new Part(stretches, (status, message, type, body) -> new Object[] {
            row.handle(),
            row.farService(),
            broker,
            from,
            contract,
            message.enqueued(),
            message.sequence(),
            type.name(),
            type.id() == MessageType.ERROR,
            type.id() == MessageType.END_DIALOG,
            body,
            why,
            row.priority()
        });
    }

    /** The messages of one part after the other, some at a time. */
    private final class Rows implements Iterator<Object[]> {

        private final Store store = database.store();
        private final Iterator<Part> parts;
        private Part part;
        private Iterator<Object[]> rows = List.<Object[]>of().iterator();

        Rows(Iterator<Part> parts) {
            this.parts = parts;
        }

        @Override
        public boolean hasNext() {
            while (!rows.hasNext()) {
                if (part != null && !part.stretches().isEmpty()) {
                    rows = look(part.stretches().poll()).iterator();
                } else if (parts.hasNext()) {
                    part = parts.next();
                } else {
                    return false;
                }
            }
            return true;
        }

        private List<Object[]> look(Stretch stretch) {
            List<SeenMessage> found = stretch.place().look(store, stretch.from(), stretch.to(), PORTION);
            if (found.size() == PORTION) {
                long last = stretch.place().key(found.get(PORTION - 1).row());
                if (last < stretch.to()) {
                    part.stretches().addFirst(new Stretch(stretch.place(), last + 1, stretch.to(), stretch.status()));
                }
            }
            CatalogSnapshot catalog = database.catalog().snapshot();
            List<Object[]> shown = new ArrayList<>(found.size());
            for (SeenMessage message : found) {
                MessageRow row = message.row();
                int status = stretch.status().of(row);
                if (status != Stretch.HIDDEN) {
                    Body body = message.bodyApart() ? () -> stretch.place().body(store, row) : row::body;
                    shown.add(part.maker().row(status, row, catalog.messageType(row.type()), body));
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
