package org.parley.ra.outbound;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.TransactionSupport;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import jakarta.resource.spi.security.PasswordCredential;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.security.auth.Subject;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.ra.ParleyResourceAdapter;
import org.parley.spi.Channel;

/** What both connection factories have in common: database, identity, transactions, matching. */
public abstract class ParleyManagedConnectionFactory
        implements ManagedConnectionFactory,
                ValidatingManagedConnectionFactory,
                ResourceAdapterAssociation,
                TransactionSupport {

    private static final long serialVersionUID = 1L;

    private String database = "parley";
    private String user;
    private String transactionLevel = TransactionSupportLevel.XATransaction.name();
    private transient ParleyResourceAdapter adapter;
    private transient PrintWriter logWriter;

    /** The handle of this factory's type. */
    abstract Object newHandle(Attachment attachment);

    /** A request as an application makes it. */
    ParleyRequest request(String requestedUser, UUID endpoint) {
        return request(requestedUser, null, endpoint);
    }

    /** A request of an application that proves its identity. */
    ParleyRequest request(String requestedUser, String password, UUID endpoint) {
        String identity = ParleyRequest.textOrNull(requestedUser);
        String proof = identity == null ? null : password == null ? "" : password;
        return new ParleyRequest(database, identity, proof, identity != null, endpoint);
    }

    /** A request with its identity settled: the application's, else the container's, else the configured one. */
    ParleyRequest requestOf(Subject subject, ConnectionRequestInfo info) {
        ParleyRequest request = info instanceof ParleyRequest asked ? asked : request(null, null);
        if (request.user() != null) {
            return request;
        }
        PasswordCredential given = ParleyRequest.credentialOf(subject, this);
        if (given == null) {
            return request.as(ParleyRequest.textOrNull(user), null);
        }
        char[] password = given.getPassword();
        return request.as(given.getUserName().trim(), password == null ? "" : new String(password));
    }

    @Override
    public Object createConnectionFactory() throws ResourceException {
        throw new NotSupportedException("Outside a container, open Parley with org.parley.Parley.");
    }

    @Override
    public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo info)
            throws ResourceException {
        if (adapter == null) {
            throw new ResourceException("The connection factory belongs to no resource adapter yet.");
        }
        // nobody has asked for it: the container recovers, with a credential that servers insist on and nobody knows
        ParleyRequest request = requestOf(info == null ? null : subject, info);
        try {
            Channel channel = request.open(adapter.server());
            channel.allowOutsideTransaction(getTransactionSupport() == TransactionSupportLevel.NoTransaction);
            return new ParleyManagedConnection(this, channel, request);
        } catch (BrokerException e) {
            throw translated(e);
        }
    }

    @Override
    public ManagedConnection matchManagedConnections(
            @SuppressWarnings("rawtypes") Set candidates, Subject subject, ConnectionRequestInfo info) {
        ParleyRequest request = requestOf(subject, info);
        ParleyManagedConnection idle = null;
        for (Object candidate : candidates) {
            if (candidate instanceof ParleyManagedConnection connection && connection.serves(request)) {
                if (connection.isBoundTo(request.endpoint())) {
                    return connection;
                }
                if (connection.isIdle()) {
                    idle = connection;
                }
            }
        }
        return idle;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Set getInvalidConnections(Set connections) {
        Set<Object> invalid = new HashSet<>();
        for (Object candidate : connections) {
            if (candidate instanceof ParleyManagedConnection connection && !connection.isValid()) {
                invalid.add(connection);
            }
        }
        return invalid;
    }

    @Override
    public TransactionSupportLevel getTransactionSupport() {
        try {
            return TransactionSupportLevel.valueOf(transactionLevel.trim());
        } catch (IllegalArgumentException e) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "Property 'transactionLevel' of the connection factory is '" + transactionLevel
                            + "'; allowed are XATransaction, LocalTransaction and NoTransaction.",
                    e);
        }
    }

    static ResourceException translated(BrokerException error) {
        return new ResourceException(error.getMessage(), error);
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        if (!(adapter instanceof ParleyResourceAdapter parley)) {
            throw new ResourceException("Not Parley's resource adapter: " + adapter);
        }
        this.adapter = parley;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        logWriter = out;
    }

    public String getDatabase() {
        return database;
    }

    public void setDatabase(String database) {
        this.database = database;
    }

    public String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = user;
    }

    public String getTransactionLevel() {
        return transactionLevel;
    }

    public void setTransactionLevel(String transactionLevel) {
        this.transactionLevel = transactionLevel;
    }

    @Override
    public boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && other instanceof ParleyManagedConnectionFactory that
                && Objects.equals(database, that.database)
                && Objects.equals(user, that.user)
                && Objects.equals(transactionLevel, that.transactionLevel);
    }

    @Override
    public int hashCode() {
        return Objects.hash(getClass(), database, user, transactionLevel);
    }
}
