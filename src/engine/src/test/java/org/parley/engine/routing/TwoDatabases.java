package org.parley.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.Heard;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/** A server with a database that asks and one that answers, on a clock that stands still. */
public final class TwoDatabases implements BeforeEachCallback, AfterEachCallback {

    public static final String ASKING = "Asking";
    public static final String ANSWERING = "Answering";
    public static final String ASKER = "//asker";
    public static final String ANSWERER = "//answerer";
    public static final String CONTRACT = "//asking";
    public static final String QUESTION = "//question";
    public static final String ANSWER = "//answer";

    /** Without these a dialog with ENCRYPTION = ON, the default, stays where it is. */
    public static final String TRUST = """
            ALTER DATABASE CURRENT SET TRUSTWORTHY ON;
            CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'not told to anybody 1';
            """;

    public static final String TYPES = """
            CREATE MESSAGE TYPE [//question] VALIDATION = NONE;
            CREATE MESSAGE TYPE [//answer] VALIDATION = NONE;
            CREATE CONTRACT [//asking] ([//question] SENT BY INITIATOR, [//answer] SENT BY ANY);
            """;
    public static final String ASKER_SIDE = "CREATE QUEUE Answers; CREATE SERVICE [//asker] ON QUEUE Answers;";
    public static final String ANSWERER_SIDE =
            "CREATE QUEUE Questions; CREATE SERVICE [//answerer] ON QUEUE Questions ([//asking]);";

    private static final List<String> TABLES =
            List.of("ENDPOINTS", "MESSAGES", "BODIES", "RETAINED", "RETAINED_BODIES", "TIMERS", "TRANSITS");

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TwoDatabases.class);

    private final List<LocalConnection> connections = new ArrayList<>();
    private final Set<String> away = new HashSet<>();
    private final Map<String, Path> places = new HashMap<>();
    private Path home;
    private SettableClock clock;
    private Heard heard;
    private Parley parley;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Prepared prepared = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Prepared.class, key -> Prepared.make(), Prepared.class);
        home = Files.createTempDirectory("parley-two-");
        try (Stream<Path> all = Files.walk(prepared.home())) {
            for (Path each : all.skip(1).toList()) {
                if (!each.getFileName().toString().endsWith(".lck")) {
                    Files.copy(
                            each, home.resolve(prepared.home().relativize(each).toString()));
                }
            }
        }
        clock = new SettableClock();
        heard = new Heard();
        open();
    }

    /** A home with both databases that tests copy; deleted when all tests have run. */
    private record Prepared(Path home) implements ExtensionContext.Store.CloseableResource {

        static Prepared make() {
            try {
                Prepared prepared = new Prepared(Files.createTempDirectory("parley-prepared-two-"));
                try (Parley parley = Parley.open(prepared.home)) {
                    parley.connect(ASKING).catalog().define(TRUST + TYPES + ASKER_SIDE);
                    parley.connect(ANSWERING).catalog().define(TRUST + TYPES + ANSWERER_SIDE);
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

    private void open() {
        parley = Parley.open(ServerConfig.of(home).withClock(clock).withListener(heard));
        for (String database : List.of(ASKING, ANSWERING)) {
            if (!away.contains(database)) {
                parley.server().ensureDatabase(database);
            }
        }
    }

    /** Closes the server and opens it again without a database, whose files lie elsewhere meanwhile. */
    void takeAway(String database) throws IOException {
        parley.close();
        Path lost = Files.createTempDirectory("parley-away-");
        Files.move(home.resolve(database), lost.resolve(database));
        away.add(database);
        places.put(database, lost);
        open();
    }

    /** Closes the server and opens it again with a database that was taken away. */
    void bringBack(String database) throws IOException {
        parley.close();
        Files.move(places.get(database).resolve(database), home.resolve(database));
        away.remove(database);
        open();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        parley.close();
        delete(home);
        for (Path lost : places.values()) {
            delete(lost);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** What happens to the files of the home while the server is closed. */
    @FunctionalInterface
    public interface Meanwhile {

        /** Does it. */
        void happens(Path home) throws IOException;
    }

    /** As {@link #restart()}, and something happens in between. */
    public void reopen(Meanwhile meanwhile) throws IOException {
        parley.close();
        meanwhile.happens(home);
        open();
    }

    /** Closes the server, whatever is under way, and opens it again; connections are of no use any more. */
    public void restart() {
        parley.close();
        open();
    }

    public Parley parley() {
        return parley;
    }

    public Path home() {
        return home;
    }

    public SettableClock clock() {
        return clock;
    }

    public Heard heard() {
        return heard;
    }

    public LocalConnection asking() {
        return connect(ASKING);
    }

    public LocalConnection answering() {
        return connect(ANSWERING);
    }

    public LocalConnection connect(String database) {
        LocalConnection connection = parley.connect(database);
        connections.add(connection);
        return connection;
    }

    public static Dialog dialog() {
        return Dialog.between(ASKER, ANSWERER).on(CONTRACT);
    }

    /** Begins a dialog and sends questions, in one transaction. */
    public static Conversation ask(LocalConnection connection, String... questions) throws Exception {
        return connection.inTransaction(() -> {
            Conversation conversation = connection.begin(dialog());
            for (String question : questions) {
                conversation.send(QUESTION, question);
            }
            return conversation;
        });
    }

    /** Waits until so many messages can be received from a queue, and receives them. */
    public static List<Message> receive(LocalConnection connection, String queue, int messages) {
        List<Message> all = new ArrayList<>();
        eventually()
                .becomes(
                        messages + " messages in " + queue,
                        () -> {
                            all.addAll(connection.receive(Receive.from(queue)));
                            return texts(all);
                        },
                        texts -> texts.size() >= messages);
        assertThat(all).hasSize(messages);
        return all;
    }

    public static List<String> texts(List<Message> messages) {
        return messages.stream()
                .map(message -> message.isEndDialog() ? "end" : message.isError() ? "error" : message.text())
                .toList();
    }

    /** Moves the clock on until acknowledgements have gone out. */
    public void passAcknowledgements() {
        clock.advance(Duration.ofSeconds(2));
    }

    /** Number of rows in each of the engine's tables that has any, read past locks. */
    public Map<String, Integer> rows(String database) {
        Map<String, Integer> rows = new TreeMap<>();
        try (LocalConnection connection = parley.connect(database);
                Statement statement = connection.sql().createStatement()) {
            for (String table : TABLES) {
                try (ResultSet at = statement.executeQuery("SELECT COUNT(*) FROM PARLEY_STORE." + table + " WITH UR")) {
                    at.next();
                    if (at.getInt(1) > 0) {
                        rows.put(table, at.getInt(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    /** Waits until every trace of conversations is gone from the disks and from memory. */
    public void awaitNothingLeft() {
        for (String database : List.of(ASKING, ANSWERING)) {
            eventually().becomes("rows left in " + database, () -> rows(database), Map::isEmpty);
            try (LocalConnection connection = parley.connect(database)) {
                eventually().becomes("endpoints left in " + database, connection::endpoints, List::isEmpty);
            }
        }
        eventually().becomes("health", () -> parley.server().health().reasons(), List::isEmpty);
        assertThat(heard.lines("engine transaction failed")).isEmpty();
    }
}
