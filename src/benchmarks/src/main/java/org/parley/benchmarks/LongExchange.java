package org.parley.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;

/** Line 7: send, commit; receive, commit; inside one database, with bodies that are written and read as streams. */
final class LongExchange {

    private LongExchange() {}

    static Comparison line(String id, LongBodies bodies, List<Integer> threads) {
        return new Comparison(
                id,
                "line 2 with bodies of " + bodies.length() / 1000 + " KB",
                1,
                threads,
                List.of(folder -> new InParley(folder, bodies), folder -> new InDerby(folder, bodies)));
    }

    private static final class InParley extends Exchange.InParley {

        private final LongBodies bodies;

        InParley(Path folder, LongBodies bodies) {
            super(folder, 1, Bodies.SMALL);
            this.bodies = bodies;
        }

        @Override
        public Work work(int thread) {
            LocalConnection connection = server().connect();
            String queue = "Queue" + thread;
            Conversation dialog = ParleyServer.begin(connection, queue);
            Receive receive = Receive.from(queue).top(1).streamed();
            return new Work() {
                private long number;

                @Override
                public void run(long due) throws Exception {
                    connection.begin();
                    dialog.send(ParleyServer.TYPE, bodies.of(number), bodies.length());
                    connection.commit();
                    connection.begin();
                    List<Message> messages = connection.receive(receive);
                    Bodies.requireCount(1, messages.size());
                    bodies.require(number++, messages.get(0).bodyStream());
                    connection.commit();
                }
            };
        }

        @Override
        public void check() throws Exception {
            server().check(DerbyMessages.BODIES);
        }
    }

    private static final class InDerby implements Contender {

        private final DerbyDatabase database;
        private final LongBodies bodies;

        InDerby(Path folder, LongBodies bodies) throws Exception {
            this.database = new DerbyDatabase(folder.resolve(DERBY));
            this.bodies = bodies;
        }

        @Override
        public String name() {
            return DERBY;
        }

        @Override
        public int forces() {
            return 2;
        }

        @Override
        public Work work(int thread) throws SQLException {
            Connection connection = database.connect();
            DerbyMessages messages = new DerbyMessages(connection);
            messages.insertEndpoint(thread);
            connection.commit();
            return new Work() {
                private long number;

                @Override
                public void run(long due) throws Exception {
                    messages.insert(thread, number, bodies.length(), bodies.of(number));
                    connection.commit();
                    LongBodies.Check check = bodies.check(number);
                    messages.receive(thread, number++, check);
                    connection.commit();
                    check.end();
                }
            };
        }

        @Override
        public void check() throws Exception {
            database.check(DerbyMessages.MESSAGES, DerbyMessages.BODIES);
        }

        @Override
        public void close() throws SQLException {
            database.close();
        }
    }
}
