package org.parley.engine.session;

import java.util.UUID;
import org.parley.BrokerException;
import org.parley.ConversationError;
import org.parley.engine.conversation.Event;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.routing.EndOfConversation;
import org.parley.engine.tx.Branch;

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
        end.run(branch, endpoints.hold(branch, handle), Event.END, null);
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
        end.run(branch, endpoints.hold(branch, handle), Event.END_WITH_ERROR, new ConversationError(code, text));
    }

    void cleanup(Branch branch, UUID handle) {
        end.run(branch, endpoints.hold(branch, handle), Event.CLEANUP, null);
    }
}
