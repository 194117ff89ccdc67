package org.parley.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;

/**
 * Line 4: a thread sends and commits in one database, another one receives and commits in a second; and how long each message
 * was on its way, at half of that load.
 */
final class BetweenDatabases {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** That of the sender's commit. */
    private static final int FORCES = 1;

    private static final List<String> EMPTIED = List.of(DerbyMessages.MESSAGES);
    private static final String OTHER = "other";

    private static final long CARRIED_NANOS = 10_000_000_000L;

    private BetweenDatabases() {}

    static Comparison line(List<Integer> threads) {
        return new Comparison(
                "4",
                "between two databases: send, commit ... received, committed",
                1,
                threads,
                true,
                List.of(BetweenDatabases::inParley, BetweenDatabases::inDerby));
    }

    /** Two databases of one server. */
    private static Contender inParley(Path folder) {
        ParleyServer server = new ParleyServer(folder);
        server.openDatabase(OTHER);
        try (LocalConnection connection = server.connect()) {
            connection.catalog().define("ALTER DATABASE CURRENT SET TRUSTWORTHY ON");
        }
        Flows flows = new Flows();
        return new Contender(
                Contender.PARLEY,
                List.of(server, flows),
                FORCES,
                EMPTIED,
                thread -> flows.start(new InParley(server, "Queue" + thread)));
    }

    private static final class InParley implements Flow.Ends {

        private final LocalConnection sender;
        private final LocalConnection receiver;
        private final Conversation dialog;
        private final Receive next;

        InParley(ParleyServer server, String queue) {
            sender = server.connect();
            receiver = server.connect(OTHER);
            ParleyServer.define(receiver, queue);
            dialog = sender.begin(ParleyServer.dialogTo(queue).encrypted(false));
            next = Receive.from(queue).top(1).waiting(PATIENCE);
        }

        @Override
        public void send(byte[] body) {
            sender.begin();
            dialog.send(ParleyServer.TYPE, body);
            sender.commit();
        }

        @Override
        public byte[] receive() {
            receiver.begin();
            List<Message> messages = receiver.receive(next);
            receiver.commit();
            return messages.isEmpty() ? null : messages.get(0).body();
        }
    }

    /** Two databases and a thread that carries over what has been committed, all that there is at a time. */
    private static Contender inDerby(Path folder) throws Exception {
        DerbyDatabase sending = new DerbyDatabase(folder.resolve(Contender.DERBY));
        DerbyDatabase receiving = new DerbyDatabase(folder.resolve("derby-other"));
        Flows flows = new Flows();
        Carrier carrier = new Carrier(sending.connect(), receiving.connect());
        flows.start(carrier);
        return new Contender(
                Contender.DERBY,
                List.of(carrier, sending, receiving, flows),
                FORCES,
                EMPTIED,
                thread -> flows.start(new InDerby(sending.connect(), receiving.connect(), carrier, thread)));
    }

    private static final class InDerby implements Flow.Ends {

        private final Connection sender;
        private final Connection receiver;
        private final DerbyMessages sent;
        private final DerbyMessages received;
        private final Carrier carrier;
        private final BlockingQueue<Long> arrived;
        private final int thread;
        private long number;

        InDerby(Connection sender, Connection receiver, Carrier carrier, int thread) throws SQLException {
            this.sender = sender;
            this.receiver = receiver;
            this.carrier = carrier;
            this.thread = thread;
            arrived = carrier.to(thread);
            sent = new DerbyMessages(sender);
            sent.insertTransit(thread);
            sender.commit();
            received = DerbyMessages.withEndpoint(receiver, thread);
        }

        @Override
        public void send(byte[] body) throws SQLException {
            sent.insert(thread, number, body);
            sender.commit();
            carrier.carry(thread, number++);
        }

        @Override
        public byte[] receive() throws Exception {
            Long position = arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (position == null) {
                return null;
            }
            byte[] body = received.receive(thread, position, position).get(0);
            receiver.commit();
            return body;
        }
    }

    /** Inserts there, commits; deletes here and notes how far, commits. */
    private static final class Carrier implements Flows.Task, Contender.Equipment {

        /** A message that is to be carried. */
        private record Waiting(int thread, long position) {}

        private final Connection from;
        private final Connection to;
        private final DerbyMessages here;
        private final DerbyMessages there;
        private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
        private final List<BlockingQueue<Long>> arrived = new ArrayList<>();
        private final AtomicLong underWay = new AtomicLong();

        Carrier(Connection from, Connection to) throws SQLException {
            this.from = from;
            this.to = to;
            here = new DerbyMessages(from);
            there = new DerbyMessages(to);
        }

        /** Where positions are put that have arrived for a thread; threads are counted from 0. */
        BlockingQueue<Long> to(int thread) {
            BlockingQueue<Long> queue = new LinkedBlockingQueue<>();
            arrived.add(thread, queue);
            return queue;
        }

        void carry(int thread, long position) {
            underWay.incrementAndGet();
            waiting.add(new Waiting(thread, position));
        }

        @Override
        public void once() throws Exception {
            Waiting first = waiting.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                return;
            }
            List<Waiting> all = new ArrayList<>(List.of(first));
            waiting.drainTo(all);
            TreeMap<Integer, Long> last = new TreeMap<>();
            TreeMap<Integer, Long> oldest = new TreeMap<>();
            all.forEach(each -> oldest.merge(each.thread(), each.position(), Math::min));
            all.forEach(each -> last.merge(each.thread(), each.position(), Math::max));
            for (int thread : last.keySet()) {
                long position = oldest.get(thread);
                for (byte[] body : here.read(thread, position, last.get(thread))) {
                    there.insert(thread, position++, body);
                }
            }
            to.commit();
            all.forEach(each -> arrived.get(each.thread()).add(each.position()));
            for (int thread : last.keySet()) {
                here.delete(thread, oldest.get(thread), last.get(thread));
                here.updateTransit(thread, last.get(thread) + 1);
            }
            from.commit();
            underWay.addAndGet(-all.size());
        }

        /** A message has been received, and is deleted here soon: what it was sent from isn't empty before. */
        @Override
        public void check(List<String> emptied) {
            long begun = System.nanoTime();
            while (underWay.get() != 0) {
                if (System.nanoTime() - begun > CARRIED_NANOS) {
                    throw new IllegalStateException(underWay + " messages are still under way.");
                }
                LockSupport.parkNanos(100_000);
            }
        }

        /** Its connections are closed with their databases. */
        @Override
        public void close() {}
    }
}
