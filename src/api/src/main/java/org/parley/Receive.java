package org.parley;

import java.time.Duration;
import java.util.UUID;

/**
 * What RECEIVE takes; service-broker.md, section 5.3. Immutable: each method gives a changed copy.
 *
 * @param queue name of the queue
 * @param top most messages to return, at least 1
 * @param conversation only this conversation, or null
 * @param group only this group, or null
 * @param waiting how long to wait for a message: zero not at all, null for ever
 * @param leaveBodies whether long bodies are left where they lie, to be read within the transaction
 */
public record Receive(String queue, int top, UUID conversation, UUID group, Duration waiting, boolean leaveBodies) {

    /** Checks that a queue is named, that top is positive and that at most one of conversation and group is given. */
    public Receive {
        if (queue == null || queue.isEmpty()) {
            throw new BrokerException(208, "RECEIVE needs the name of a queue; none was given.");
        }
        if (top < 1) {
            throw new BrokerException(
                    1060, "TOP of RECEIVE from queue '" + queue + "' is " + top + "; it must be 1 or more.");
        }
        if (conversation != null && group != null) {
            throw new BrokerException(
                    102, "RECEIVE from queue '" + queue + "' names a conversation and a group; only one is allowed.");
        }
    }

    /** All messages of the next group, without waiting. */
    public static Receive from(String queue) {
        return new Receive(queue, Integer.MAX_VALUE, null, null, Duration.ZERO, false);
    }

    /** At most this many messages. */
    public Receive top(int most) {
        return new Receive(queue, most, conversation, group, waiting, leaveBodies);
    }

    /** Only messages of one conversation. */
    public Receive ofConversation(UUID handle) {
        return new Receive(queue, top, handle, null, waiting, leaveBodies);
    }

    /** Only messages of one group. */
    public Receive ofGroup(UUID groupId) {
        return new Receive(queue, top, null, groupId, waiting, leaveBodies);
    }

    /** Waits for a message; null waits for ever. */
    public Receive waiting(Duration longest) {
        return new Receive(queue, top, conversation, group, longest, leaveBodies);
    }

    /**
     * Loads no long body: {@link Message#bodyStream()} reads it piece by piece, {@link Message#body()} as a whole, both until
     * the transaction ends. Short bodies come with their messages, and so do all when the call is a transaction of its own.
     */
    public Receive streamed() {
        return new Receive(queue, top, conversation, group, waiting, true);
    }
}
