package org.parley.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/** One server with two broker databases, each with two services; used by many programs, one after the other. */
final class Home implements AutoCloseable {

    static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);
    static final int DATABASES = 2;

    private static final List<String> ROLES = List.of("client", "desk");

    /** They hold proofs of passwords, and can be read by nobody. */
    private static final Set<String> PROOFS = Set.of("OPTIONS", "USERS");

    private final Path path;
    private final SettableClock clock = new SettableClock();
    private final Map<String, Integer> rowsAtFirst;
    private Parley parley;

    Home() {
        try {
            path = Files.createTempDirectory("parley-model-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open();
        for (int database = 0; database < DATABASES; database++) {
            try (LocalConnection connection = connect(database)) {
                connection
                        .catalog()
                        .define("ALTER DATABASE CURRENT SET TRUSTWORTHY ON;"
                                + " CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'a key for the model';");
                for (String service : services(database)) {
                    connection
                            .catalog()
                            .define("CREATE QUEUE " + queueOf(service) + "; CREATE SERVICE " + service + " ON QUEUE "
                                    + queueOf(service) + " ([DEFAULT]);");
                }
            }
        }
        rowsAtFirst = rows();
    }

    private void open() {
        parley = Parley.open(ServerConfig.of(path).withClock(clock).withLockTimeout(LOCK_TIMEOUT));
        for (int database = 0; database < DATABASES; database++) {
            parley.server().ensureDatabase(name(database));
        }
    }

    static String name(int database) {
        return "model" + database;
    }

    static List<String> services(int database) {
        return ROLES.stream().map(role -> role + database).toList();
    }

    static int databaseOf(String service) {
        return service.charAt(service.length() - 1) - '0';
    }

    static String queueOf(String service) {
        return service + "Queue";
    }

    SettableClock clock() {
        return clock;
    }

    LocalConnection connect(int database) {
        return parley.connect(name(database));
    }

    /** Closes the server, whatever is under way, and opens it again. */
    void restart() {
        parley.close();
        open();
    }

    /** What is in the engine's tables that was not there before the first program; empty when nothing is left. */
    Map<String, Integer> rowsLeft() {
        Map<String, Integer> left = rows();
        rowsAtFirst.forEach((table, count) -> left.merge(table, -count, (a, b) -> a + b == 0 ? null : a + b));
        return left;
    }

    /** Number of rows in each of the engine's tables that has any, read past locks. */
    private Map<String, Integer> rows() {
        Map<String, Integer> rows = new TreeMap<>();
        for (int database = 0; database < DATABASES; database++) {
            try (LocalConnection connection = connect(database);
                    Statement statement = connection.sql().createStatement()) {
                for (String table : tables(statement)) {
                    try (ResultSet at =
                            statement.executeQuery("SELECT COUNT(*) FROM PARLEY_STORE." + table + " WITH UR")) {
                        at.next();
                        if (at.getInt(1) > 0) {
                            rows.put(name(database) + "." + table, at.getInt(1));
                        }
                    }
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
        return rows;
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet at = statement.executeQuery("SELECT T.TABLENAME FROM SYS.SYSTABLES T"
                + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID"
                + " WHERE S.SCHEMANAME = 'PARLEY_STORE' AND T.TABLETYPE = 'T'")) {
            while (at.next()) {
                if (!PROOFS.contains(at.getString(1))) {
                    tables.add(at.getString(1));
                }
            }
        }
        return tables;
    }

    @Override
    public void close() {
        parley.close();
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
