package org.parley.engine.session;

import java.util.List;
import org.parley.BrokerException;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.store.MessageRow;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;

/**
 * What a queue with RETENTION keeps of the conversations of its services, in the transaction of the statement, until this
 * side ends; service-broker.md, section 11.
 */
final class Retention {

    private Retention() {}

    /** A copy of a message can't be stored in a queue that is off. */
    static void checkSend(Draft draft) {
        QueueIndex queue = draft.group().queue();
        if (queue.retention() && !queue.on()) {
            throw new BrokerException(
                    9618,
                    "Conversation " + draft.begun().handle() + " can't send: its own queue '" + queue.name()
                            + "' has RETENTION and is off, so that it can't keep a copy of the message; turn the queue's"
                            + " STATUS on or its RETENTION off.");
        }
    }

    static void sent(Branch branch, Draft draft, MessageRow message) {
        keep(branch, draft, true, List.of(message));
    }

    static void received(Branch branch, Draft draft, List<MessageRow> messages) {
        keep(branch, draft, false, messages);
    }

    private static void keep(Branch branch, Draft draft, boolean sent, List<MessageRow> messages) {
        if (messages.isEmpty() || !draft.group().queue().retention()) {
            return;
        }
        long endpoint = draft.begun().id();
        messages.forEach(message -> branch.store().retain(endpoint, sent, message));
        draft.retained();
    }
}
