package org.parley.tests.second;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import org.apache.derby.jdbc.EmbeddedXADataSource;

/** A Derby database, created when missing, with a gate at each step of its two phases. */
public class GatedDataSource implements XADataSource {

    private final EmbeddedXADataSource derby = new EmbeddedXADataSource();

    public GatedDataSource() {
        derby.setCreateDatabase("create");
    }

    public String getDatabaseName() {
        return derby.getDatabaseName();
    }

    public void setDatabaseName(String name) {
        derby.setDatabaseName(name);
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return gated(derby.getXAConnection());
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return gated(derby.getXAConnection(user, password));
    }

    private static XAConnection gated(XAConnection connection) {
        return (XAConnection) Proxy.newProxyInstance(
                GatedDataSource.class.getClassLoader(),
                new Class<?>[] {XAConnection.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        return result instanceof XAResource resource ? new GatedResource(resource) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return derby.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        derby.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        derby.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return derby.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("second");
    }
}
