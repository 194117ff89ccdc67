package org.parley.engine.routing;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.parley.engine.catalog.BodyCheck;
import org.parley.engine.catalog.BodyCheck.Violation;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.DatabaseCatalog;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.catalog.Service;
import org.parley.engine.conversation.Effect;
import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.Journal;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.security.ForeignDelivery;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreTransaction;
import org.parley.spi.BrokerEvent.Conversation.Step;

/**
 * Begins the target side of a conversation whose messages had to wait for their service. The checks are those of
 * service-broker.md, section 10; a refusal becomes an Error at the initiator.
 */
final class FirstDelivery {

    private final Aftercare aftercare;
    private final Store store;
    private final EndpointTable table;
    private final DatabaseCatalog catalog;
    private final BodyCheck bodies;

    FirstDelivery(Aftercare aftercare, Store store, EndpointTable table, DatabaseCatalog catalog, BodyCheck bodies) {
        this.aftercare = aftercare;
        this.store = store;
        this.table = table;
        this.catalog = catalog;
        this.bodies = bodies;
    }

    /** Delivers what waits, if its service is there; the initiator's group is held. */
    void deliver(Endpoint initiator) {
        CatalogSnapshot definitions = catalog.snapshot();
        if (initiator.stage() == Stage.ENDED_WITH_ERROR) {
            // an Error can't be the first message, and what stood before it is dropped
            giveUp(initiator);
            return;
        }
        Endpoint target = table.locked(() -> table.endpoint(initiator.far()));
        Optional<Service> service = definitions.service(initiator.begun().farService());
        if (target != null || initiator.nextOut() == 0) {
            table.locked(() -> table.staysHere(initiator));
            return;
        }
        if (service.isEmpty() || waitsForQueue(initiator, service.get())) {
            return;
        }
        if (!service.get().accepts(initiator.begun().contract())) {
            refuse(
                    initiator,
                    8408,
                    "Service '" + service.get().name() + "' does not accept dialogs on contract '"
                            + definitions.contract(initiator.begun().contract()).name() + "'.");
            return;
        }
        Optional<ForeignDelivery.Refused> denied = ForeignDelivery.judge(
                definitions.principals(),
                initiator.begun().service(),
                service.get().id(),
                service.get().name());
        if (denied.isPresent()) {
            refuse(initiator, denied.get().number(), denied.get().reason());
            return;
        }
        List<MessageRow> waiting =
                store.peek(initiator.far(), Positions.FIRST, initiator.nextOut() - 1, Integer.MAX_VALUE);
        Optional<Violation> violation = Optional.empty();
        int good = 0;
        while (good < waiting.size() && violation.isEmpty()) {
            MessageRow row = waiting.get(good);
            violation = judge(definitions.messageType(row.type()), row);
            good += violation.isEmpty() ? 1 : 0;
        }
        if (good == 0 && violation.isPresent()) {
            refuse(initiator, violation.get().number(), violation.get().reason());
        } else {
            begin(initiator, service.get(), definitions, new Delivered(waiting.subList(0, good), violation));
        }
    }

    private Optional<Violation> judge(MessageType type, MessageRow row) {
        return row.bodyApart()
                ? bodies.judge(type, row.length(), store.peekBody(row)::open)
                : bodies.judge(type, row.body());
    }

    /** Section 10: a queue that is off comes before all checks; and an initiator whose own is off doesn't tell its end. */
    private boolean waitsForQueue(Endpoint initiator, Service target) {
        return table.locked(() -> {
            QueueIndex there = table.queue(target.queue());
            boolean off = !there.on();
            if ((off || QueueOff.holdsEnd(initiator)) && initiator.transit() != null) {
                QueueIndex awaited = off ? there : initiator.group().queue();
                initiator.transit().waits(off ? QueueOff.status(there) : QueueOff.endStatus(awaited));
                aftercare.station().whenOn(initiator, awaited, () -> aftercare.deliverHere(initiator.id()));
                return true;
            }
            return false;
        });
    }

    /** What arrives, and why what follows doesn't: both sides hear of that, as when the target is there already. */
    private record Delivered(List<MessageRow> messages, Optional<Violation> violation) {

        long end() {
            return messages.get(messages.size() - 1).position() + 1;
        }
    }

    private void refuse(Endpoint initiator, int number, String reason) {
        if (initiator.state().own().over()) {
            giveUp(initiator);
            return;
        }
        long last = initiator.nextOut() - 1;
        aftercare.fail(
                initiator,
                new Refusal(number, reason, Step.BROKER_INITIATED_ERROR),
                tx -> tx.deleteMessages(initiator.far(), Positions.FIRST, last));
        table.locked(() -> {
            table.journal().transmitted(last + 1);
            table.staysHere(initiator);
        });
    }

    /** The initiator has ended and its messages can't be delivered: nothing of the conversation is left. */
    void giveUp(Endpoint initiator) {
        aftercare.inStore(
                tx -> {
                    tx.deleteMessages(initiator.far(), Positions.FAR_ERROR, initiator.nextOut() - 1);
                    tx.deleteTransit(initiator.id());
                    tx.clearTimer(initiator.id());
                    tx.deleteEndpoint(initiator.id());
                },
                () -> {
                    long deleted = initiator.transit() == null
                            ? 0
                            : initiator.transit().acknowledged();
                    int error = initiator.stage() == Stage.ENDED_WITH_ERROR ? 1 : 0;
                    table.journal().transmitted(initiator.nextOut() - deleted + error);
                    table.remove(initiator);
                });
    }

    private void begin(Endpoint initiator, Service service, CatalogSnapshot definitions, Delivered delivered) {
        EndpointRow from = initiator.begun();
        String client = definitions.service(from.service()).name();
        EndpointRow row = new EndpointRow(
                initiator.far(),
                UUID.randomUUID(),
                from.conversationId(),
                service.id(),
                from.contract(),
                UUID.randomUUID(),
                client,
                null,
                from.encrypted(),
                definitions.priority(from.contract(), service.id(), client),
                from.lifetime(),
                Stage.OPEN,
                Positions.FIRST);
        Group group = table.locked(() -> {
            Group made = table.group(row.group(), service.id());
            made.hold(EngineHold.INSTANCE);
            return made;
        });
        try {
            if (!catalog.snapshot().has(service.id())) {
                return;
            }
            long order = aftercare.nextOrder();
            Endpoint target = new Endpoint(row, group, EndpointState.CONVERSING, 0);
            aftercare.inStore(
                    tx -> {
                        tx.insertEndpoint(row);
                        delivered
                                .violation()
                                .ifPresent(violation -> writeErrors(tx, initiator, delivered, violation, order));
                    },
                    () -> arrive(initiator, target, delivered, order));
        } finally {
            table.locked(() -> {
                group.free();
                table.discardIfUnused(group);
            });
        }
    }

    private void writeErrors(
            StoreTransaction tx, Endpoint initiator, Delivered delivered, Violation violation, long order) {
        tx.deleteMessages(initiator.far(), delivered.end(), initiator.nextOut() - 1);
        tx.insertMessage(aftercare.errorRow(
                initiator.far(), Positions.FAR_ERROR, order, violation.numberThere(), violation.reason()));
        if (hears(initiator)) {
            tx.insertMessage(aftercare.errorRow(
                    initiator.id(), Positions.BROKER_ERROR, order, violation.number(), violation.reason()));
        }
    }

    private static boolean hears(Endpoint initiator) {
        return EndpointMachine.apply(initiator.state(), Event.ERROR_ARRIVES) instanceof Transition.Move move
                && move.effects().contains(Effect.ENQUEUE);
    }

    private void arrive(Endpoint initiator, Endpoint target, Delivered delivered, long order) {
        Journal journal = table.journal();
        table.add(target);
        target.arriveUpTo(delivered.end(), delivered.messages().get(0).queuingOrder());
        boolean whole = delivered.violation().isEmpty();
        boolean ends = whole && initiator.state().own() == Own.ENDING;
        journal.began(target);
        journal.transmitted(initiator.nextOut());
        journal.arrived(target, Positions.FIRST, ends ? delivered.end() - 1 : delivered.end());
        if (!whole) {
            aftercare.hearError(target, Positions.FAR_ERROR, order, Step.RECEIVED_BROKER_ERROR_MESSAGE);
            if (hears(initiator)) {
                aftercare.hearError(initiator, Positions.BROKER_ERROR, order, Step.BROKER_INITIATED_ERROR);
            }
            initiator.sentUpTo(delivered.end());
        }
        if (ends) {
            move(target, Event.END_ARRIVES);
            journal.heard(target, Step.RECEIVED_END_CONVERSATION);
        }
        if (initiator.state().own() == Own.ENDING) {
            move(initiator, Event.ACKNOWLEDGED);
            journal.acknowledged(initiator);
        }
        aftercare.begun(target);
        table.staysHere(initiator);
    }

    private static void move(Endpoint endpoint, Event event) {
        if (EndpointMachine.apply(endpoint.state(), event) instanceof Transition.Move moved) {
            endpoint.become(moved.next(), endpoint.stage());
        }
    }
}
