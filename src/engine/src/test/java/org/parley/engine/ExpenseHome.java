package org.parley.engine;

import static org.parley.testkit.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/**
 * A server for each test, at the time of a settable clock, with the services of {@link Expenses}. Its home is a copy of
 * one that was made once, so that a test begins in milliseconds.
 */
public final class ExpenseHome implements BeforeEachCallback, AfterEachCallback {

    /** The broker database. */
    public static final String DATABASE = "db";

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(ExpenseHome.class);
    private static final List<String> TABLES = List.of(
            "ENDPOINTS", "MESSAGES", "BODIES", "RETAINED", "RETAINED_BODIES", "TIMERS", "TRANSITS", "SUSPENDED_GROUPS");

    private final UnaryOperator<ServerConfig> configuration;
    private SettableClock clock;
    private Heard heard;
    private Path home;
    private Parley parley;

    /** With the configuration that servers have unless told otherwise. */
    public ExpenseHome() {
        this(config -> config);
    }

    /** With another configuration; home, clock and listener stay as they are given. */
    public ExpenseHome(UnaryOperator<ServerConfig> configuration) {
        this.configuration = configuration;
    }

    /** A home that tests copy; deleted when all tests have run. */
    private record Prepared(Path home) implements ExtensionContext.Store.CloseableResource {

        static Prepared make() {
            try {
                Prepared prepared = new Prepared(Files.createTempDirectory("parley-prepared-"));
                try (Parley parley = Parley.open(prepared.home);
                        LocalConnection connection = parley.connect(DATABASE)) {
                    Expenses.define(connection);
                }
                return prepared;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            delete(home);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Prepared prepared = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Prepared.class, key -> Prepared.make(), Prepared.class);
        home = Files.createTempDirectory("parley-home-");
        copy(prepared.home(), home);
        clock = new SettableClock();
        heard = new Heard();
        open();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.skip(1).toList()) {
                if (!each.getFileName().toString().endsWith(".lck")) {
                    Files.copy(each, to.resolve(from.relativize(each).toString()));
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private void open() {
        parley = Parley.open(
                configuration.apply(ServerConfig.of(home).withClock(clock).withListener(heard)));
        parley.server().ensureDatabase(DATABASE);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        close();
        delete(home);
    }

    private void close() {
        parley.close();
    }

    /** Closes the server, whatever is under way, and opens it again; connections are of no use any more. */
    public void restart() {
        close();
        open();
    }

    /** Something done to the home while it is closed. */
    @FunctionalInterface
    public interface Offline {

        /** Does it. */
        void to(Path home) throws Exception;
    }

    /** As {@link #restart()}, with something done between. */
    public void whileClosed(Offline work) throws Exception {
        close();
        work.to(home);
        open();
    }

    /** The running server. */
    public Parley parley() {
        return parley;
    }

    /** The clock. */
    public SettableClock clock() {
        return clock;
    }

    /** The home directory. */
    public Path home() {
        return home;
    }

    /** What the engine has told. */
    public Heard heard() {
        return heard;
    }

    /** A new session. */
    public LocalConnection connect() {
        return parley.connect(DATABASE);
    }

    /** Number of rows in each of the engine's tables of conversations that has any, read past locks. */
    public Map<String, Integer> rows() {
        Map<String, Integer> rows = new TreeMap<>();
        for (String table : TABLES) {
            int count = rows(table);
            if (count > 0) {
                rows.put(table, count);
            }
        }
        return rows;
    }

    /** Number of places that manifests have been written into. */
    public int manifestSlots() {
        return rows("MANIFEST_SLOTS");
    }

    private int rows(String table) {
        try (LocalConnection connection = parley.connect(DATABASE);
                Statement statement = connection.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT COUNT(*) FROM PARLEY_STORE." + table + " WITH UR")) {
            at.next();
            return at.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Every row of those tables, as text. */
    public List<String> dump() {
        List<String> rows = new ArrayList<>();
        try (LocalConnection connection = parley.connect(DATABASE);
                Statement statement = connection.sql().createStatement()) {
            for (String table : TABLES) {
                try (ResultSet at = statement.executeQuery("SELECT * FROM PARLEY_STORE." + table + " WITH UR")) {
                    int columns = at.getMetaData().getColumnCount();
                    while (at.next()) {
                        StringBuilder row = new StringBuilder(table);
                        for (int i = 1; i <= columns; i++) {
                            row.append(' ').append(at.getString(i));
                        }
                        rows.add(row.toString());
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        rows.sort(Comparator.naturalOrder());
        return rows;
    }

    /** Waits until the engine has removed every trace of conversations, from the disk and from memory. */
    public void awaitNothingLeft() {
        awaitNoConversationLeft();
        eventually()
                .becomes("reasons not to be up", () -> parley.server().health().reasons(), List::isEmpty);
    }

    /** As {@link #awaitNothingLeft()}, while the server may have reasons not to be up, as a queue that is off. */
    public void awaitNoConversationLeft() {
        eventually().becomes("rows left", this::rows, Map::isEmpty);
        try (LocalConnection connection = parley.connect(DATABASE)) {
            // memory follows the disk
            eventually().becomes("endpoints left", connection::endpoints, List::isEmpty);
        }
    }
}
