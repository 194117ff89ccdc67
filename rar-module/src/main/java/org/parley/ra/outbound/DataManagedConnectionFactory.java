package org.parley.ra.outbound;

import jakarta.resource.spi.ConnectionManager;

/** Behind {@code javax.sql.DataSource}: tables of the application in the same branch. */
public class DataManagedConnectionFactory extends ParleyManagedConnectionFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public Object createConnectionFactory(ConnectionManager connections) {
        return new ParleyDataSource(this, connections);
    }

    @Override
    Object newHandle(Attachment attachment) {
        return SqlHandle.of(attachment);
    }
}
