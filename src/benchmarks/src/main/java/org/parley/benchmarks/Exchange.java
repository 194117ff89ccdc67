package org.parley.benchmarks;

import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;

/** Lines 2 and 3: send some messages, commit; receive them, commit; inside one database, each thread with a queue of its own. */
final class Exchange {

    private Exchange() {}

    static Comparison line(String id, int messages, List<Integer> threads) {
        String what = messages == 1 ? "" : " " + messages;
        return new Comparison(
                id,
                "send" + what + ", commit; receive" + what + ", commit",
                messages,
                threads,
                List.of(
                        folder -> new InParley(folder, messages, Bodies.SMALL),
                        folder -> new InDerby(folder, messages, Bodies.SMALL),
                        folder -> new InArtemis(folder, messages)));
    }

    /** Through the engine: a dialog for each thread. */
    static class InParley implements Contender {

        private final String name;
        private final ParleyServer server;
        private final int count;
        private final Bodies bodies;

        InParley(Path folder, int count, Bodies bodies) {
            this(PARLEY, new ParleyServer(folder), count, bodies);
        }

        InParley(String name, ParleyServer server, int count, Bodies bodies) {
            this.name = name;
            this.server = server;
            this.count = count;
            this.bodies = bodies;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int forces() {
            return 2;
        }

        @Override
        public Work work(int thread) {
            LocalConnection connection = server.connect();
            String queue = "Queue" + thread;
            Conversation dialog = ParleyServer.begin(connection, queue);
            Receive receive = Receive.from(queue).top(count);
            return new Work() {
                private long number;

                @Override
                public void run(long due) {
                    connection.begin();
                    for (int i = 0; i < count; i++) {
                        dialog.send(ParleyServer.TYPE, bodies.of(number + i));
                    }
                    connection.commit();
                    connection.begin();
                    List<Message> messages = connection.receive(receive);
                    connection.commit();
                    Bodies.requireCount(count, messages.size());
                    for (Message message : messages) {
                        bodies.require(number++, message.body());
                    }
                }
            };
        }

        final ParleyServer server() {
            return server;
        }

        @Override
        public void check() throws Exception {
            server.check();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** Insert, commit; read a range, delete it, note how far, commit. */
    private static final class InDerby implements Contender {

        private final DerbyDatabase database;
        private final int count;
        private final Bodies bodies;

        InDerby(Path folder, int count, Bodies bodies) throws Exception {
            this.database = new DerbyDatabase(folder.resolve(DERBY));
            this.count = count;
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
                public void run(long due) throws SQLException {
                    for (int i = 0; i < count; i++) {
                        messages.insert(thread, number + i, bodies.of(number + i));
                    }
                    connection.commit();
                    List<byte[]> came = messages.receive(thread, number, number + count - 1);
                    connection.commit();
                    Bodies.requireCount(count, came.size());
                    for (byte[] body : came) {
                        bodies.require(number++, body);
                    }
                }
            };
        }

        @Override
        public void check() throws Exception {
            database.check(DerbyMessages.MESSAGES);
        }

        @Override
        public void close() throws SQLException {
            database.close();
        }
    }

    /** A transacted session for each thread. */
    private static final class InArtemis implements Contender {

        private final ArtemisBroker broker;
        private final int count;

        InArtemis(Path folder, int count) throws Exception {
            this.broker = new ArtemisBroker(folder);
            this.count = count;
        }

        @Override
        public String name() {
            return ARTEMIS;
        }

        @Override
        public int forces() {
            return 2;
        }

        @Override
        public Work work(int thread) throws Exception {
            jakarta.jms.Connection connection = broker.connect();
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            Queue queue = session.createQueue("Queue" + thread);
            MessageProducer producer = session.createProducer(queue);
            MessageConsumer consumer = session.createConsumer(queue);
            return new Work() {
                private long number;

                @Override
                public void run(long due) throws Exception {
                    for (int i = 0; i < count; i++) {
                        producer.send(ArtemisBroker.message(session, Bodies.SMALL.of(number + i)));
                    }
                    session.commit();
                    for (int i = 0; i < count; i++) {
                        Bodies.SMALL.require(number++, ArtemisBroker.receive(consumer));
                    }
                    session.commit();
                }
            };
        }

        @Override
        public void check() {
            broker.check();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
