package org.parley.engine.sight;

import java.util.ArrayDeque;
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
    private static final int READY = 1;

    /** Has arrived before an earlier one. */
    private static final int EARLY = 2;

    private final OpenDatabase database;

    MessageViews(OpenDatabase database) {
        this.database = database;
    }

    /** Messages of one endpoint that a view shows: committed ranges, and how a message becomes a row. */
    private record Part(long endpoint, Deque<long[]> ranges, RowMaker maker) {}

    /** Makes a row of a message. */
    @FunctionalInterface
    private interface RowMaker {
        Object[] row(MessageRow message, MessageType type, Body body);
    }

    Iterator<Object[]> queue(int id) {
        return new Rows(new Portions<>(
                database.table(), database.catalog(), (endpoint, catalog) -> received(endpoint, catalog, id)));
    }

    private static Part received(Endpoint endpoint, CatalogSnapshot catalog, int queue) {
        if (endpoint.group().queue().id() != queue || endpoint.state().own().over()) {
            return null;
        }
        Deque<long[]> ranges = new ArrayDeque<>();
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (endpoint.waits(position)) {
                ranges.add(new long[] {position, position});
            }
        }
        if (endpoint.arrived() > endpoint.received()) {
            ranges.add(new long[] {endpoint.received(), endpoint.arrived() - 1});
        }
        if (endpoint.transit() != null) {
            endpoint.transit().early().keySet().forEach(position -> ranges.add(new long[] {position, position}));
        }
        long arrived = endpoint.arrived();
        EndpointRow row = endpoint.begun();
        Service service = catalog.service(endpoint.group().service());
        String contract = catalog.contract(row.contract()).name();
        UUID group = endpoint.group().id();
        return new Part(endpoint.id(), ranges, (message, type, body) -> new Object[] {
            message.position() < arrived ? READY : EARLY,
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

    Iterator<Object[]> transmissionQueue() {
        return new Rows(new Portions<>(database.table(), database.catalog(), this::waiting));
    }

    private Part waiting(Endpoint endpoint, CatalogSnapshot catalog) {
        if (endpoint.nextOut() == 0 || database.table().endpoint(endpoint.far()) != null) {
            return null;
        }
        Transit transit = endpoint.transit();
        Deque<long[]> ranges = new ArrayDeque<>();
        if (endpoint.stage() == Stage.ENDED_WITH_ERROR) {
            ranges.add(new long[] {Positions.FAR_ERROR, Positions.FAR_ERROR});
        }
        long confirmed = transit == null ? Positions.FIRST : transit.confirmed();
        if (confirmed < endpoint.nextOut()) {
            ranges.add(new long[] {confirmed, endpoint.nextOut() - 1});
        }
        EndpointRow row = endpoint.begun();
        String from = catalog.service(endpoint.group().service()).name();
        String contract = catalog.contract(row.contract()).name();
        UUID far = transit == null || transit.farBroker() == null ? row.farBroker() : transit.farBroker();
        String broker = far == null ? null : far.toString();
        String status = Station.status(endpoint);
        return new Part(endpoint.far(), ranges, (message, type, body) -> new Object[] {
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
            status,
            row.priority()
        });
    }

    /** The messages of one part after the other, some at a time. */
    private final class Rows implements Iterator<Object[]> {

        private final Store store = database.store();
        private final Iterator<Part> parts;
        private Part part;
        private Iterator<SeenMessage> seen = List.<SeenMessage>of().iterator();

        Rows(Iterator<Part> parts) {
            this.parts = parts;
        }

        @Override
        public boolean hasNext() {
            while (!seen.hasNext()) {
                if (part != null && !part.ranges().isEmpty()) {
                    seen = look(part.ranges().poll()).iterator();
                } else if (parts.hasNext()) {
                    part = parts.next();
                } else {
                    return false;
                }
            }
            return true;
        }

        private List<SeenMessage> look(long[] range) {
            List<SeenMessage> found = store.look(part.endpoint(), range[0], range[1], PORTION);
            if (found.size() == PORTION) {
                long last = found.get(PORTION - 1).row().position();
                if (last < range[1]) {
                    part.ranges().addFirst(new long[] {last + 1, range[1]});
                }
            }
            return found;
        }

        @Override
        public Object[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            SeenMessage message = seen.next();
            MessageRow row = message.row();
            Body body = message.bodyApart() ? () -> store.lookAtBody(row.endpoint(), row.position()) : row::body;
            return part.maker().row(row, database.catalog().snapshot().messageType(row.type()), body);
        }
    }
}
