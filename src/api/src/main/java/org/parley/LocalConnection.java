package org.parley;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.parley.spi.Channel;

/** A session in plain Java, with transactions of its own. Without {@link #begin()} each call is a transaction. */
public final class LocalConnection implements BrokerConnection {

    private final Channel channel;

    /** For tools that have a channel of their own; others ask {@link Parley#connect}. */
    public LocalConnection(Channel channel) {
        this.channel = channel;
    }

    /**
     * Begins a transaction.
     *
     * @throws BrokerException when one is open
     */
    public void begin() {
        channel.begin();
    }

    /**
     * Commits the open transaction.
     *
     * @throws BrokerException {@link ErrorNumbers#TRANSACTION_ENDED} when it has been rolled back
     */
    public void commit() {
        channel.commit();
    }

    /** Rolls the open transaction back. */
    public void rollback() {
        channel.rollback();
    }

    /** Runs work in a transaction: commits when it returns, rolls back when it throws. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        begin();
        T result;
        try {
            result = work.call();
        } catch (Exception | Error e) {
            try {
                rollback();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        commit();
        return result;
    }

    @Override
    public String database() {
        return channel.session().database();
    }

    @Override
    public UUID brokerInstance() {
        return channel.session().brokerInstance();
    }

    @Override
    public Conversation begin(Dialog dialog) {
        return channel.session().begin(dialog);
    }

    @Override
    public Conversation conversation(UUID handle) {
        return channel.session().conversation(handle);
    }

    @Override
    public void send(List<UUID> handles, String messageType, byte[] body) {
        channel.session().send(handles, messageType, body);
    }

    @Override
    public List<Message> receive(Receive request) {
        return channel.session().receive(request);
    }

    @Override
    public Optional<UUID> getConversationGroup(String queue, Duration waiting) {
        return channel.session().getConversationGroup(queue, waiting);
    }

    @Override
    public List<ConversationEndpoint> endpoints(UUID conversationId) {
        return channel.session().endpoints(conversationId);
    }

    @Override
    public List<ConversationEndpoint> endpoints() {
        return channel.session().endpoints();
    }

    @Override
    public String transmissionStatus(UUID handle) {
        return channel.session().transmissionStatus(handle);
    }

    @Override
    public List<SuspendedGroup> suspendedGroups() {
        return channel.session().suspendedGroups();
    }

    @Override
    public void resumeGroup(UUID group) {
        channel.session().resumeGroup(group);
    }

    @Override
    public Optional<Message> skipMessage(UUID group) {
        return channel.session().skipMessage(group);
    }

    @Override
    public void endGroup(UUID group, int code, String text) {
        channel.session().endGroup(group, code, text);
    }

    @Override
    public List<InDoubtBranch> inDoubtBranches() {
        return channel.session().inDoubtBranches();
    }

    @Override
    public void commitInDoubt(String xid) {
        channel.session().commitInDoubt(xid);
    }

    @Override
    public void rollbackInDoubt(String xid) {
        channel.session().rollbackInDoubt(xid);
    }

    @Override
    public void forgetInDoubt(String xid) {
        channel.session().forgetInDoubt(xid);
    }

    @Override
    public List<ActivationStatus> activations() {
        return channel.session().activations();
    }

    @Override
    public void pauseActivation(String queue, String name) {
        channel.session().pauseActivation(queue, name);
    }

    @Override
    public void resumeActivation(String queue, String name) {
        channel.session().resumeActivation(queue, name);
    }

    @Override
    public Catalog catalog() {
        return channel.session().catalog();
    }

    @Override
    public Connection sql() {
        return channel.session().sql();
    }

    @Override
    public ScriptResult execute(String script) {
        return channel.session().execute(script);
    }

    /** The channel behind, for tests that need its XAResource. */
    public Channel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.close();
    }
}
