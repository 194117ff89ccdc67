package org.parley.ra.outbound;

import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.io.Serializable;
import java.util.UUID;
import javax.naming.Reference;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;

/** The factory that an application finds in JNDI: asks the container for connection handles. */
public class ParleyConnectionFactory implements BrokerConnectionFactory, Serializable, Referenceable {

    private static final long serialVersionUID = 1L;

    private static final int NO_HANDLE = 8418;

    private final ParleyManagedConnectionFactory factory;
    private final ConnectionManager connections;
    private Reference reference;

    ParleyConnectionFactory(ParleyManagedConnectionFactory factory, ConnectionManager connections) {
        this.factory = factory;
        this.connections = connections;
    }

    @Override
    public BrokerConnection getConnection() {
        return allocate(null, null, null);
    }

    @Override
    public BrokerConnection getConnection(String user, String password) {
        return allocate(user, password, null);
    }

    @Override
    public Conversation begin(Dialog dialog) {
        BrokerConnection connection = allocate(null, null, null);
        try {
            UUID handle = connection.begin(dialog).handle();
            Attachment attachment = ((Attached) connection).attachment();
            attachment.bind(handle);
            return new ConversationHandle(attachment, handle, connection::close);
        } catch (RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Conversation conversation(UUID handle) {
        if (handle == null) {
            throw new BrokerException(NO_HANDLE, "A conversation is found by its handle; none was given.");
        }
        BrokerConnection connection = allocate(null, null, handle);
        return new ConversationHandle(((Attached) connection).attachment(), handle, connection::close);
    }

    private BrokerConnection allocate(String user, String password, UUID endpoint) {
        try {
            return (BrokerConnection)
                    new HandleOrigin(connections, factory, factory.request(user, password, endpoint)).allocate();
        } catch (ResourceException e) {
            throw errorOf(e);
        }
    }

    /** What the adapter said, without what the container has put around it. */
    static BrokerException errorOf(ResourceException error) {
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BrokerException said) {
                return new BrokerException(said.number(), said.getMessage(), error);
            }
        }
        return new BrokerException(
                ErrorNumbers.NOT_RUNNING, "The container gives no connection: " + error.getMessage(), error);
    }

    @Override
    public Reference getReference() {
        return reference;
    }

    @Override
    public void setReference(Reference reference) {
        this.reference = reference;
    }
}
