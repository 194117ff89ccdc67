package org.parley.ra.outbound;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/**
 * What ties a handle to its managed connection. The container may move the handle to another one, and takes it away when
 * its transaction or its request is over; from then on every use is an error, by construction.
 */
public final class Attachment {

    private volatile ParleyManagedConnection connection;

    Attachment(ParleyManagedConnection connection) {
        this.connection = connection;
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

    void bind(UUID endpoint) {
        connection().bind(endpoint);
    }

    boolean isClosed() {
        return connection == null;
    }

    /** Closes the handle; the container hears of it. Does nothing when it is closed. */
    void close(Object handle) {
        ParleyManagedConnection at = connection;
        connection = null;
        if (at != null) {
            at.closed(this, handle);
        }
    }

    void moveTo(ParleyManagedConnection other) {
        ParleyManagedConnection before = connection;
        if (before != null) {
            before.forget(this);
        }
        connection = other;
    }

    private ParleyManagedConnection connection() {
        ParleyManagedConnection at = connection;
        if (at == null) {
            throw new BrokerException(
                    ErrorNumbers.CLOSED,
                    "This connection handle is closed, by its application or by the container at the end of a"
                            + " transaction or request; get a new one from the factory.");
        }
        return at;
    }
}
