package org.parley;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A session on one broker database. Not for use by two threads at once.
 *
 * <p>Inside a transaction each call belongs to it; without one, each call is a transaction of its own. Source of the
 * rules: service-broker.md, section 5.
 */
public interface BrokerConnection extends AutoCloseable {

    /** Name of the broker database. */
    String database();

    /** Broker instance of the database: the GUID that names it to other brokers. */
    UUID brokerInstance();

    /**
     * Begins a dialog. Contacts nobody: the target is looked for when the first message is sent.
     *
     * @return the initiator's side; its {@link Conversation#close()} does nothing
     * @throws BrokerException 8423 unknown service, 8425 unknown contract, 8426 unknown related conversation, 9610 group
     *     of another service, 8411 lifetime out of range
     */
    Conversation begin(Dialog dialog);

    /**
     * A view on an existing conversation endpoint; the handle is judged when it is used.
     *
     * @throws BrokerException 8418 when the handle is null
     */
    Conversation conversation(UUID handle);

    /**
     * Sends one message on several conversations, all or nothing.
     *
     * @param body the bytes, of length zero or {@code null} for an empty message
     * @throws BrokerException as {@link Conversation#send(String, byte[])}; 8441 a handle is missing, 8435 a handle is
     *     unknown, 8451 a handle stands twice
     */
    void send(List<UUID> handles, String messageType, byte[] body);

    /**
     * Receives messages of one conversation group, which stays locked until the transaction ends.
     *
     * @return the messages, conversation by conversation in descending priority; empty when there are none
     * @throws BrokerException 9617 the queue is off, 8426 or 8436 the named conversation or group doesn't exist in this
     *     queue
     */
    List<Message> receive(Receive request);

    /**
     * Locks the group that {@link #receive} would take next and tells its id. Messages are not touched.
     *
     * @param waiting how long to wait; {@link java.time.Duration#ZERO} not at all, {@code null} for ever
     * @throws BrokerException 9617 the queue is off
     */
    Optional<UUID> getConversationGroup(String queue, java.time.Duration waiting);

    /**
     * Moves a conversation to another group of its service.
     *
     * @throws BrokerException 8418 the handle is missing, and as {@link Conversation#moveTo}
     */
    default void moveConversation(UUID handle, UUID group) {
        conversation(handle).moveTo(group);
    }

    /** Both or one side of a conversation as they are committed in this database, the initiator first. */
    List<ConversationEndpoint> endpoints(UUID conversationId);

    /** All conversation endpoints of this database as they are committed, in the order of their creation. */
    List<ConversationEndpoint> endpoints();

    /**
     * Why the messages of a conversation endpoint are not delivered, beginning with a documented number, as committed;
     * empty when they are, when none were sent, and for an unknown handle (service-broker.md, section 4.4).
     *
     * @throws BrokerException 8418 when the handle is null
     */
    String transmissionStatus(UUID handle);

    /** The definitions of the database. */
    Catalog catalog();

    /**
     * The database as a plain JDBC connection in the same branch: tables changed here change in the same commit as the
     * messages. Commit, rollback, autocommit, isolation and shutdown are not to be had through it, and Parley's own
     * schema can't be changed. Closing it does nothing.
     */
    Connection sql();

    /** Gives the connection back. An unfinished local transaction is rolled back. */
    @Override
    void close();
}
