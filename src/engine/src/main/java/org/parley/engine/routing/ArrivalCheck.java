package org.parley.engine.routing;

import java.util.Optional;
import org.parley.engine.catalog.BodyCheck;
import org.parley.engine.catalog.BodyCheck.Violation;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Contract;
import org.parley.engine.catalog.MessageType;

/** Judges a message that arrives, by the definitions of the receiving database; service-broker.md, section 10. */
final class ArrivalCheck {

    private final CatalogSnapshot definitions;
    private final BodyCheck bodies;
    private final String database;
    private final Contract contract;
    private MessageType type;

    ArrivalCheck(Aftercare aftercare, String database, int contract) {
        this.definitions = aftercare.definitions();
        this.bodies = aftercare.bodies();
        this.database = database;
        this.contract = definitions.contract(contract);
    }

    /** Why the message is refused, if it is. */
    Optional<Violation> judge(Frame frame) {
        Optional<MessageType> found = definitions.messageType(frame.type());
        if (found.isEmpty()) {
            return refused(8428, "Message type '" + frame.type() + "' does not exist in database '" + database + "'.");
        }
        type = found.get();
        if (!contract.has(type.id())) {
            return refused(
                    8498,
                    "Message type '" + type.name() + "' is not part of contract '" + contract.name() + "' in database '"
                            + database + "'.");
        }
        boolean fromInitiator = !frame.header().toInitiator();
        if (!contract.maySend(type.id(), fromInitiator)) {
            return refused(
                    fromInitiator ? 8457 : 8437,
                    "Message type '" + type.name() + "' may not be sent by the "
                            + (fromInitiator ? "initiator" : "target") + ", by contract '" + contract.name()
                            + "' in database '" + database + "'.");
        }
        return bodies.judge(type, frame.body());
    }

    /** Id of the message type that was judged. */
    int type() {
        return type.id();
    }

    private static Optional<Violation> refused(int number, String reason) {
        return Optional.of(new Violation(number, reason));
    }
}
