package org.parley;

import java.time.Instant;
import java.util.UUID;

/**
 * A conversation endpoint as it is committed; service-broker.md, section 18, {@code sys.conversation_endpoints}.
 *
 * @param handle handle of this side
 * @param conversationId identifier that both sides share
 * @param initiator whether this side began the dialog
 * @param service local service
 * @param farService service of the other side
 * @param contract name of the contract
 * @param groupId conversation group of this side
 * @param state state of this side
 * @param lifetime when the dialog expires, UTC
 * @param sendSequence next number to be sent
 * @param receiveSequence next number expected from the other side
 * @param waitingMessages number of messages that can be received here
 * @param priority 1 to 10
 */
public record ConversationEndpoint(
        UUID handle,
        UUID conversationId,
        boolean initiator,
        String service,
        String farService,
        String contract,
        UUID groupId,
        ConversationState state,
        Instant lifetime,
        long sendSequence,
        long receiveSequence,
        long waitingMessages,
        int priority) {}
