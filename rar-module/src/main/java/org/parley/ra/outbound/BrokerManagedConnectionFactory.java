package org.parley.ra.outbound;

import jakarta.resource.spi.ConnectionManager;
import org.parley.BrokerConnectionFactory;

/** Behind {@link BrokerConnectionFactory}: sessions, and connections bound to a conversation endpoint. */
public class BrokerManagedConnectionFactory extends ParleyManagedConnectionFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public Object createConnectionFactory(ConnectionManager connections) {
        return new ParleyConnectionFactory(this, connections);
    }

    @Override
    Object newHandle(Attachment attachment) {
        return new BrokerConnectionHandle(attachment);
    }
}
