package org.parley.engine.session;

import java.util.UUID;
import org.parley.BrokerException;
import org.parley.ConversationError;
import org.parley.engine.catalog.Service;
import org.parley.engine.conversation.Event;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.routing.EndOfConversation;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;

/** END CONVERSATION in its three variants; service-broker.md, section 5.7. */
final class EndStatement {

    private static final int LONGEST_TEXT = 3000;

    private final EndOfConversation end;
    private final EndpointAccess endpoints;

    EndStatement(OpenDatabase database, EndpointAccess endpoints) {
        this.end = new EndOfConversation(database.context(), database.orders());
        this.endpoints = endpoints;
    }

    void end(Branch branch, UUID handle) {
        end.run(branch, own(branch, handle), Event.END, null);
    }

    /** Ends a dialog that the engine leads. */
    void endSystem(Branch branch, UUID handle) {
        end.run(branch, endpoints.hold(branch, handle), Event.END, null);
    }

    /** A conversation that applications may end: not one of the system's, whose state belongs to the engine. */
    private Draft own(Branch branch, UUID handle) {
        Draft draft = endpoints.hold(branch, handle);
        if (Service.system(draft.begun().service())) {
            throw new BrokerException(
                    9663,
                    "Conversation " + handle + " belongs to the system and can't be ended; DROP EVENT NOTIFICATION ends"
                            + " that of an event notification.");
        }
        return draft;
    }

    void endWithError(Branch branch, UUID handle, int code, String text) {
        if (code < 1) {
            throw new BrokerException(
                    8422, "The code of END CONVERSATION WITH ERROR is " + code + "; allowed is 1 to 2147483647.");
        }
        if (text == null || text.isEmpty() || text.length() > LONGEST_TEXT) {
            throw new BrokerException(
                    8422,
                    "The description of END CONVERSATION WITH ERROR has "
                            + (text == null ? "no value" : text.length() + " characters") + "; allowed are 1 to "
                            + LONGEST_TEXT + " characters.");
        }
        end.run(branch, own(branch, handle), Event.END_WITH_ERROR, new ConversationError(code, text));
    }

    void cleanup(Branch branch, UUID handle) {
        end.run(branch, own(branch, handle), Event.CLEANUP, null);
    }
}
