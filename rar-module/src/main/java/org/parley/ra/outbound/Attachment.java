package org.parley.ra.outbound;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/**
 * What ties a handle to its managed connection. The container may move the handle to another one, take the connection away
 * until the next use, or, when its transaction or request is over, for good; from then on every use is an error, by
 * construction.
 */
public final class Attachment {

    private volatile ParleyManagedConnection connection;
    private volatile boolean dissociated;
    private volatile HandleOrigin origin;
    private Object handle;

    Attachment(ParleyManagedConnection connection) {
        this.connection = connection;
    }

    /** Told once, before the handle is given out. */
    void heldBy(Object newHandle) {
        handle = newHandle;
    }

    void cameFrom(HandleOrigin newOrigin) {
        origin = newOrigin;
    }

    /** Whether it is on a connection that may be of who asks. */
    boolean mayServe(ParleyRequest asked) {
        ParleyManagedConnection at = connection;
        return at != null && at.mayServe(asked);
    }

    /** The session of the managed connection of the moment. */
    BrokerConnection session() {
        return connection().session();
    }

    <T> T call(Function<BrokerConnection, T> work) {
        ParleyManagedConnection at = connection();
        try {
            return work.apply(at.session());
        } catch (BrokerException e) {
            at.poisonedBy(e);
            throw e;
        }
    }

    void run(Consumer<BrokerConnection> work) {
        call(session -> {
            work.accept(session);
            return null;
        });
    }

    /** Binds the managed connection, and each that follows it, to a conversation endpoint. */
    void bind(UUID endpoint) {
        connection().bind(endpoint);
        HandleOrigin from = origin;
        if (from != null) {
            from.bind(endpoint);
        }
    }

    /** Conversation endpoint of its connections, or null. */
    UUID endpoint() {
        HandleOrigin from = origin;
        return from == null ? null : from.endpoint();
    }

    boolean isClosed() {
        return connection == null && !dissociated;
    }

    /** Closes the handle; the container hears of it. Does nothing when it is closed. */
    void close() {
        ParleyManagedConnection at = connection;
        boolean inactive = dissociated;
        connection = null;
        dissociated = false;
        if (at != null) {
            at.closed(this, handle);
        } else if (inactive) {
            origin.closedInactive(handle);
        }
    }

    void moveTo(ParleyManagedConnection other) {
        leave();
        dissociated = false;
        connection = other;
    }

    /** Takes the managed connection away until the next use; for good where the container doesn't give another one. */
    void dissociate() {
        leave();
        HandleOrigin from = origin;
        dissociated = from != null && from.associatesLazily();
        connection = null;
    }

    private void leave() {
        ParleyManagedConnection before = connection;
        if (before != null) {
            before.forget(this);
        }
    }

    private ParleyManagedConnection connection() {
        HandleOrigin from = origin;
        if (connection == null && dissociated) {
            from.associate(handle);
        }
        ParleyManagedConnection at = connection;
        if (at == null) {
            throw new BrokerException(
                    ErrorNumbers.CLOSED,
                    "This connection handle is closed, by its application or by the container at the end of a"
                            + " transaction or request; get a new one from the factory.");
        }
        if (from != null) {
            from.enlist(at);
        }
        return at;
    }
}
