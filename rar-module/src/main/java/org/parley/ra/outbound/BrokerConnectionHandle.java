package org.parley.ra.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.parley.ActivationStatus;
import org.parley.BrokerConnection;
import org.parley.Catalog;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Dialog;
import org.parley.InDoubtBranch;
import org.parley.Message;
import org.parley.Receive;
import org.parley.ScriptResult;
import org.parley.SuspendedGroup;

/** The session that an application holds. Open to subclasses because containers make proxies of it. */
public class BrokerConnectionHandle implements BrokerConnection, Attached {

    private final Attachment attachment;

    /** A closed handle, for containers that make a proxy by extending this class. */
    public BrokerConnectionHandle() {
        this(new Attachment(null));
    }

    BrokerConnectionHandle(Attachment attachment) {
        this.attachment = attachment;
    }

    @Override
    public Attachment attachment() {
        return attachment;
    }

    @Override
    public String database() {
        return attachment.call(BrokerConnection::database);
    }

    @Override
    public UUID brokerInstance() {
        return attachment.call(BrokerConnection::brokerInstance);
    }

    @Override
    public Conversation begin(Dialog dialog) {
        return view(attachment.call(session -> session.begin(dialog)));
    }

    @Override
    public Conversation conversation(UUID handle) {
        return view(attachment.call(session -> session.conversation(handle)));
    }

    @Override
    public void send(List<UUID> handles, String messageType, byte[] body) {
        attachment.run(session -> session.send(handles, messageType, body));
    }

    @Override
    public List<Message> receive(Receive request) {
        return attachment.call(session -> session.receive(request));
    }

    @Override
    public Optional<UUID> getConversationGroup(String queue, Duration waiting) {
        return attachment.call(session -> session.getConversationGroup(queue, waiting));
    }

    @Override
    public List<ConversationEndpoint> endpoints(UUID conversationId) {
        return attachment.call(session -> session.endpoints(conversationId));
    }

    @Override
    public List<ConversationEndpoint> endpoints() {
        return attachment.call(BrokerConnection::endpoints);
    }

    @Override
    public String transmissionStatus(UUID handle) {
        return attachment.call(session -> session.transmissionStatus(handle));
    }

    @Override
    public List<SuspendedGroup> suspendedGroups() {
        return attachment.call(BrokerConnection::suspendedGroups);
    }

    @Override
    public void resumeGroup(UUID group) {
        attachment.run(session -> session.resumeGroup(group));
    }

    @Override
    public Optional<Message> skipMessage(UUID group) {
        return attachment.call(session -> session.skipMessage(group));
    }

    @Override
    public void endGroup(UUID group, int code, String text) {
        attachment.run(session -> session.endGroup(group, code, text));
    }

    @Override
    public List<InDoubtBranch> inDoubtBranches() {
        return attachment.call(BrokerConnection::inDoubtBranches);
    }

    @Override
    public void commitInDoubt(String xid) {
        attachment.run(session -> session.commitInDoubt(xid));
    }

    @Override
    public void rollbackInDoubt(String xid) {
        attachment.run(session -> session.rollbackInDoubt(xid));
    }

    @Override
    public void forgetInDoubt(String xid) {
        attachment.run(session -> session.forgetInDoubt(xid));
    }

    @Override
    public List<ActivationStatus> activations() {
        return attachment.call(BrokerConnection::activations);
    }

    @Override
    public void pauseActivation(String queue, String name) {
        attachment.run(session -> session.pauseActivation(queue, name));
    }

    @Override
    public void resumeActivation(String queue, String name) {
        attachment.run(session -> session.resumeActivation(queue, name));
    }

    @Override
    public Catalog catalog() {
        return attachment.call(BrokerConnection::catalog);
    }

    @Override
    public SqlHandle sql() {
        attachment.session();
        return SqlHandle.within(attachment);
    }

    @Override
    public ScriptResult execute(String script) {
        return attachment.call(session -> session.execute(script));
    }

    @Override
    public void close() {
        attachment.close();
    }

    private Conversation view(Conversation conversation) {
        return new ConversationHandle(attachment, conversation.handle(), () -> {});
    }
}
