package org.parley.engine.database;

import java.util.UUID;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.routing.QueueOff;
import org.parley.engine.routing.Station;
import org.parley.engine.store.Positions;
import org.parley.engine.store.Store;

/** GET_TRANSMISSION_STATUS; service-broker.md, sections 4.4 and 19. */
final class TransmissionStatus {

    private final String database;
    private final EndpointTable table;
    private final Store store;

    TransmissionStatus(String database, EndpointTable table, Store store) {
        this.database = database;
        this.table = table;
        this.store = store;
    }

    /** The newest message for a side of this database whose queue is off. */
    private record Newest(long endpoint, long position, QueueIndex queue) {}

    String of(UUID handle) {
        String way = table.locked(() -> {
            Endpoint endpoint = table.endpoint(handle);
            return endpoint == null ? "" : waiting(endpoint);
        });
        if (!way.isEmpty()) {
            return way;
        }
        Newest newest = table.locked(() -> newest(table.endpoint(handle)));
        // memory knows how many wait, not since when
        boolean heldBack = newest != null
                && store.look(newest.endpoint(), newest.position(), newest.position(), 1).stream()
                        .anyMatch(message -> newest.queue().holdsBack(message.queuingOrder()));
        return heldBack ? QueueOff.status(newest.queue()) : "";
    }

    private String waiting(Endpoint endpoint) {
        return table.heldBack().has(endpoint)
                ? "9791: The broker is disabled in the sender's database '" + database + "'."
                : Station.status(endpoint);
    }

    private Newest newest(Endpoint sender) {
        Endpoint far = sender == null ? null : table.endpoint(sender.far());
        if (far == null || far.group().queue().on() || far.state().own().over()) {
            return null;
        }
        if (far.waits(Positions.FAR_ERROR)) {
            return new Newest(far.id(), Positions.FAR_ERROR, far.group().queue());
        }
        return far.arrived() > far.received()
                ? new Newest(far.id(), far.arrived() - 1, far.group().queue())
                : null;
    }
}
