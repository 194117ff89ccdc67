package org.parley.engine.session;

import java.util.List;
import org.parley.engine.fault.Fault;
import org.parley.engine.queue.Handover;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.tx.Draft;

/**
 * The messages that an endpoint gives next, but for those that overtake: from memory when that has all of them, else from the
 * table. They stand for a range of positions, which is deleted as a whole.
 */
final class MessagesInOrder {

    private final long endpoint;
    private final long from;
    private final long to;
    private final int most;
    private final boolean handedOver;
    /** One more than are given, if there is one: its order tells where the group stands in the queue afterwards. */
    private List<MessageRow> found;

    /** Where rows are read, as {@link StoreTransaction#readMessages} does. */
    @FunctionalInterface
    interface Table {
        List<MessageRow> read(long endpoint, long from, long to, int most);
    }

    /**
     * Those of an endpoint that the caller holds. Under the table's lock.
     *
     * @param from first position that was not received
     * @param to last position that has arrived
     * @param most how many are wanted
     */
    MessagesInOrder(Handover memory, long endpoint, long from, long to, int most) {
        this.endpoint = endpoint;
        this.from = from;
        this.to = to;
        this.most = most;
        this.found = none() ? List.of() : memory.take(endpoint, from, to, most);
        this.handedOver = found != null;
    }

    /** Whether nothing has arrived, or nothing is wanted. */
    boolean none() {
        return to < from || most <= 0;
    }

    /** Reads what memory didn't have. Outside the table's lock. */
    void readFrom(Table table) {
        if (!handedOver) {
            found = table.read(endpoint, from, to, most == Integer.MAX_VALUE ? most : most + 1);
        }
    }

    /** The messages; fewer than positions only where the store has lost some. */
    List<MessageRow> rows() {
        return more() && !Fault.ONE_MORE_THAN_TOP.isPlanted() ? found.subList(0, most) : found;
    }

    private boolean more() {
        return found.size() > most;
    }

    /** The position behind the range. */
    long end() {
        return (more() ? found.get(most - 1).position() : to) + 1;
    }

    /** Queuing order of the message that comes next, or one that a next message may have. */
    long nextOrder() {
        long last = found.isEmpty() ? 0 : found.get(found.size() - 1).queuingOrder();
        return more() ? last : last + 1;
    }

    /**
     * Deletes the range.
     *
     * @param streamed whether bodies that lie apart stay until the branch ends
     */
    void delete(StoreTransaction store, Draft draft, boolean streamed) {
        long last = end() - 1;
        boolean apart = anyApart();
        int deleted = apart && !streamed
                ? store.deleteMessages(endpoint, from, last)
                : store.takeMessages(endpoint, from, last);
        if (apart && streamed) {
            draft.streams(from, last);
        }
        if (handedOver && deleted != end() - from) {
            // memory that isn't what the table has is not to be trusted: this has it read anew
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "Memory had all messages of endpoint " + endpoint + " from position " + from + " to " + last
                            + ", the table had " + deleted + " of them",
                    null);
        }
    }

    private boolean anyApart() {
        List<MessageRow> rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).bodyApart()) {
                return true;
            }
        }
        return false;
    }
}
