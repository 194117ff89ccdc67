package org.parley.ra.outbound;

import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.io.PrintWriter;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.logging.Logger;
import javax.naming.Reference;
import javax.sql.DataSource;
import org.parley.BrokerException;

/** The data source that an application finds in JNDI: tables of its own, in the same branch as its messages. */
public class ParleyDataSource implements DataSource, Serializable, Referenceable {

    private static final long serialVersionUID = 1L;

    private static final String CANNOT_CONNECT = "08001";

    private final ParleyManagedConnectionFactory factory;
    private final ConnectionManager connections;
    private Reference reference;

    ParleyDataSource(ParleyManagedConnectionFactory factory, ConnectionManager connections) {
        this.factory = factory;
        this.connections = connections;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return getConnection(null, null);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        try {
            return (Connection)
                    new HandleOrigin(connections, factory, factory.request(user, password, null)).allocate();
        } catch (ResourceException e) {
            BrokerException error = ParleyConnectionFactory.errorOf(e);
            throw new SQLNonTransientConnectionException(error.getMessage(), CANNOT_CONNECT, error.number(), error);
        }
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // nothing is written there: the adapter logs through System.Logger
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the container's pool decides how long to wait
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Parley logs through System.Logger 'org.parley'.");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("A ParleyDataSource is no " + type.getName() + ".");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
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
