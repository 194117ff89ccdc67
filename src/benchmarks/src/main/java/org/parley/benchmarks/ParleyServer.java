package org.parley.benchmarks;

import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Parley;

/** A server with one broker database, a service that sends, and services with a queue of their own to be sent to. */
final class ParleyServer implements Contender.Equipment {

    static final String TYPE = "//parley.org/benchmarks/Message";
    static final String CONTRACT = "//parley.org/benchmarks/Contract";
    static final String SENDER = "//parley.org/benchmarks/Sender";
    private static final String DATABASE = "benchmark";
    private static final String DEFINITIONS = """
            CREATE MESSAGE TYPE [%s] VALIDATION = NONE;
            CREATE CONTRACT [%s] ([%s] SENT BY ANY);
            CREATE QUEUE SenderQueue;
            CREATE SERVICE [%s] ON QUEUE SenderQueue;
            """.formatted(TYPE, CONTRACT, TYPE, SENDER);

    private final Path home;
    private final Parley parley;

    ParleyServer(Path folder) {
        home = home(folder);
        parley = Parley.open(home);
        openDatabase(DATABASE);
    }

    /** Opens a database, which gets the definitions that all have. */
    final void openDatabase(String name) {
        try (LocalConnection connection = connect(name)) {
            connection.catalog().define(DEFINITIONS);
        }
    }

    /** The home of a server in that folder. */
    static Path home(Path folder) {
        return folder.resolve(Contender.PARLEY);
    }

    /** Where the Derby database of a server in that folder lies. */
    static Path database(Path folder) {
        return home(folder).resolve(DATABASE);
    }

    LocalConnection connect() {
        return connect(DATABASE);
    }

    LocalConnection connect(String database) {
        return parley.connect(database);
    }

    Parley parley() {
        return parley;
    }

    /** Defines a queue and the service on it, in the database of that connection. */
    static void define(LocalConnection connection, String queue) {
        define(connection, List.of(queue));
    }

    /** Defines queues and the services on them in one transaction. */
    static void define(LocalConnection connection, List<String> queues) {
        connection
                .catalog()
                .define(queues.stream()
                        .map(queue -> """
                CREATE QUEUE %s;
                CREATE SERVICE [%s] ON QUEUE %s ([%s]);
                """.formatted(queue, service(queue), queue, CONTRACT))
                        .collect(Collectors.joining()));
    }

    static String service(String queue) {
        return "//parley.org/benchmarks/" + queue;
    }

    /** A dialog from the sender to the service on that queue. */
    static Dialog dialogTo(String queue) {
        return Dialog.between(SENDER, service(queue)).on(CONTRACT);
    }

    /** Defines a queue with a service and begins a dialog with it. */
    static Conversation begin(LocalConnection connection, String queue) {
        define(connection, queue);
        return connection.begin(dialogTo(queue));
    }

    @Override
    public void check(List<String> emptied) throws Exception {
        requireForce();
        for (String database : parley.server().databases()) {
            for (String table : emptied) {
                Rows.requireNoneSoon(table, name -> rows(database, name));
            }
        }
    }

    private long rows(String database, String table) throws Exception {
        try (LocalConnection connection = connect(database)) {
            return connection.inTransaction(() -> {
                try (Statement statement = connection.sql().createStatement()) {
                    return Rows.count(statement, table);
                }
            });
        }
    }

    private void requireForce() throws Exception {
        try (LocalConnection connection = connect()) {
            String durability = connection.inTransaction(() -> {
                try (Statement statement = connection.sql().createStatement()) {
                    return LogForce.durability(statement);
                }
            });
            LogForce.requireOn(home, durability);
        }
    }

    @Override
    public void close() {
        parley.close();
    }
}
