package org.parley.engine.session;

import java.util.UUID;
import org.parley.BrokerException;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.tx.Draft;

/** Errors of the conversation statements that more than one of them raises. */
final class Errors {

    private Errors() {}

    static BrokerException unknownHandle(OpenDatabase database, UUID handle) {
        return new BrokerException(
                8426,
                "Conversation handle " + handle + " is not known in database '" + database.name()
                        + "'; it has ended or belongs to another database.");
    }

    static BrokerException badState(int number, String verb, Draft draft) {
        return new BrokerException(
                number,
                "Conversation " + draft.begun().handle() + " can't " + verb + " in state "
                        + draft.state().shown() + " (" + draft.state().shown().code() + ").");
    }

    static BrokerException unknownQueue(OpenDatabase database, String queue) {
        return new BrokerException(208, "Queue '" + queue + "' does not exist in database '" + database.name() + "'.");
    }

    static BrokerException queueOff(String queue) {
        return new BrokerException(
                9617, "Queue '" + queue + "' is off; nothing can be received from it until its STATUS is ON.");
    }
}
