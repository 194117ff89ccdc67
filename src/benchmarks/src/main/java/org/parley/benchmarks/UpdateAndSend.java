package org.parley.benchmarks;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.XASession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Receive;

/**
 * Lines 1 and 1b: in one global transaction, update a row and send a message. Either the table lies in the database of the
 * messages: one resource, one phase; or in another one, and there are two of both. A broker has no choice.
 */
final class UpdateAndSend {

    /** Most messages that are taken in one transaction after a round. */
    private static final int BATCH = 1000;

    private UpdateAndSend() {}

    static Comparison inOneDatabase(List<Integer> threads) {
        return new Comparison(
                "1",
                "JTA: update a row and send",
                1,
                threads,
                List.of(
                        folder -> new JtaContender(new ParleyMessages(folder), null),
                        folder -> new JtaContender(new RawMessages(folder), null),
                        folder -> new JtaContender(new ArtemisMessages(folder), apart(folder, "artemis-table"))));
    }

    static Comparison inTwo(List<Integer> threads) {
        return new Comparison(
                "1b",
                "JTA: update a row of another database and send",
                1,
                threads,
                List.of(
                        folder -> new JtaContender(new ParleyMessages(folder), apart(folder, "parley-table")),
                        folder -> new JtaContender(new RawMessages(folder), apart(folder, "derby-table")),
                        folder -> new JtaContender(new ArtemisMessages(folder), apart(folder, "artemis-table"))));
    }

    private static DerbyDatabase apart(Path folder, String name) throws Exception {
        DerbyDatabase database = new DerbyDatabase(folder.resolve(name));
        try (Connection connection = database.connect()) {
            Accounts.create(connection);
            connection.commit();
        }
        return database;
    }

    /** Where messages are, and maybe the table. */
    private interface Messages extends AutoCloseable {

        String name();

        Part part(int thread) throws Exception;

        void check() throws Exception;

        @Override
        void close() throws SQLException;
    }

    /** The part of one thread. */
    private interface Part {

        XAResource resource();

        /** To work with the table in the same branch. */
        Connection sql();

        void send(byte[] body) throws Exception;

        /** Takes so many of those that were sent, in a transaction of its own. */
        List<byte[]> take(int count) throws Exception;
    }

    /** Narayana, with one resource or two. */
    private record JtaContender(Messages messages, DerbyDatabase table) implements Contender {

        private static final int ONE_PHASE = 1;

        /** Two prepares, the decision, two commits. */
        private static final int TWO_PHASES = 5;

        @Override
        public String name() {
            return messages.name();
        }

        @Override
        public int forces() {
            return table == null ? ONE_PHASE : TWO_PHASES;
        }

        @Override
        public Work work(int thread) throws Exception {
            Part part = messages.part(thread);
            if (table == null) {
                return new JtaWork(part, part.sql(), List.of(part.resource()), thread);
            }
            XAConnection apart = table.connectXa();
            return new JtaWork(part, apart.getConnection(), List.of(apart.getXAResource(), part.resource()), thread);
        }

        @Override
        public void check() throws Exception {
            messages.check();
            if (table != null) {
                table.check();
            }
        }

        @Override
        public void close() throws SQLException {
            if (table != null) {
                table.close();
            }
            messages.close();
        }
    }

    private static final class JtaWork implements Contender.Work {

        private final Transactions transactions = new Transactions();
        private final Part part;
        private final Connection sql;
        private final List<XAResource> resources;
        private final int account;
        private long sent;
        private long taken;

        JtaWork(Part part, Connection sql, List<XAResource> resources, int account) {
            this.part = part;
            this.sql = sql;
            this.resources = resources;
            this.account = account;
        }

        @Override
        public void run(long due) throws Exception {
            transactions.run(resources, () -> {
                Accounts.deposit(sql, account);
                part.send(Bodies.SMALL.of(sent));
            });
            sent++;
        }

        @Override
        public void settle() throws Exception {
            while (taken < sent) {
                int count = (int) Math.min(BATCH, sent - taken);
                List<byte[]> bodies = part.take(count);
                Bodies.requireCount(count, bodies.size());
                for (byte[] body : bodies) {
                    Bodies.SMALL.require(taken++, body);
                }
            }
            transactions.run(resources, () -> Bodies.requireCount(sent, Accounts.balance(sql, account)));
        }
    }

    /** {@code sql()} and {@code send} of one connection. */
    private record ParleyMessages(ParleyServer server) implements Messages {

        ParleyMessages(Path folder) throws Exception {
            this(new ParleyServer(folder));
            try (LocalConnection connection = server.connect()) {
                connection.inTransaction(() -> {
                    Accounts.create(connection.sql());
                    return null;
                });
            }
        }

        @Override
        public String name() {
            return Contender.PARLEY;
        }

        @Override
        public Part part(int thread) {
            String queue = "Queue" + thread;
            LocalConnection connection = server.connect();
            Conversation dialog = ParleyServer.begin(connection, queue);
            LocalConnection receiver = server.connect();
            return new Part() {
                @Override
                public XAResource resource() {
                    return connection.channel().xaResource();
                }

                @Override
                public Connection sql() {
                    return connection.sql();
                }

                @Override
                public void send(byte[] body) {
                    dialog.send(ParleyServer.TYPE, body);
                }

                @Override
                public List<byte[]> take(int count) {
                    return receiver.receive(Receive.from(queue).top(count)).stream()
                            .map(org.parley.Message::body)
                            .toList();
                }
            };
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

    /** Two statements on one connection. */
    private record RawMessages(DerbyDatabase database) implements Messages {

        RawMessages(Path folder) throws Exception {
            this(new DerbyDatabase(folder.resolve(Contender.DERBY)));
            try (Connection connection = database.connect()) {
                Accounts.create(connection);
                connection.commit();
            }
        }

        @Override
        public String name() {
            return Contender.DERBY;
        }

        @Override
        public Part part(int thread) throws SQLException {
            Connection receiver = database.connect();
            DerbyMessages received = new DerbyMessages(receiver);
            received.insertEndpoint(thread);
            receiver.commit();
            XAConnection global = database.connectXa();
            XAResource resource = global.getXAResource();
            Connection connection = global.getConnection();
            DerbyMessages messages = new DerbyMessages(connection);
            return new Part() {
                private long sent;
                private long taken;

                @Override
                public XAResource resource() {
                    return resource;
                }

                @Override
                public Connection sql() {
                    return connection;
                }

                @Override
                public void send(byte[] body) throws SQLException {
                    messages.insert(thread, sent++, body);
                }

                @Override
                public List<byte[]> take(int count) throws SQLException {
                    List<byte[]> bodies = received.receive(thread, taken, taken + count - 1);
                    receiver.commit();
                    taken += count;
                    return bodies;
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

    /** An XA session beside the database. */
    private record ArtemisMessages(ArtemisBroker broker) implements Messages {

        ArtemisMessages(Path folder) throws Exception {
            this(new ArtemisBroker(folder));
        }

        @Override
        public String name() {
            return Contender.ARTEMIS;
        }

        @Override
        public Part part(int thread) throws JMSException {
            jakarta.jms.XAConnection connection = broker.connect();
            XASession global = connection.createXASession();
            Queue queue = global.createQueue("Queue" + thread);
            MessageProducer producer = global.createProducer(queue);
            return new Part() {
                @Override
                public XAResource resource() {
                    return global.getXAResource();
                }

                @Override
                public Connection sql() {
                    throw new IllegalStateException("A broker has no tables.");
                }

                @Override
                public void send(byte[] body) throws JMSException {
                    producer.send(ArtemisBroker.message(global, body));
                }

                @Override
                public List<byte[]> take(int count) throws JMSException {
                    List<byte[]> bodies = new ArrayList<>();
                    // none while it is measured: a consumer would be handed what is sent
                    try (Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                            MessageConsumer consumer = session.createConsumer(queue)) {
                        for (int i = 0; i < count; i++) {
                            bodies.add(ArtemisBroker.receive(consumer));
                        }
                        session.commit();
                    }
                    return bodies;
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
