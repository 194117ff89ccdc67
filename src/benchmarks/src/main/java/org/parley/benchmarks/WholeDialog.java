package org.parley.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.benchmarks.Contender.Work;

/** Line 5: a dialog from its begin to the end of both sides, after which no row is left. */
final class WholeDialog {

    /** Those of the three commits that the application makes. */
    private static final int FORCES = 3;

    private static final List<String> EMPTIED = List.of(DerbyMessages.MESSAGES, DerbyMessages.ENDPOINTS);

    private WholeDialog() {}

    static Comparison line(List<Integer> threads) {
        return new Comparison(
                "5",
                "begin, request, reply, both ends",
                1,
                threads,
                List.of(
                        Contender.parley(FORCES, EMPTIED, InParley::new),
                        Contender.derby(FORCES, EMPTIED, InDerby::new)));
    }

    private static final class InParley implements Work {

        private static final Duration PATIENCE = Duration.ofSeconds(10);

        private final LocalConnection connection;
        private final Dialog dialog;
        private final Receive requests;
        private final Receive replies;
        private long number;

        InParley(ParleyServer server, int thread) {
            connection = server.connect();
            String asking = "Asking" + thread;
            String answering = "Answering" + thread;
            ParleyServer.define(connection, asking);
            ParleyServer.define(connection, answering);
            dialog = Dialog.between(ParleyServer.service(asking), ParleyServer.service(answering))
                    .on(ParleyServer.CONTRACT);
            requests = Receive.from(answering).top(1).waiting(PATIENCE);
            replies = Receive.from(asking).waiting(PATIENCE);
        }

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

        private static Message first(List<Message> messages) {
            if (messages.isEmpty()) {
                throw new IllegalStateException("A message was due; none came.");
            }
            return messages.get(0);
        }
    }

    /** The rows of both sides and of what they say. */
    private static final class InDerby implements Work {

        private final Connection connection;
        private final DerbyMessages messages;
        private long number;
        private long asking;
        private long answering;

        InDerby(DerbyDatabase database, int thread) throws SQLException {
            connection = database.connect();
            messages = new DerbyMessages(connection);
            asking = (long) thread << Integer.SIZE;
            answering = asking + 1;
        }

        @Override
        public void run(long due) throws SQLException {
            ask();
            connection.commit();
            answer();
            connection.commit();
            hear();
            connection.commit();
            asking += 2;
            answering += 2;
            number++;
        }

        private void ask() throws SQLException {
            messages.insertEndpoint(asking);
            messages.insert(answering, 0, Bodies.SMALL.of(number));
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
    }
}
