package org.parley.benchmarks;

import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.sql.Connection;
import java.util.List;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.benchmarks.Contender.Entrant;
import org.parley.benchmarks.Contender.PartIn;
import org.parley.benchmarks.Contender.Work;

/**
 * Lines 2, 3 and 7: send some messages, commit; receive them, commit; inside one database, each thread with a queue and a
 * dialog of its own.
 */
final class Exchange {

    /** Those of the two commits. */
    private static final int FORCES = 2;

    private static final List<String> EMPTIED = List.of(DerbyMessages.MESSAGES);

    private Exchange() {}

    static Comparison line(String id, int messages, List<Integer> threads) {
        String what = messages == 1 ? "" : " " + messages;
        return new Comparison(
                id,
                "send" + what + ", commit; receive" + what + ", commit",
                messages,
                threads,
                List.of(parley(messages), derby(messages), Contender.artemis(FORCES, inArtemis(messages))));
    }

    /** With bodies that are written and read as streams. */
    static Comparison ofStreams(String id, LongBodies bodies, List<Integer> threads) {
        List<String> emptied = List.of(DerbyMessages.MESSAGES, DerbyMessages.BODIES);
        return new Comparison(
                id,
                "line 2 with bodies of " + bodies.length() / 1000 + " KB",
                1,
                threads,
                List.of(
                        Contender.parley(FORCES, emptied, streamsInParley(bodies)),
                        Contender.derby(FORCES, emptied, streamsInDerby(bodies))));
    }

    static Entrant parley(int count) {
        return Contender.parley(FORCES, EMPTIED, inParley(count));
    }

    static Entrant derby(int count) {
        return Contender.derby(FORCES, EMPTIED, inDerby(count));
    }

    /** In a server that has more messages, which stay and aren't counted: that alone would bring all of them into memory. */
    static Contender besideOthers(String name, ParleyServer server) {
        return new Contender(
                name, List.of(server), FORCES, List.of(), thread -> inParley(1).of(server, thread));
    }

    /** By hand in a database that has more messages. */
    static Contender besideOthers(String name, DerbyDatabase database) {
        // Parley's endpoints have numbers from 0 on
        return new Contender(
                name, List.of(database), FORCES, List.of(), thread -> inDerby(1).of(database, -1 - thread));
    }

    private static PartIn<ParleyServer> inParley(int count) {
        return (server, thread) -> {
            String queue = "Queue" + thread;
            LocalConnection connection = server.connect();
            Conversation dialog = ParleyServer.begin(connection, queue);
            Receive receive = Receive.from(queue).top(count);
            return Work.counted(done -> {
                connection.begin();
                for (int i = 0; i < count; i++) {
                    dialog.send(ParleyServer.TYPE, Bodies.SMALL.of(done * count + i));
                }
                connection.commit();
                connection.begin();
                List<Message> messages = connection.receive(receive);
                connection.commit();
                Bodies.requireCount(count, messages.size());
                for (int i = 0; i < count; i++) {
                    Bodies.SMALL.require(done * count + i, messages.get(i).body());
                }
            });
        };
    }

    /** Insert, commit; read a range, delete it, note how far, commit. */
    private static PartIn<DerbyDatabase> inDerby(int count) {
        return (database, thread) -> {
            Connection connection = database.connect();
            DerbyMessages messages = DerbyMessages.withEndpoint(connection, thread);
            return Work.counted(done -> {
                long first = done * count;
                for (int i = 0; i < count; i++) {
                    messages.insert(thread, first + i, Bodies.SMALL.of(first + i));
                }
                connection.commit();
                List<byte[]> bodies = messages.receive(thread, first, first + count - 1);
                connection.commit();
                Bodies.requireCount(count, bodies.size());
                for (int i = 0; i < count; i++) {
                    Bodies.SMALL.require(first + i, bodies.get(i));
                }
            });
        };
    }

    /** A transacted session. */
    private static PartIn<ArtemisBroker> inArtemis(int count) {
        return (broker, thread) -> {
            Session session = broker.connect().createSession(true, Session.SESSION_TRANSACTED);
            Queue queue = session.createQueue("Queue" + thread);
            MessageProducer producer = session.createProducer(queue);
            MessageConsumer consumer = session.createConsumer(queue);
            return Work.counted(done -> {
                for (int i = 0; i < count; i++) {
                    producer.send(ArtemisBroker.message(session, Bodies.SMALL.of(done * count + i)));
                }
                session.commit();
                for (int i = 0; i < count; i++) {
                    Bodies.SMALL.require(done * count + i, ArtemisBroker.receive(consumer));
                }
                session.commit();
            });
        };
    }

    private static PartIn<ParleyServer> streamsInParley(LongBodies bodies) {
        return (server, thread) -> {
            String queue = "Queue" + thread;
            LocalConnection connection = server.connect();
            Conversation dialog = ParleyServer.begin(connection, queue);
            Receive receive = Receive.from(queue).top(1).streamed();
            return Work.counted(done -> {
                connection.begin();
                dialog.send(ParleyServer.TYPE, bodies.of(done), bodies.length());
                connection.commit();
                connection.begin();
                List<Message> messages = connection.receive(receive);
                Bodies.requireCount(1, messages.size());
                bodies.require(done, messages.get(0).bodyStream());
                connection.commit();
            });
        };
    }

    private static PartIn<DerbyDatabase> streamsInDerby(LongBodies bodies) {
        return (database, thread) -> {
            Connection connection = database.connect();
            DerbyMessages messages = DerbyMessages.withEndpoint(connection, thread);
            return Work.counted(done -> {
                messages.insert(thread, done, bodies.length(), bodies.of(done));
                connection.commit();
                LongBodies.Check check = bodies.check(done);
                messages.receive(thread, done, check);
                connection.commit();
                check.end();
            });
        };
    }
}
