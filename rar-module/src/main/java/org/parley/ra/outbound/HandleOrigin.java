package org.parley.ra.outbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.LazyAssociatableConnectionManager;
import jakarta.resource.spi.LazyEnlistableConnectionManager;
import jakarta.resource.spi.SecurityException;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/**
 * Where a handle came from. Asked again when the container has taken the managed connection away from a handle in use, or
 * has left enlisting to the first use (Jakarta Connectors: lazy connection association, lazy transaction enlistment).
 */
final class HandleOrigin {

    private final ConnectionManager connections;
    private final ParleyManagedConnectionFactory factory;
    private volatile ParleyRequest request;

    HandleOrigin(ConnectionManager connections, ParleyManagedConnectionFactory factory, ParleyRequest request) {
        this.connections = connections;
        this.factory = factory;
        this.request = request;
    }

    /**
     * A handle, on whatever managed connection the container chooses; not on one of somebody else, which TomEE gives: there all
     * who ask for a connection of a factory in one transaction share the first, whoever they are.
     */
    Object allocate() throws ResourceException {
        Object handle = connections.allocateConnection(factory, request);
        // what some containers put around handles need not be one of ours
        if (handle instanceof Attached attached) {
            Attachment attachment = attached.attachment();
            attachment.cameFrom(this);
            if (!attachment.mayServe(request)) {
                attachment.close();
                throw somebodyElse();
            }
        }
        return handle;
    }

    private ResourceException somebodyElse() {
        BrokerException error = new BrokerException(
                ErrorNumbers.LOGIN_FAILED,
                "The container gave "
                        + (request.named() ? "user '" + request.user() + "'" : "a caller that names no user")
                        + " a connection of somebody else, who has one in the same"
                        + " transaction. Use a transaction for each user, or a connection factory for each.");
        return new SecurityException(error.getMessage(), error);
    }

    /** From now on asks for a connection bound to a conversation endpoint. */
    void bind(UUID endpoint) {
        request = request.on(endpoint);
    }

    /** Conversation endpoint of its connections, or null. */
    UUID endpoint() {
        return request.endpoint();
    }

    /** Whether the container gives handles a connection again. */
    boolean associatesLazily() {
        return connections instanceof LazyAssociatableConnectionManager;
    }

    /** Has the container give a handle a managed connection again. */
    void associate(Object handle) {
        try {
            ((LazyAssociatableConnectionManager) connections).associateConnection(handle, factory, request);
        } catch (ResourceException e) {
            throw ParleyConnectionFactory.errorOf(e);
        }
    }

    /** Tells the container that a handle without managed connection has been closed. */
    void closedInactive(Object handle) {
        ((LazyAssociatableConnectionManager) connections).inactiveConnectionClosed(handle, factory);
    }

    /** Has the container enlist a managed connection in the transaction of the calling thread, where it hasn't yet. */
    void enlist(ParleyManagedConnection managed) {
        if (connections instanceof LazyEnlistableConnectionManager lazy && managed.needsEnlistment()) {
            try {
                lazy.lazyEnlist(managed);
            } catch (ResourceException e) {
                throw new BrokerException(
                        ErrorNumbers.NOT_ENLISTED,
                        "The container doesn't enlist this connection in the global transaction of the calling thread: "
                                + e.getMessage() + " Get a connection inside the transaction.",
                        e);
            }
        }
    }
}
