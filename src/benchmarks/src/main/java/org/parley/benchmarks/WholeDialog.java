package org.parley.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;

/** Line 5: a dialog from its begin to the end of both sides, after which no row is left. */
final class WholeDialog {

    private WholeDialog() {}

    static Comparison line(List<Integer> threads) {
        return new Comparison(
                "5", "begin, request, reply, both ends", 1, threads, List.of(InParley::new, InDerby::new));
    }

    private static final class InParley implements Contender {

        private static final Duration PATIENCE = Duration.ofSeconds(10);

        private final ParleyServer server;

        InParley(Path folder) {
            server = new ParleyServer(folder);
        }

        @Override
        public String name() {
            return PARLEY;
        }

        @Override
        public int forces() {
            return 3;
        }

        @Override
        public Work work(int thread) {
            LocalConnection connection = server.connect();
            String asking = "Asking" + thread;
            String answering = "Answering" + thread;
            ParleyServer.define(connection, asking);
            ParleyServer.define(connection, answering);
            Dialog dialog = Dialog.between(ParleyServer.service(asking), ParleyServer.service(answering))
                    .on(ParleyServer.CONTRACT);
            Receive requests = Receive.from(answering).top(1).waiting(PATIENCE);
            Receive replies = Receive.from(asking).waiting(PATIENCE);
            return new Work() {
                private long number;

                @Override
                public void run(long due) {
                    ask();
                    answer();
                    boolean ended = false;
                    while (!ended) {
                        ended = hear();
                    }
                    number++;
                }

                private void ask() {
                    connection.begin();
                    connection.begin(dialog).send(ParleyServer.TYPE, Bodies.SMALL.of(number));
                    connection.commit();
                }

                private void answer() {
                    connection.begin();
                    Message request = first(connection.receive(requests));
                    Bodies.SMALL.require(number, request.body());
                    Conversation conversation = connection.conversation(request.conversationHandle());
                    conversation.send(ParleyServer.TYPE, Bodies.SMALL.of(number));
                    conversation.end();
                    connection.commit();
                }

                private boolean hear() {
                    connection.begin();
                    List<Message> messages = connection.receive(replies);
                    Message last = messages.get(messages.size() - 1);
                    if (first(messages).messageType().equals(ParleyServer.TYPE)) {
                        Bodies.SMALL.require(number, messages.get(0).body());
                    }
                    boolean ended = last.isEndDialog();
                    if (ended) {
                        connection.conversation(last.conversationHandle()).end();
                    }
                    connection.commit();
                    return ended;
                }
            };
        }

        private static Message first(List<Message> messages) {
            if (messages.isEmpty()) {
                throw new IllegalStateException("A message was due; none came.");
            }
            return messages.get(0);
        }

        @Override
        public void check() throws Exception {
            server.check(DerbyMessages.ENDPOINTS);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** The rows of both sides and of what they say, in the three commits that the application makes. */
    private static final class InDerby implements Contender {

        private final DerbyDatabase database;

        InDerby(Path folder) throws Exception {
            database = new DerbyDatabase(folder.resolve(DERBY));
        }

        @Override
        public String name() {
            return DERBY;
        }

        @Override
        public int forces() {
            return 3;
        }

        @Override
        public Work work(int thread) throws SQLException {
            Connection connection = database.connect();
            DerbyMessages messages = new DerbyMessages(connection);
            return new Work() {
                private long number;
                private long asking = (long) thread << Integer.SIZE;
                private long answering = asking + 1;

                @Override
                public void run(long due) throws SQLException {
                    messages.insertEndpoint(asking);
                    messages.insert(answering, 0, Bodies.SMALL.of(number));
                    connection.commit();
                    answer();
                    connection.commit();
                    hear();
                    connection.commit();
                    asking += 2;
                    answering += 2;
                    number++;
                }

                private void answer() throws SQLException {
                    messages.insertEndpoint(answering);
                    Bodies.SMALL.require(number, messages.read(answering, 0, 0).get(0));
                    messages.delete(answering, 0, 0);
                    messages.insert(asking, 0, Bodies.SMALL.of(number));
                    messages.updateEndpoint(answering, "E", 1);
                }

                private void hear() throws SQLException {
                    Bodies.SMALL.require(number, messages.read(asking, 0, 0).get(0));
                    messages.delete(asking, 0, 0);
                    messages.updateEndpoint(asking, "E", 1);
                    messages.deleteEndpoint(answering);
                    messages.deleteEndpoint(asking);
                }
            };
        }

        @Override
        public void check() throws Exception {
            database.check(DerbyMessages.MESSAGES, DerbyMessages.ENDPOINTS);
        }

        @Override
        public void close() throws SQLException {
            database.close();
        }
    }
}
