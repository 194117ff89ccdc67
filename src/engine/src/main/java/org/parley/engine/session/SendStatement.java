package org.parley.engine.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.engine.catalog.BodyCheck;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Contract;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.catalog.Service;
import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.Handover;
import org.parley.engine.security.ForeignDelivery;
import org.parley.engine.store.Bodies;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Pieces;
import org.parley.engine.store.Positions;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;
import org.parley.spi.Counter;

/**
 * SEND; service-broker.md, section 5.2. What is wrong at the receiving side never fails the statement: it comes back as
 * an Error message (section 10), written in the same transaction.
 */
final class SendStatement {

    private final OpenDatabase database;
    private final EndpointAccess endpoints;

    SendStatement(OpenDatabase database, EndpointAccess endpoints) {
        this.database = database;
        this.endpoints = endpoints;
    }

    void run(Branch branch, UUID handle, String typeName, byte[] body) {
        Draft draft = endpoints.hold(branch, handle);
        Allowed allowed = check(draft, typeName);
        database.count(Counter.SENDS);
        send(branch, draft, allowed, body, length(body));
    }

    private static int length(byte[] body) {
        return body == null ? 0 : body.length;
    }

    /** A body that is long lies at its place before it is known whether it is sent: it may have to be judged as a whole. */
    void run(Branch branch, UUID handle, String typeName, GivenStream given) {
        Draft draft = endpoints.hold(branch, handle);
        Allowed allowed = check(draft, typeName);
        if (given.isShort()) {
            byte[] body = given.bytes();
            database.count(Counter.SENDS);
            send(branch, draft, allowed, body, body.length);
            return;
        }
        Bodies bodies = branch.store().bodies();
        long far = draft.begun().far();
        long position = draft.nextOut();
        try {
            given.writeTo(bodies, far, position);
        } catch (BrokerException e) {
            if (branch.active()) {
                bodies.delete(far, position, position);
            }
            throw e;
        }
        database.count(Counter.SENDS);
        send(branch, draft, allowed, null, given.length());
        if (draft.nextOut() == position) {
            bodies.delete(far, position, position);
        }
    }

    /**
     * What has been found to be allowed. The far side may end while the statement runs: what is sent is then dropped on
     * arrival, as if that side had ended just afterwards.
     *
     * @param type type of the message
     * @param move what becomes of this side
     */
    private record Allowed(MessageType type, Transition.Move move) {}

    /** All or nothing: everything is checked before the first row is written. */
    void run(Branch branch, List<UUID> handles, String typeName, byte[] body) {
        Set<UUID> seen = new HashSet<>();
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < handles.size(); i++) {
            UUID handle = handles.get(i);
            if (handle == null) {
                throw new BrokerException(8441, "Conversation handle " + (i + 1) + " of SEND is missing.");
            }
            if (!seen.add(handle)) {
                throw new BrokerException(
                        8451,
                        "Conversation handle " + handle + " stands twice in SEND, the second time at " + (i + 1) + ".");
            }
            try {
                drafts.add(endpoints.hold(branch, handle));
            } catch (BrokerException e) {
                throw e.number() == 8426
                        ? new BrokerException(8435, "Handle " + (i + 1) + " of SEND: " + e.getMessage(), e)
                        : e;
            }
        }
        List<Allowed> allowed =
                drafts.stream().map(draft -> check(draft, typeName)).toList();
        database.count(Counter.SENDS);
        for (int i = 0; i < drafts.size(); i++) {
            send(branch, drafts.get(i), allowed.get(i), body, length(body));
        }
    }

    private Allowed check(Draft draft, String typeName) {
        CatalogSnapshot catalog = database.catalog().snapshot();
        Contract contract = catalog.contract(draft.begun().contract());
        MessageType type = catalog.messageType(typeName)
                .orElseThrow(() -> new BrokerException(
                        8428, "Message type '" + typeName + "' does not exist in database '" + database.name() + "'."));
        if (!contract.has(type.id())) {
            throw new BrokerException(
                    8431, "Message type '" + type.name() + "' is not part of contract '" + contract.name() + "'.");
        }
        boolean initiator = draft.begun().initiator();
        if (!contract.maySend(type.id(), initiator)) {
            throw new BrokerException(
                    initiator ? 8432 : 8434,
                    "Message type '" + type.name() + "' may be sent by the "
                            + (initiator ? "target" : "initiator") + " only, by contract '" + contract.name()
                            + "'; conversation " + draft.begun().handle() + " is the "
                            + (initiator ? "initiator" : "target") + ".");
        }
        Transition transition = EndpointMachine.apply(draft.state(), Event.SEND);
        if (transition instanceof Transition.Refusal refusal) {
            throw Errors.badState(refusal.number(), "send", draft);
        }
        Retention.checkSend(draft);
        return new Allowed(type, (Transition.Move) transition);
    }

    /** Sends a body; null when it has no bytes, and when its pieces have been written. */
    private void send(Branch branch, Draft draft, Allowed allowed, byte[] given, int length) {
        FaultPoint.SEND_CHECKED.reach();
        MessageType type = allowed.type();
        Transition.Move move = allowed.move();
        byte[] body = length == 0 ? null : given;
        if (draft.refused()) {
            // the Error that this transaction has caused stands before everything sent after it
            draft.become(move.next());
            return;
        }
        FarSide far = farSide(branch, draft);
        if (far == FarSide.ELSEWHERE && draft.nextOut() == 0 && draft.begun().initiator()) {
            Optional<Service> target =
                    database.catalog().snapshot().service(draft.begun().farService());
            if (target.isPresent() && database.aftercare().station().keeps(draft.begun())) {
                sendFirst(branch, draft, target.get(), type, body, length);
                draft.become(move.next());
                return;
            }
        }
        Optional<BodyCheck.Violation> violation =
                far == FarSide.ELSEWHERE ? Optional.empty() : judge(branch, draft, type, body, length);
        if (violation.isPresent()) {
            refuse(branch, draft, violation.get(), true);
        } else {
            write(branch, draft, type, body, length, far == FarSide.NEAR);
        }
        draft.become(move.next());
    }

    /** The side that a message is for. */
    private enum FarSide {
        /** Not in this database, or not yet. */
        ELSEWHERE,
        /** Much else is to be received before. */
        BEHIND,
        /** What is sent may be received at once. */
        NEAR
    }

    private FarSide farSide(Branch branch, Draft draft) {
        long id = draft.begun().far();
        if (branch.draftIfAny(id) != null) {
            return FarSide.NEAR;
        }
        return database.table().locked(() -> {
            Endpoint far = database.table().endpoint(id);
            if (far == null) {
                return FarSide.ELSEWHERE;
            }
            return Handover.keepsFor(far) ? FarSide.NEAR : FarSide.BEHIND;
        });
    }

    private void sendFirst(Branch branch, Draft draft, Service target, MessageType type, byte[] body, int length) {
        if (!target.accepts(draft.begun().contract())) {
            String contract = database.catalog()
                    .snapshot()
                    .contract(draft.begun().contract())
                    .name();
            refuse(
                    branch,
                    draft,
                    new BodyCheck.Violation(
                            8408,
                            "Service '" + target.name() + "' does not accept dialogs on contract '" + contract + "'."),
                    false);
            return;
        }
        Optional<ForeignDelivery.Refused> denied = ForeignDelivery.judge(
                database.catalog().snapshot().principals(), draft.begun().service(), target.id(), target.name());
        if (denied.isPresent()) {
            refuse(
                    branch,
                    draft,
                    new BodyCheck.Violation(denied.get().number(), denied.get().reason()),
                    false);
            return;
        }
        Optional<BodyCheck.Violation> violation = judge(branch, draft, type, body, length);
        if (violation.isPresent()) {
            refuse(branch, draft, violation.get(), false);
            return;
        }
        beginTarget(branch, draft, target);
        FaultPoint.SEND_TARGET_BEGUN.reach();
        write(branch, draft, type, body, length, true);
    }

    private Optional<BodyCheck.Violation> judge(Branch branch, Draft draft, MessageType type, byte[] body, int length) {
        if (body != null || length == 0) {
            return database.bodies().judge(type, body);
        }
        Pieces written = new Pieces(
                length, number -> branch.store().bodies().read(draft.begun().far(), draft.nextOut(), number));
        return database.bodies().judge(type, length, written::open);
    }

    /** The target side begins in the transaction that sends the first message: nobody else can know it before. */
    private void beginTarget(Branch branch, Draft initiator, Service service) {
        EndpointRow from = initiator.begun();
        database.table().locked(() -> {
            UUID groupId = UUID.randomUUID();
            Group group = database.table().group(groupId, service.id());
            branch.held().tryHold(group);
            if (!database.catalog().snapshot().has(service.id())) {
                // the message waits as if the service weren't there; after a failed drop it is delivered
                return;
            }
            branch.held().use(from.contract());
            CatalogSnapshot definitions = database.catalog().snapshot();
            String client = definitions.service(from.service()).name();
            EndpointRow row = new EndpointRow(
                    from.far(),
                    UUID.randomUUID(),
                    from.conversationId(),
                    service.id(),
                    from.contract(),
                    groupId,
                    client,
                    null,
                    from.encrypted(),
                    definitions.priority(from.contract(), service.id(), client),
                    from.lifetime(),
                    Stage.OPEN,
                    Positions.FIRST);
            branch.begin(row, group, EndpointState.CONVERSING);
        });
    }

    private void write(Branch branch, Draft draft, MessageType type, byte[] body, int length, boolean keeps) {
        long order = database.orders().incrementAndGet();
        long position = draft.nextOut();
        // memory may hand it over when the caller has long used the array for something else
        byte[] own = keeps && body != null && length <= MessageRow.ALWAYS_BESIDE ? body.clone() : body;
        MessageRow message = new MessageRow(
                draft.begun().far(),
                position,
                type.id(),
                position,
                order,
                database.context().clock().millis(),
                own,
                own == null ? length : 0);
        FaultPoint.SEND_WRITING.reach();
        branch.store().insertMessage(message);
        FaultPoint.SEND_WRITTEN.reach();
        Retention.sent(branch, draft, message);
        draft.sent(message, keeps);
        FaultPoint.SEND_COUNTED.reach();
    }

    private void refuse(Branch branch, Draft draft, BodyCheck.Violation violation, boolean tellFar) {
        long order = database.orders().incrementAndGet();
        branch.store()
                .insertMessage(database.aftercare()
                        .errorRow(
                                draft.begun().id(),
                                Positions.BROKER_ERROR,
                                order,
                                violation.number(),
                                violation.reason()));
        draft.refuse(order);
        if (tellFar) {
            branch.store()
                    .insertMessage(database.aftercare()
                            .errorRow(
                                    draft.begun().far(),
                                    Positions.FAR_ERROR,
                                    order,
                                    violation.numberThere(),
                                    violation.reason()));
            draft.failFar(order);
        }
    }
}
