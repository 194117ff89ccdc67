package org.parley.benchmarks;

import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.XASession;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.benchmarks.Contender.Equipment;
import org.parley.benchmarks.Contender.Work;

/**
 * Lines 1 and 1b: in one global transaction, update a row and send a message. Either the table lies in the database of the
 * messages: one resource, one phase; or in another one, and there are two of both. A broker has no choice.
 */
final class UpdateAndSend {

    private static final int ONE_PHASE = 1;

    /** Two prepares, the decision, two commits. */
    private static final int TWO_PHASES = 5;

    private static final List<String> EMPTIED = List.of(DerbyMessages.MESSAGES);

    private UpdateAndSend() {}

    static Comparison inOneDatabase(List<Integer> threads) {
        return new Comparison(
                "1",
                "JTA: update a row and send",
                1,
                threads,
                List.of(
                        UpdateAndSend::parley,
                        UpdateAndSend::derby,
                        folder -> inTwoPhases(inArtemis(folder), folder.resolve("artemis-table"))));
    }

    static Comparison inTwo(List<Integer> threads) {
        return new Comparison(
                "1b",
                "JTA: update a row of another database and send",
                1,
                threads,
                List.of(
                        folder -> inTwoPhases(inParley(folder), folder.resolve("parley-table")),
                        folder -> inTwoPhases(inDerby(folder), folder.resolve("derby-table")),
                        folder -> inTwoPhases(inArtemis(folder), folder.resolve("artemis-table"))));
    }

    static Contender parley(Path folder) throws Exception {
        return inOnePhase(inParley(folder));
    }

    static Contender derby(Path folder) throws Exception {
        return inOnePhase(inDerby(folder));
    }

    /** Where messages are, and maybe the table. */
    private record Messages(String name, Equipment storage, Participants participants) {}

    private interface Participants {
        Participant of(int thread) throws Exception;
    }

    /**
     * The messages of one thread as a part of global transactions.
     *
     * @param sql to work with the table in the same branch, null if there is none
     */
    private record Participant(XAResource resource, Connection sql, Sending sending, Taking taking) {}

    private interface Sending {
        void send(long number, byte[] body) throws Exception;
    }

    /** Takes so many of those that were sent, in a transaction of its own. */
    private interface Taking {
        List<byte[]> take(long first, int count) throws Exception;
    }

    private static Contender inOnePhase(Messages messages) {
        return new Contender(messages.name(), List.of(messages.storage()), ONE_PHASE, EMPTIED, thread -> {
            Participant participant = messages.participants().of(thread);
            return new JtaWork(participant, participant.sql(), List.of(participant.resource()), thread);
        });
    }

    private static Contender inTwoPhases(Messages messages, Path folder) throws Exception {
        DerbyDatabase table = Accounts.in(new DerbyDatabase(folder));
        return new Contender(messages.name(), List.of(messages.storage(), table), TWO_PHASES, EMPTIED, thread -> {
            Participant participant = messages.participants().of(thread);
            XAConnection apart = table.connectXa();
            return new JtaWork(
                    participant, apart.getConnection(), List.of(apart.getXAResource(), participant.resource()), thread);
        });
    }

    /** With Narayana. */
    private static final class JtaWork implements Work {

        /** Most messages that are taken in one transaction after a round. */
        private static final int BATCH = 1000;

        private final Transactions transactions = new Transactions();
        private final Participant messages;
        private final Connection sql;
        private final List<XAResource> resources;
        private final int account;
        private long sent;
        private long taken;

        JtaWork(Participant messages, Connection sql, List<XAResource> resources, int account) {
            this.messages = messages;
            this.sql = sql;
            this.resources = resources;
            this.account = account;
        }

        @Override
        public void run(long due) throws Exception {
            transactions.run(resources, () -> {
                Accounts.deposit(sql, account);
                messages.sending().send(sent, Bodies.SMALL.of(sent));
            });
            sent++;
        }

        @Override
        public void settle() throws Exception {
            while (taken < sent) {
                int count = (int) Math.min(BATCH, sent - taken);
                List<byte[]> bodies = messages.taking().take(taken, count);
                Bodies.requireCount(count, bodies.size());
                for (byte[] body : bodies) {
                    Bodies.SMALL.require(taken++, body);
                }
            }
            transactions.run(resources, () -> Bodies.requireCount(sent, Accounts.balance(sql, account)));
        }
    }

    /** {@code sql()} and {@code send} of one connection. */
    private static Messages inParley(Path folder) throws Exception {
        ParleyServer server = Accounts.in(new ParleyServer(folder));
        return new Messages(Contender.PARLEY, server, thread -> {
            String queue = "Queue" + thread;
            LocalConnection connection = server.connect();
            Conversation dialog = ParleyServer.begin(connection, queue);
            LocalConnection receiver = server.connect();
            return new Participant(
                    connection.channel().xaResource(),
                    connection.sql(),
                    (number, body) -> dialog.send(ParleyServer.TYPE, body),
                    (first, count) -> receiver.receive(Receive.from(queue).top(count)).stream()
                            .map(Message::body)
                            .toList());
        });
    }

    /** Two statements on one connection. */
    private static Messages inDerby(Path folder) throws Exception {
        DerbyDatabase database = Accounts.in(new DerbyDatabase(folder.resolve(Contender.DERBY)));
        return new Messages(Contender.DERBY, database, thread -> {
            Connection receiver = database.connect();
            DerbyMessages received = DerbyMessages.withEndpoint(receiver, thread);
            XAConnection global = database.connectXa();
            Connection connection = global.getConnection();
            DerbyMessages sent = new DerbyMessages(connection);
            return new Participant(
                    global.getXAResource(),
                    connection,
                    (number, body) -> sent.insert(thread, number, body),
                    (first, count) -> {
                        List<byte[]> bodies = received.receive(thread, first, first + count - 1);
                        receiver.commit();
                        return bodies;
                    });
        });
    }

    /** An XA session beside the database. */
    private static Messages inArtemis(Path folder) throws Exception {
        ArtemisBroker broker = new ArtemisBroker(folder);
        return new Messages(Contender.ARTEMIS, broker, thread -> {
            jakarta.jms.XAConnection connection = broker.connect();
            XASession global = connection.createXASession();
            Queue queue = global.createQueue("Queue" + thread);
            MessageProducer producer = global.createProducer(queue);
            return new Participant(
                    global.getXAResource(),
                    null,
                    (number, body) -> producer.send(ArtemisBroker.message(global, body)),
                    (first, count) -> {
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
                    });
        });
    }
}
