package org.parley.ra.outbound;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.DissociatableManagedConnection;
import jakarta.resource.spi.LazyEnlistableManagedConnection;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import jakarta.resource.spi.SecurityException;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.spi.Channel;

/** A pooled channel with the handles that applications have on it. */
final class ParleyManagedConnection
        implements ManagedConnection, DissociatableManagedConnection, LazyEnlistableManagedConnection {

    /** After these nothing more can be done through the same channel. */
    private static final Set<Integer> POISON =
            Set.of(ErrorNumbers.STORE_FAILED, ErrorNumbers.NOT_RUNNING, ErrorNumbers.OUTCOME_UNKNOWN);

    private final ParleyManagedConnectionFactory factory;
    private final Channel channel;
    private final ParleyRequest opened;
    private final Set<Attachment> attachments = ConcurrentHashMap.newKeySet();
    private final ConnectionEvents events = new ConnectionEvents(this);
    private boolean poisoned;
    private PrintWriter logWriter;

    ParleyManagedConnection(ParleyManagedConnectionFactory factory, Channel channel, ParleyRequest opened) {
        this.factory = factory;
        this.channel = channel;
        this.opened = opened;
    }

    BrokerConnection session() {
        return channel.session();
    }

    boolean isIdle() {
        return attachments.isEmpty();
    }

    boolean isValid() {
        return !poisoned && channel.isValid();
    }

    /** Whether it was opened as the same identity, with the same proof. */
    boolean serves(ParleyRequest request) {
        return opened.isLike(request);
    }

    /** Whether it may be of who has asked, as far as that is known: without a user the container's or the configured one. */
    boolean mayServe(ParleyRequest asked) {
        return asked.named() ? serves(asked) : !opened.named();
    }

    boolean isBoundTo(UUID endpoint) {
        return Objects.equals(channel.boundTo(), endpoint);
    }

    void bind(UUID endpoint) {
        channel.bind(endpoint);
    }

    boolean needsEnlistment() {
        return channel.needsEnlistment();
    }

    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo info) throws ResourceException {
        ParleyRequest request = factory.requestOf(subject, info);
        if (!serves(request)) {
            throw new SecurityException(
                    "A connection of user '" + channel.user() + "' can't become one of user '" + request.user() + "'.");
        }
        if (isIdle()) {
            // with handles in use the container shares the connection: each handle knows its own endpoint
            channel.bind(request.endpoint());
        }
        Attachment attachment = new Attachment(this);
        attachments.add(attachment);
        Object handle = factory.newHandle(attachment);
        attachment.heldBy(handle);
        return handle;
    }

    @Override
    public void associateConnection(Object handle) throws ResourceException {
        if (!(handle instanceof Attached attached)) {
            throw new ResourceException("No connection handle of Parley: " + handle);
        }
        Attachment attachment = attached.attachment();
        attachment.moveTo(this);
        if (isIdle()) {
            channel.bind(attachment.endpoint());
        }
        attachments.add(attachment);
    }

    @Override
    public void dissociateConnections() {
        attachments.forEach(Attachment::dissociate);
    }

    void forget(Attachment attachment) {
        attachments.remove(attachment);
    }

    void closed(Attachment attachment, Object handle) {
        attachments.remove(attachment);
        events.closed(handle);
    }

    /** Has the container throw this connection away, once, after an error that can't be outlived. */
    void poisonedBy(BrokerException error) {
        if (!poisoned && POISON.contains(error.number())) {
            poisoned = true;
            events.failed(error);
        }
    }

    @Override
    public void cleanup() throws ResourceException {
        attachments.forEach(attachment -> attachment.moveTo(null));
        try {
            channel.cleanup();
        } catch (BrokerException e) {
            throw ParleyManagedConnectionFactory.translated(e);
        }
    }

    @Override
    public void destroy() throws ResourceException {
        attachments.forEach(attachment -> attachment.moveTo(null));
        try {
            channel.close();
        } catch (BrokerException e) {
            throw ParleyManagedConnectionFactory.translated(e);
        }
    }

    @Override
    public XAResource getXAResource() throws ResourceException {
        if (factory.getTransactionSupport() != TransactionSupportLevel.XATransaction) {
            throw new NotSupportedException("The factory is configured as " + factory.getTransactionSupport() + ".");
        }
        return channel.xaResource();
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        if (factory.getTransactionSupport() == TransactionSupportLevel.NoTransaction) {
            throw new NotSupportedException("The factory is configured as NoTransaction.");
        }
        return new ChannelTransaction(channel);
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new ParleyMetaData(channel.user());
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        events.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        events.remove(listener);
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        logWriter = out;
    }
}
