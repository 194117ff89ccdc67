package org.parley.engine.store.derby;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.derby.iapi.jdbc.AuthenticationService;
import org.apache.derby.iapi.jdbc.InternalDriver;
import org.apache.derby.iapi.services.monitor.Monitor;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.apache.derby.impl.services.jmxnone.NoManagementService;
import org.apache.derby.jdbc.EmbeddedDriver;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/**
 * The one Derby engine of this class loader, started by its first user and ended by its last. Never uses DriverManager:
 * after a shutdown with deregistration Derby doesn't come back through it.
 */
final class DerbyEngine {

    private static final String URL = "jdbc:derby:";

    /** Name of a storage factory that Derby knows by {@code derby.subSubProtocol.NAME}; for tests, whose disks fail. */
    private static final String STORAGE = "parley.derby.storage";

    private static final Object GATE = new Object();
    private static final Set<Path> OPEN = new HashSet<>();
    private static int users;

    private DerbyEngine() {}

    /** Starts the engine when it isn't running; the first user's home gets the log file. */
    static void enter(Path home) {
        synchronized (GATE) {
            if (users == 0) {
                boot(home);
            }
            users++;
        }
    }

    /** Ends the engine with the last user: no thread, timer or driver stays. */
    static void leave() {
        synchronized (GATE) {
            if (--users == 0) {
                shutdown();
            }
        }
    }

    /** Takes a database for one store: Derby itself refuses other engines only. */
    static void open(Path database) {
        synchronized (GATE) {
            if (!OPEN.add(database)) {
                throw new StoreException(Kind.UNAVAILABLE, "Database " + database + " is already open.", null);
            }
        }
    }

    /** Shuts a database down and gives it free. */
    static void close(Path database) {
        try {
            shutdown(database);
        } finally {
            free(database);
        }
    }

    /** Gives a database free that was taken and not opened. */
    static void free(Path database) {
        synchronized (GATE) {
            OPEN.remove(database);
        }
    }

    /**
     * Derby reads where its log file is from system properties, at boot only. They are set for that moment; the lock is
     * one that every class loader of the JVM sees, so that two adapters don't restore each other's values.
     */
    private static void boot(Path home) {
        Settings.requireDurability(home);
        LatchedPurges.mend();
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("derby.system.home", home.toString());
        wanted.put("derby.stream.error.file", home.resolve("derby.log").toString());
        wanted.put("derby.infolog.append", "true");
        StringWriter said = new StringWriter();
        Properties system = System.getProperties();
        synchronized (system) {
            Map<String, String> before = new LinkedHashMap<>();
            wanted.forEach((key, value) -> before.put(key, (String) system.setProperty(key, value)));
            try {
                Monitor.startMonitor(modules(), new PrintWriter(said, true));
                if (InternalDriver.activeDriver() == null) {
                    throw new StoreException(Kind.UNAVAILABLE, "Starting Derby for " + home + ": " + said, null);
                }
            } finally {
                before.forEach((key, value) -> restore(system, key, value));
            }
        }
    }

    /**
     * What its driver would start, less the beans by which it shows itself to the platform's bean server: nobody asks
     * them, and to make them takes as long as to open a database. A network server isn't started either.
     */
    private static Properties modules() {
        Properties modules = new Properties();
        modules.setProperty("derby.service.jdbc", InternalDriver.class.getName());
        modules.setProperty("derby.service.authentication", AuthenticationService.MODULE);
        modules.setProperty("derby.module.mgmt.jmx", NoManagementService.class.getName());
        return modules;
    }

    private static void restore(Properties system, String key, String value) {
        if (value == null) {
            system.remove(key);
        } else {
            system.setProperty(key, value);
        }
    }

    private static void shutdown() {
        Properties attributes = new Properties();
        attributes.setProperty("shutdown", "true");
        attributes.setProperty("deregister", "true");
        expect("XJ015", attributes, "Shutting Derby down");
    }

    /** A new connection to a database, which is booted if need be. */
    static EmbedConnection connect(Path database) {
        return connect(database, attributes(database));
    }

    /** A connection to a database that is created with it. */
    static EmbedConnection create(Path database) {
        Properties attributes = attributes(database);
        attributes.setProperty("create", "true");
        return connect(database, attributes);
    }

    /** A connection to a database that is made of a backup with it. */
    static EmbedConnection createFrom(Path database, Path backup) {
        Properties attributes = attributes(database);
        attributes.setProperty("createFrom", backup.toAbsolutePath().toString());
        return connect(database, attributes);
    }

    private static EmbedConnection connect(Path database, Properties attributes) {
        try {
            EmbedConnection connection = (EmbedConnection) new EmbeddedDriver().connect(URL, attributes);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw Failure.opening(database, e);
        }
    }

    /** Shuts one database down, with a checkpoint. */
    static void shutdown(Path database) {
        Properties attributes = attributes(database);
        attributes.setProperty("shutdown", "true");
        expect("08006", attributes, "Closing database " + database);
    }

    private static Properties attributes(Path database) {
        Properties attributes = new Properties();
        // Not in the URL: a path may hold a semicolon.
        attributes.setProperty("databaseName", name(database));
        return attributes;
    }

    /** Name of a database at Derby; before its path stands the storage that it lies on when that isn't the file system. */
    static String name(Path database) {
        String path = database.toAbsolutePath().toString();
        String storage = System.getProperty(STORAGE);
        return storage == null ? path : storage + ":" + path;
    }

    private static void expect(String state, Properties attributes, String doing) {
        try {
            new EmbeddedDriver().connect(URL, attributes);
        } catch (SQLException e) {
            if (!state.equals(e.getSQLState())) {
                throw Failure.of(doing, e);
            }
        }
    }
}
