package org.parley.engine.session;

import java.util.ArrayList;
import java.util.List;
import org.parley.Message;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;
import org.parley.spi.Counter;

/**
 * The messages that a reader will receive from the group it has claimed: read once before its transaction, so that the
 * reader knows which method takes them, and deleted inside it by the same bounds. The claim keeps everybody else away.
 */
public final class ClaimedMessages {

    private final OpenDatabase database;
    private final Group group;
    private final List<Part> parts = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();

    /** Bodies that are read where they lie. */
    private List<ReceivedBody> bodies = List.of();

    /** What is taken from one endpoint: messages that overtake, and a range of those in order, maybe empty. */
    private record Part(Endpoint endpoint, List<Long> overtaking, MessagesInOrder inOrder, List<MessageRow> rows) {}

    private ClaimedMessages(OpenDatabase database, Group group) {
        this.database = database;
        this.group = group;
    }

    /** Reads at most so many messages of a claimed group, outside any transaction. */
    public static ClaimedMessages peek(OpenDatabase database, Group group, int most) {
        ClaimedMessages claimed = new ClaimedMessages(database, group);
        List<Endpoint> endpoints = database.table()
                .locked(() -> group.endpoints().stream()
                        .filter(Endpoint::receivable)
                        .sorted(Endpoint.IN_A_GROUP)
                        .toList());
        for (Endpoint endpoint : endpoints) {
            if (claimed.messages.size() < most) {
                claimed.peek(endpoint, most);
            }
        }
        return claimed;
    }

    private void peek(Endpoint endpoint, int most) {
        CatalogSnapshot catalog = database.catalog().snapshot();
        List<Long> overtaking = new ArrayList<>();
        MessagesInOrder inOrder = database.table().locked(() -> {
            for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
                if (endpoint.waits(position) && messages.size() + overtaking.size() < most) {
                    overtaking.add(position);
                }
            }
            return new MessagesInOrder(
                    database.table().handover(),
                    endpoint.id(),
                    endpoint.received(),
                    endpoint.arrived() - 1,
                    most - messages.size() - overtaking.size());
        });
        List<MessageRow> first = overtaking.isEmpty() ? List.of() : peek(endpoint, overtaking);
        inOrder.readFrom(database.store()::peek);
        List<MessageRow> rows = first.isEmpty() ? inOrder.rows() : joined(first, inOrder.rows());
        add(new Part(endpoint, overtaking, inOrder, rows), catalog);
    }

    private List<MessageRow> peek(Endpoint endpoint, List<Long> positions) {
        List<MessageRow> rows = new ArrayList<>();
        for (long position : positions) {
            rows.addAll(database.store().peekWhole(endpoint.id(), position, position, 1));
        }
        return rows;
    }

    private static List<MessageRow> joined(List<MessageRow> first, List<MessageRow> second) {
        List<MessageRow> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private void add(Part part, CatalogSnapshot catalog) {
        parts.add(part);
        EndpointRow endpoint = part.endpoint().begun();
        for (MessageRow row : part.rows()) {
            messages.add(ReceiveStatement.message(endpoint, row, row.bodyApart() ? streamed(row) : null, catalog));
        }
    }

    private ReceivedBody streamed(MessageRow row) {
        if (bodies.isEmpty()) {
            bodies = new ArrayList<>();
        }
        ReceivedBody body = new ReceivedBody(database, row, null);
        bodies.add(body);
        return body;
    }

    /** The messages, in the order in which they are received. */
    public List<Message> messages() {
        return messages;
    }

    /** Whether receiving them would move an endpoint on, though it may be over nothing. */
    public boolean passesOver() {
        return parts.stream()
                .anyMatch(part -> !part.inOrder().none() || !part.overtaking().isEmpty());
    }

    /** The reader claims them no more: what it has not received it can't read either. */
    public void end() {
        bodies.forEach(ReceivedBody::end);
    }

    /** Receives them in a branch of the reader. */
    public void take(Branch branch) {
        database.count(Counter.RECEIVES);
        branch.work(() -> {
            if (!database.table().locked(() -> hold(branch))) {
                throw new IllegalStateException("Group " + group.id() + " is not held by its reader.");
            }
            for (Part part : parts) {
                take(branch, part);
            }
            if (!bodies.isEmpty()) {
                bodies.forEach(body -> body.receivedBy(branch));
            }
            branch.received(group);
            return null;
        });
    }

    private boolean hold(Branch branch) {
        group.queue().received(false, false);
        return branch.held().tryHold(group);
    }

    private void take(Branch branch, Part part) {
        Draft draft = database.table().locked(() -> branch.draft(part.endpoint()));
        Retention.received(branch, draft, part.rows());
        for (long position : part.overtaking()) {
            branch.store().deleteMessages(part.endpoint().id(), position, position);
            draft.take(position);
        }
        MessagesInOrder inOrder = part.inOrder();
        if (!inOrder.none()) {
            inOrder.delete(branch.store(), draft, true);
            draft.takeUpTo(inOrder.end(), inOrder.nextOrder());
        }
    }
}
