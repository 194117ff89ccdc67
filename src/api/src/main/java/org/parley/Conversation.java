package org.parley;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * One side of a dialog. Every call locks the endpoint's conversation group until the transaction ends.
 *
 * <p>Source of the rules: service-broker.md, sections 3 and 5.
 */
public interface Conversation extends AutoCloseable {

    /** Handle of this side's endpoint. */
    UUID handle();

    /**
     * Identifier that both sides share.
     *
     * @throws BrokerException 8426 when the conversation is unknown
     */
    UUID conversationId();

    /**
     * Group of this side.
     *
     * @throws BrokerException 8426 when the conversation is unknown
     */
    UUID groupId();

    /**
     * State of this side as the current transaction sees it.
     *
     * @throws BrokerException 8426 when the conversation is unknown
     */
    ConversationState state();

    /**
     * Sends a message to the other side, in order, once.
     *
     * @param messageType name of a message type of the contract
     * @param body the bytes, of length zero or {@code null} for an empty message
     * @throws BrokerException 8426 unknown conversation, 8429 a state that allows no sending, 8428 unknown message type,
     *     8431 type not in the contract, 8432 or 8434 type not for this side, 1222 the group is locked too long, 1205
     *     dead-lock
     */
    void send(String messageType, byte[] body);

    /**
     * Sends a body that is read from a stream and never held as a whole; otherwise as {@link #send(String, byte[])}. The stream
     * is read to its end, within the statement, and not closed.
     *
     * @param length number of bytes that the stream gives
     * @throws BrokerException 8459 longer than 2,147,483,647 bytes, {@link ErrorNumbers#BODY_STREAM} when the stream has another
     *     length or fails: nothing is sent then, and the transaction goes on
     */
    void send(String messageType, InputStream body, long length);

    /** Sends text in UTF-8; otherwise as {@link #send(String, byte[])}. */
    default void send(String messageType, String body) {
        send(messageType, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a message without a body; otherwise as {@link #send(String, byte[])}. */
    default void send(String messageType) {
        send(messageType, (byte[]) null);
    }

    /**
     * Ends this side. Messages not yet received here are removed; the other side gets an EndDialog unless it has ended.
     *
     * @throws BrokerException 8426 unknown conversation, 8427 this side has ended already
     */
    void end();

    /**
     * Ends this side and gives the other side an Error, unless it has ended.
     *
     * @param code greater than 0; what is below belongs to the broker
     * @param text 1 to 3000 characters
     * @throws BrokerException 8426 unknown conversation, 8427 this side has ended already, 8422 code or text not allowed
     */
    void endWithError(int code, String text);

    /**
     * Removes this side at once and tells nobody. The other side gets error -8462 when it sends again.
     *
     * @throws BrokerException 8426 unknown conversation
     */
    void cleanup();

    /**
     * Sets or replaces this side's conversation timer. When it passes, a DialogTimer message is the first to be received.
     *
     * @param duration at least one second; fractions of a second are kept
     * @throws BrokerException 8426 unknown conversation, 8458 a state that allows no timer, 8410 beyond the lifetime or
     *     below one second
     */
    void timer(Duration duration);

    /**
     * Moves this side to another conversation group of its service, with all its messages. Both groups are locked until
     * the transaction ends; a group that is left without conversations disappears.
     *
     * @param group a group that has a conversation of the same service
     * @throws BrokerException 8426 unknown conversation, 8438 this side has ended, 8420 the group is missing, 8436 there is
     *     no such group, 8439 a group of another service, 1222 one of the groups is locked too long, 1205 dead-lock
     */
    void moveTo(UUID group);

    /** Gives the managed connection back; never ends the dialog. */
    @Override
    void close();
}
