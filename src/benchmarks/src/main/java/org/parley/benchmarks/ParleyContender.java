package org.parley.benchmarks;

import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;

/** The same through the engine: a dialog for each thread, with a queue of its own at its target. */
final class ParleyContender implements Contender {

    static final String TYPE = "//parley.org/benchmarks/Message";
    private static final String DATABASE = "benchmark";
    private static final String CONTRACT = "//parley.org/benchmarks/Contract";
    private static final String SENDER = "//parley.org/benchmarks/Sender";

    private final Path home;
    private final Parley parley;
    private final LocalConnection own;

    ParleyContender(Path folder) {
        home = folder.resolve("parley");
        parley = Parley.open(home);
        own = parley.connect(DATABASE);
        own.catalog().define("""
                CREATE MESSAGE TYPE [%s] VALIDATION = NONE;
                CREATE CONTRACT [%s] ([%s] SENT BY ANY);
                CREATE QUEUE SenderQueue;
                CREATE SERVICE [%s] ON QUEUE SenderQueue;
                """.formatted(TYPE, CONTRACT, TYPE, SENDER));
    }

    @Override
    public String name() {
        return "parley";
    }

    LocalConnection connect() {
        return parley.connect(DATABASE);
    }

    /** Defines a target with a queue and begins a dialog with it. */
    Conversation beginDialog(LocalConnection connection, String queue) {
        String target = "//parley.org/benchmarks/" + queue;
        own.catalog().define("""
                CREATE QUEUE %s;
                CREATE SERVICE [%s] ON QUEUE %s ([%s]);
                """.formatted(queue, target, queue, CONTRACT));
        return connection.begin(Dialog.between(SENDER, target).on(CONTRACT));
    }

    @Override
    public Work work(int thread) {
        LocalConnection connection = connect();
        String queue = "Queue" + thread;
        Conversation dialog = beginDialog(connection, queue);
        return new Messages(connection, connection.conversation(dialog.handle()), Receive.from(queue));
    }

    @Override
    public void check() throws Exception {
        String durability = own.inTransaction(() -> {
            try (Statement statement = own.sql().createStatement()) {
                DerbyContender.requireEmpty(statement, "PARLEY_STORE.MESSAGES");
                return LogForce.durability(statement);
            }
        });
        LogForce.requireOn(home, durability);
    }

    @Override
    public void close() {
        parley.close();
    }

    /** Send, commit; receive, commit. */
    private static final class Messages implements Work {

        private final LocalConnection connection;
        private final Conversation dialog;
        private final Receive receive;
        private final byte[] body = Bodies.fresh();
        private long sequence;

        Messages(LocalConnection connection, Conversation dialog, Receive receive) {
            this.connection = connection;
            this.dialog = dialog;
            this.receive = receive;
        }

        @Override
        public void put() {
            connection.begin();
            dialog.send(TYPE, body);
            connection.commit();
        }

        @Override
        public void take() {
            connection.begin();
            List<Message> messages = connection.receive(receive);
            connection.commit();
            if (messages.size() != 1) {
                throw new IllegalStateException(
                        "One message was due, with number " + sequence + "; received were " + messages.size() + ".");
            }
            Bodies.require(
                    sequence, messages.get(0).sequenceNumber(), messages.get(0).body());
            sequence++;
        }
    }
}
