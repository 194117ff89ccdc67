package org.parley.testkit.crash;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.XAConnection;
import javax.sql.XADataSource;

/**
 * A database of the application's own: a Derby in a class loader of its own, as in an application server, so that it and the
 * engine's don't stop each other.
 */
final class OwnDatabase implements AutoCloseable {

    private static final String LOG = "derby.stream.error.file";

    private final URLClassLoader loader;
    private final XADataSource source;

    OwnDatabase(Path directory) throws ReflectiveOperationException, SQLException {
        loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader());
        source = source(directory);
        set(source, "setCreateDatabase", "create");
        XAConnection first = booted(directory.resolveSibling("own.log"));
        try (Connection connection = first.getConnection()) {
            StepTable.create(connection);
        } finally {
            first.close();
        }
    }

    /** Derby reads once where its log goes; the lock is the one that the engine takes when it boots its own. */
    private XAConnection booted(Path log) throws SQLException {
        Properties system = System.getProperties();
        synchronized (system) {
            system.setProperty(LOG, log.toString());
            try {
                return source.getXAConnection();
            } finally {
                system.remove(LOG);
            }
        }
    }

    private XADataSource source(Path directory) throws ReflectiveOperationException {
        XADataSource made = (XADataSource) loader.loadClass("org.apache.derby.jdbc.EmbeddedXADataSource")
                .getConstructor()
                .newInstance();
        set(made, "setDatabaseName", directory.toString());
        return made;
    }

    private static void set(XADataSource source, String method, String value) throws ReflectiveOperationException {
        source.getClass().getMethod(method, String.class).invoke(source, value);
    }

    private static URL[] jars() {
        List<URL> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (new File(entry).getName().startsWith("derby")) {
                try {
                    jars.add(new File(entry).toURI().toURL());
                } catch (MalformedURLException e) {
                    throw new IllegalStateException(entry, e);
                }
            }
        }
        return jars.toArray(URL[]::new);
    }

    XAConnection connect() throws SQLException {
        return source.getXAConnection();
    }

    @Override
    public void close() throws ReflectiveOperationException, SQLException, IOException {
        XADataSource end = source(Path.of(""));
        set(end, "setShutdownDatabase", "shutdown");
        try {
            end.getXAConnection();
        } catch (SQLException e) {
            // Derby says by an exception that it has stopped
            if (!"XJ015".equals(e.getSQLState())) {
                throw e;
            }
        }
        loader.close();
    }
}
