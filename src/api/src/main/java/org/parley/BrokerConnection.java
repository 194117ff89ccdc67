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

    /**
     * Conversation groups that are set aside since readers have failed on them five times in a row, those first that have
     * been so for longest; of those whose queue or service the caller may work with.
     */
    List<SuspendedGroup> suspendedGroups();

    /**
     * Offers a suspended group to readers again. This, and the two ways out below, is a transaction of its own, apart from
     * the caller's, and takes effect when it returns. Needs ALTER on the queue.
     *
     * @throws BrokerException 50011 the group isn't suspended, 1222 somebody holds it, as a RECEIVE that has named it
     */
    void resumeGroup(UUID group);

    /**
     * Throws away the message that is next in a suspended group, then resumes it. Next is what RECEIVE TOP (1) from that
     * group would take: of several conversations the one of the highest priority, in it the oldest message, or one that
     * overtakes. Needs ALTER and RECEIVE on the queue.
     *
     * @return the message; empty when there was none
     * @throws BrokerException as {@link #resumeGroup}
     */
    Optional<Message> skipMessage(UUID group);

    /**
     * Ends the conversations of a suspended group at this side with an error, all or none, as
     * {@link Conversation#endWithError} does: their messages here are thrown away, and the other sides are told. Needs
     * CONTROL on the service.
     *
     * @throws BrokerException as {@link #resumeGroup}; 8422 code or text is not allowed
     */
    void endGroup(UUID group, int code, String text);

    /**
     * Branches of global transactions that are prepared, those first that have been so for longest, and those whose outcome an
     * operator has decided until they are forgotten. For dbo and members of db_owner; others see none.
     */
    List<InDoubtBranch> inDoubtBranches();

    /**
     * Commits a prepared branch in place of its transaction manager: a heuristic outcome. When that comes it is told so, by
     * {@code XA_HEURCOM}, until it forgets the branch. This, and the two ways below, is apart from the caller's transaction,
     * takes effect when it returns, and needs membership of db_owner.
     *
     * @param xid as {@link InDoubtBranch#xid()} tells it
     * @throws BrokerException {@link ErrorNumbers#NOT_IN_DOUBT} when no such branch is prepared, 15247 for who may not
     */
    void commitInDoubt(String xid);

    /** As {@link #commitInDoubt}, but rolls back, which is told by {@code XA_HEURRB}. */
    void rollbackInDoubt(String xid);

    /**
     * Forgets a decided branch in place of a transaction manager that will never come.
     *
     * @throws BrokerException {@link ErrorNumbers#NOT_IN_DOUBT} when no such branch was decided, 15247 for who may not
     */
    void forgetInDoubt(String xid);

    /**
     * Activations of this server that read queues of the database, in the order of queues and names. For dbo and members of
     * db_owner; others see none.
     */
    List<ActivationStatus> activations();

    /**
     * Starts no more readers of an activation until {@link #resumeActivation}; those at work end with the group they have.
     * What arrives waits, and others can receive it. Takes effect when it returns, whatever becomes of the caller's
     * transaction, and ends with the server; needs membership of db_owner. Can be repeated.
     *
     * @param queue its queue
     * @param name its name; several that have it are paused together
     * @throws BrokerException {@link ErrorNumbers#NO_ACTIVATION} when there is none, 15247 for who may not
     */
    void pauseActivation(String queue, String name);

    /** Ends a {@link #pauseActivation}: readers for what has arrived are started at once. Does nothing otherwise. */
    void resumeActivation(String queue, String name);

    /** The definitions of the database. */
    Catalog catalog();

    /**
     * The database as a plain JDBC connection in the same branch: tables changed here change in the same commit as the
     * messages. Commit, rollback, autocommit, isolation and shutdown are not to be had through it, and Parley's own
     * schema can't be changed. Closing it does nothing.
     */
    Connection sql();

    /**
     * Runs a script in the statement language, batch after batch. Inside a transaction of an application server its
     * transaction statements are refused; else a transaction that it leaves open stays open on this connection. USE,
     * EXECUTE AS and that transaction hold for the next script too, and end with {@link #close()} at the latest.
     *
     * @return all that it gave
     * @throws ScriptException after the last batch, when there was an error that no CATCH took
     * @throws BrokerException {@link ErrorNumbers#NO_LANGUAGE} when parley-sql is missing
     */
    ScriptResult execute(String script);

    /** Gives the connection back. An unfinished local transaction is rolled back. */
    @Override
    void close();
}
