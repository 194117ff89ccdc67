package org.parley.engine.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.function.Predicate;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.catalog.Queue;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.fault.Fault;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.GroupHolder;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;
import org.parley.spi.BrokerClock;
import org.parley.spi.Counter;

/** RECEIVE and GET CONVERSATION GROUP, waiting or not; service-broker.md, sections 5.3, 5.4 and 5.8. */
final class ReceiveStatement {

    private final OpenDatabase database;
    private final EndpointAccess endpoints;

    ReceiveStatement(OpenDatabase database, EndpointAccess endpoints) {
        this.database = database;
        this.endpoints = endpoints;
    }

    List<Message> run(Branch branch, Receive request, boolean streamed) {
        QueueIndex queue = queue(request.queue());
        database.count(Counter.RECEIVES);
        Group group = database.table().locked(() -> awaitGroup(branch, queue, request, false));
        return group == null ? List.of() : take(branch, group, request.conversation(), request.top(), streamed);
    }

    Optional<UUID> getGroup(Branch branch, String queueName, Duration waiting) {
        QueueIndex queue = queue(queueName);
        Receive request = Receive.from(queueName).waiting(waiting);
        Group group = database.table().locked(() -> {
            Group next = awaitGroup(branch, queue, request, true);
            if (next != null) {
                branch.told().add(next);
            }
            return next;
        });
        return Optional.ofNullable(group).map(Group::id);
    }

    /** Receives from a group that the branch holds, whether it is offered to others or not. */
    List<Message> takeFrom(Branch branch, Group held, int most) {
        boolean any = database.table().locked(() -> receivable(branch, held, null));
        return any ? take(branch, held, null, most, false) : List.of();
    }

    private QueueIndex queue(String name) {
        Queue queue = database.catalog().snapshot().queue(name).orElseThrow(() -> Errors.unknownQueue(database, name));
        QueueIndex index = database.table().locked(() -> database.table().queue(queue.id()));
        if (index == null) {
            throw Errors.unknownQueue(database, name);
        }
        return index;
    }

    private Group awaitGroup(Branch branch, QueueIndex queue, Receive request, boolean collecting) {
        Group group = awaitGroupOrNull(branch, queue, request, collecting);
        queue.received(names(request), group == null);
        return group;
    }

    private static boolean names(Receive request) {
        return request.group() != null || request.conversation() != null;
    }

    private Group awaitGroupOrNull(Branch branch, QueueIndex queue, Receive request, boolean collecting) {
        Wait wait = null;
        try {
            while (true) {
                branch.checkActive();
                if (!queue.on()) {
                    throw Errors.queueOff(queue.name());
                }
                // a group given is the one taken, though a better one may be free by now: one RECEIVE holds one group
                Group group =
                        wait != null && wait.given != null ? wait.given : pick(branch, queue, request, collecting);
                if (group != null) {
                    return group;
                }
                if (request.waiting() != null && request.waiting().isZero() || wait != null && wait.timedOut) {
                    return null;
                }
                if (wait == null) {
                    wait = new Wait(branch, queue, request);
                }
                checkMessageCanCome(branch, request);
                wait.sleep();
            }
        } finally {
            if (wait != null) {
                wait.end();
            }
        }
    }

    /** To a conversation whose own side has ended nothing comes any more: nobody may wait for that. */
    private void checkMessageCanCome(Branch branch, Receive request) {
        Endpoint named =
                request.conversation() == null ? null : database.table().endpoint(request.conversation());
        if (named != null) {
            Draft draft = branch.draftIfAny(named.id());
            if (draft == null ? named.state().own().over() : draft.state().own().over()) {
                throw Errors.unknownHandle(database, request.conversation());
            }
        }
    }

    private Group pick(Branch branch, QueueIndex queue, Receive request, boolean collecting) {
        if (request.conversation() != null) {
            Group group = ofConversation(branch, queue, request.conversation());
            return group != null
                            && receivable(branch, group, request.conversation())
                            && branch.held().tryHold(group)
                    ? group
                    : null;
        }
        if (request.group() != null) {
            Group group = database.table().group(request.group());
            if (group == null || group.queue() != queue) {
                throw new BrokerException(
                        8436,
                        "Conversation group " + request.group() + " does not exist in queue '" + queue.name() + "'.");
            }
            return receivable(branch, group, null) && branch.held().tryHold(group) ? group : null;
        }
        Group best = queue.first();
        boolean another = collecting && best != null;
        for (Group held : branch.held().groups()) {
            if (another && branch.told().contains(held)) {
                // several calls collect several groups; section 5.4
                continue;
            }
            if (held.queue() == queue
                    && !queue.keepsBack(held)
                    && receivable(branch, held, null)
                    && (best == null || !best.before(held))) {
                best = held;
            }
        }
        return best != null && branch.held().tryHold(best) ? best : null;
    }

    /** The group of a conversation of this queue; null when this branch has begun it and so has nothing to receive. */
    private Group ofConversation(Branch branch, QueueIndex queue, UUID handle) {
        for (Draft draft : branch.drafts()) {
            if (draft.committed() == null && draft.begun().handle().equals(handle)) {
                return null;
            }
        }
        Endpoint endpoint = endpoints.find(handle);
        if (endpoint.group().queue() != queue) {
            throw new BrokerException(
                    8426,
                    "Conversation " + handle + " belongs to queue '"
                            + endpoint.group().queue().name() + "'; it can't be received from queue '" + queue.name()
                            + "'.");
        }
        Draft draft = branch.draftIfAny(endpoint.id());
        return draft == null ? endpoint.group() : draft.group();
    }

    private boolean receivable(Branch branch, Group group, UUID only) {
        for (Endpoint endpoint : branch.endpointsOf(group)) {
            if (only != null && !endpoint.handle().equals(only)) {
                continue;
            }
            Draft draft = branch.draftIfAny(endpoint.id());
            if (draft == null ? endpoint.receivable() : draft.receivable()) {
                return true;
            }
        }
        return false;
    }

    private List<Message> take(Branch branch, Group group, UUID only, int most, boolean streamed) {
        FaultPoint.RECEIVE_HELD.reach();
        List<Draft> drafts = database.table().locked(() -> drafts(branch, group, only));
        CatalogSnapshot catalog = database.catalog().snapshot();
        List<Message> messages = new ArrayList<>();
        for (Draft draft : drafts) {
            if (messages.size() < most && !draft.state().own().over()) {
                takeOvertaking(branch, draft, most, catalog, messages);
                takeInOrder(branch, draft, most, streamed, catalog, messages);
            }
        }
        if (!messages.isEmpty()) {
            branch.received(group);
            database.table().locked(() -> branch.told().remove(group));
        }
        return messages;
    }

    private static List<Draft> drafts(Branch branch, Group group, UUID only) {
        List<Endpoint> endpoints = branch.endpointsOf(group);
        endpoints.sort(Endpoint.IN_A_GROUP);
        List<Draft> drafts = new ArrayList<>(endpoints.size());
        for (Endpoint endpoint : endpoints) {
            if (only == null || endpoint.handle().equals(only)) {
                drafts.add(branch.draft(endpoint));
            }
        }
        return drafts;
    }

    private void takeOvertaking(Branch branch, Draft draft, int most, CatalogSnapshot catalog, List<Message> messages) {
        for (long position = Positions.TIMER; position < Positions.FIRST && messages.size() < most; position++) {
            long at = position;
            if (database.table().locked(() -> draft.waits(at))) {
                List<MessageRow> rows =
                        branch.store().readMessages(draft.begun().id(), at, at, 1);
                FaultPoint.RECEIVE_OVERTAKING_READ.reach();
                rows.forEach(row -> messages.add(loaded(branch, draft, row, catalog)));
                Retention.received(branch, draft, rows);
                branch.store().deleteMessages(draft.begun().id(), at, at);
                FaultPoint.RECEIVE_OVERTAKING_DELETED.reach();
                draft.take(at);
            }
        }
    }

    private void takeInOrder(
            Branch branch, Draft draft, int most, boolean streamed, CatalogSnapshot catalog, List<Message> messages) {
        MessagesInOrder next = database.table()
                .locked(() -> new MessagesInOrder(
                        database.table().handover(),
                        draft.begun().id(),
                        draft.received(),
                        draft.arrived() - (Fault.BOUND_SKIPPED.isPlanted() ? 0 : 1),
                        most - messages.size()));
        if (next.none()) {
            return;
        }
        next.readFrom(branch.store()::readMessages);
        FaultPoint.RECEIVE_READ.reach();
        for (MessageRow row : next.rows()) {
            messages.add(
                    streamed && row.bodyApart()
                            ? message(draft.begun(), row, new ReceivedBody(database, row, branch), catalog)
                            : loaded(branch, draft, row, catalog));
        }
        Retention.received(branch, draft, next.rows());
        next.delete(branch.store(), draft, streamed);
        FaultPoint.RECEIVE_DELETED.reach();
        draft.takeUpTo(next.end(), next.nextOrder());
        FaultPoint.RECEIVE_COUNTED.reach();
    }

    private static Message loaded(Branch branch, Draft draft, MessageRow row, CatalogSnapshot catalog) {
        MessageRow whole =
                row.bodyApart() ? row.with(branch.store().bodies().of(row).bytes()) : row;
        return message(draft.begun(), whole, null, catalog);
    }

    static Message message(EndpointRow endpoint, MessageRow row, ReceivedBody streamed, CatalogSnapshot catalog) {
        MessageType type = catalog.messageType(row.type());
        return new Message(
                endpoint.handle(),
                endpoint.group(),
                row.sequence(),
                catalog.service(endpoint.service()).name(),
                catalog.contract(endpoint.contract()).name(),
                type.name(),
                row.body(),
                row.queuingOrder(),
                endpoint.priority(),
                Instant.ofEpochMilli(row.enqueued()),
                endpoint.service(),
                endpoint.contract(),
                row.type(),
                type.validation(),
                streamed);
    }

    /** A statement that waits for a group, first come, first served. */
    private final class Wait implements QueueIndex.Waiter {

        private final Branch branch;
        private final QueueIndex queue;
        private final Receive request;
        private final Condition changed = database.table().lock().newCondition();
        private BrokerClock.Alarm alarm = () -> {};
        private boolean queued;
        private boolean timedOut;
        private Group given;

        Wait(Branch branch, QueueIndex queue, Receive request) {
            this.branch = branch;
            this.queue = queue;
            this.request = request;
            if (request.waiting() != null) {
                BrokerClock clock = database.context().clock();
                alarm = clock.at(
                        clock.instant().plus(request.waiting()),
                        () -> database.table().locked(this::timeOut));
            }
            branch.waiting().begin(changed::signal);
        }

        private void timeOut() {
            timedOut = true;
            changed.signal();
        }

        void sleep() {
            if (!queued) {
                queued = true;
                queue.await(this);
            }
            try {
                changed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BrokerException(
                        ErrorNumbers.LOCK_TIMEOUT, "The wait for queue '" + queue.name() + "' was interrupted.", e);
            }
        }

        void end() {
            alarm.cancel();
            branch.waiting().end();
            queue.giveUp(this);
        }

        @Override
        public Predicate<Group> wants() {
            return group -> request.group() != null
                    ? group.id().equals(request.group())
                    : request.conversation() == null || receivable(branch, group, request.conversation());
        }

        @Override
        public boolean names() {
            return ReceiveStatement.names(request);
        }

        @Override
        public GroupHolder holder() {
            return branch;
        }

        @Override
        public void served(Group group) {
            queued = false;
            given = group;
            branch.held().nowHolds(group);
            changed.signal();
        }

        @Override
        public void ownGroupChanged() {
            changed.signal();
        }

        @Override
        public void gone(UUID conversationOrGroup) {
            if (conversationOrGroup.equals(request.conversation()) || conversationOrGroup.equals(request.group())) {
                changed.signal();
            }
        }

        @Override
        public void queueOff() {
            queued = false;
            changed.signal();
        }
    }
}
