package org.parley.engine.routing;

import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.store.EndpointRow.Stage;

/** What a queue that is off keeps from being delivered; service-broker.md, sections 1.5, 4.5 and 5.7. */
public final class QueueOff {

    private static final int NUMBER = 9617;

    private QueueOff() {}

    /** Why a message waits for its queue. */
    public static String status(QueueIndex queue) {
        return NUMBER + ": Queue '" + queue.name() + "' is off; the message waits until its STATUS is ON.";
    }

    /** Whether an ended side's EndDialog is held back, since its own queue is off. Under the table's lock. */
    static boolean holdsEnd(Endpoint endpoint) {
        boolean untold = endpoint.stage() == Stage.HELD || endpoint.stage() == Stage.ENDED && endpoint.nextOut() > 0;
        return untold
                && endpoint.state().own() == Own.ENDING
                && !endpoint.group().queue().on();
    }

    static String endStatus(QueueIndex queue) {
        return NUMBER + ": Queue '" + queue.name()
                + "' of this side is off; the end of the conversation is held back until its STATUS is ON.";
    }
}
