package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/**
 * Every way in which the two sides of a dialog can end it, with their transactions open at the same time, in every order:
 * nobody waits for the other side, both end in a state that allows what is left to do, and no row stays. Sections 2, 3.2
 * and 5.7 of service-broker.md, and "Two sides in one database" of the design.
 */
class Section05EndOrdersTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(1)));

    /** How a side ends. */
    enum How {
        END,
        ERROR,
        CLEANUP;

        void end(Conversation side) {
            switch (this) {
                case END -> side.end();
                case ERROR -> side.endWithError(7, "seven");
                case CLEANUP -> side.cleanup();
            }
        }
    }

    /** What it does in the same transaction before. */
    enum Before {
        NOTHING,
        SEND,
        RECEIVE,
        TIMER
    }

    /** One side of one scenario; commit or rollback comes as its last step. */
    private record Side(Before before, How how, boolean commits) {}

    /** Which side moves: its transaction, and then its commit. */
    private static final List<String> ORDERS = List.of("AaBb", "ABab", "ABba", "BAab", "BAba", "BbAa");

    /** A dialog between two connections. */
    private final class Pair {
        private final LocalConnection[] connections = {home.connect(), home.connect()};
        private final UUID[] handles = new UUID[2];
        private String scenario;

        void begin(String what) throws Exception {
            scenario = what;
            Conversation open = Expenses.submit(connections[0], "<expense/>");
            handles[0] = open.handle();
            handles[1] = connections[0].endpoints(open.conversationId()).get(1).handle();
            side(1).send(Expenses.NOTE, "unread");
            side(1).send(Expenses.NOTE, "unread too");
        }

        Conversation side(int side) {
            return connections[side].conversation(handles[side]);
        }

        void act(int side, Side doing) {
            connections[side].begin();
            switch (doing.before()) {
                case SEND -> side(side).send(Expenses.NOTE, "last words");
                case RECEIVE -> {
                    String queue = side == 0 ? Expenses.CLIENT_QUEUE : Expenses.DESK_QUEUE;
                    connections[side].receive(
                            Receive.from(queue).ofConversation(handles[side]).top(1));
                }
                case TIMER -> side(side).timer(Duration.ofHours(1));
                case NOTHING -> {}
            }
            doing.how().end(side(side));
        }

        void finish(int side, boolean commits) {
            if (commits) {
                connections[side].commit();
            } else {
                connections[side].rollback();
            }
        }

        /** Ends what is still open, if the handle is known. */
        void endRest() {
            for (int side = 0; side < 2; side++) {
                try {
                    ConversationState state = side(side).state();
                    if (state != ConversationState.CLOSED && state != ConversationState.DISCONNECTED_OUTBOUND) {
                        side(side).end();
                    }
                } catch (BrokerException e) {
                    assertThat(e.number()).as(scenario).isEqualTo(8426);
                }
            }
        }
    }

    private void play(Pair pair, String order, Side... sides) throws Exception {
        pair.begin(order + " " + List.of(sides));
        try {
            for (char step : order.toCharArray()) {
                int side = Character.toUpperCase(step) - 'A';
                if (Character.isUpperCase(step)) {
                    pair.act(side, sides[side]);
                } else {
                    pair.finish(side, sides[side].commits());
                }
            }
            pair.endRest();
        } catch (BrokerException e) {
            throw new AssertionError(pair.scenario, e);
        }
    }

    @Test
    void noOrderOfTwoEndsLeavesAnything() throws Exception {
        Pair pair = new Pair();
        int played = 0;
        for (String order : ORDERS) {
            for (How a : How.values()) {
                for (How b : How.values()) {
                    for (Before beforeA : Before.values()) {
                        for (Before beforeB : Before.values()) {
                            if (Character.isLowerCase(order.charAt(1))
                                    && (beforeA == Before.SEND || beforeB == Before.SEND)) {
                                // one after the other: the second may not send any more
                                continue;
                            }
                            play(pair, order, new Side(beforeA, a, true), new Side(beforeB, b, true));
                            played++;
                        }
                    }
                }
            }
            nothingLeft(order, pair);
        }
        assertThat(played).isEqualTo(4 * 9 * 16 + 2 * 9 * 9);
    }

    @Test
    void norDoRollbacks() throws Exception {
        Pair pair = new Pair();
        for (String order : ORDERS) {
            for (How a : How.values()) {
                for (How b : How.values()) {
                    play(pair, order, new Side(Before.NOTHING, a, false), new Side(Before.RECEIVE, b, true));
                    play(pair, order, new Side(Before.TIMER, a, true), new Side(Before.NOTHING, b, false));
                    play(pair, order, new Side(Before.RECEIVE, a, false), new Side(Before.TIMER, b, false));
                    forgiveRollbacks(pair.connections[0]);
                }
            }
            nothingLeft(order, pair);
        }
    }

    /** Rollbacks of transactions that have received would turn the queues off. */
    private static void forgiveRollbacks(LocalConnection connection) {
        for (String queue : List.of(Expenses.CLIENT_QUEUE, Expenses.DESK_QUEUE)) {
            connection.catalog().setQueueStatus(queue, false);
            connection.catalog().setQueueStatus(queue, true);
        }
    }

    private void nothingLeft(String order, Pair pair) {
        try {
            home.awaitNothingLeft();
        } catch (AssertionError e) {
            throw new AssertionError("After order " + order + ", the last of which was " + pair.scenario, e);
        }
    }

    /** The same with the server restarted after the first commit, and after the second. */
    @Test
    void norDoRestarts() throws Exception {
        Map<Side[], UUID[]> dialogs = new LinkedHashMap<>();
        LocalConnection first = home.connect();
        for (int starter = 0; starter < 2; starter++) {
            for (How a : How.values()) {
                for (How b : How.values()) {
                    for (Before before : Before.values()) {
                        Pair pair = new Pair();
                        pair.begin("restart");
                        Side[] sides = {new Side(before, a, true), new Side(Before.NOTHING, b, true)};
                        pair.act(starter, sides[0]);
                        pair.finish(starter, true);
                        dialogs.put(sides, new UUID[] {pair.handles[1 - starter], pair.handles[starter]});
                    }
                }
            }
        }
        assertThat(first.endpoints().size()).isGreaterThan(72);
        home.restart();
        LocalConnection second = home.connect();
        dialogs.forEach((sides, handles) -> {
            assertThat(second.conversation(handles[0]).state())
                    .isEqualTo(
                            switch (sides[0].how()) {
                                case END -> ConversationState.DISCONNECTED_INBOUND;
                                case ERROR -> ConversationState.ERROR;
                                case CLEANUP -> ConversationState.CONVERSING;
                            });
            sides[1].how().end(second.conversation(handles[0]));
        });
        home.restart();
        home.awaitNothingLeft();
    }

    /** Both sides in one transaction. */
    @Test
    void norDoBothEndsInOneTransaction() throws Exception {
        Pair pair = new Pair();
        for (How a : How.values()) {
            for (How b : How.values()) {
                for (Before before : Before.values()) {
                    for (int starter = 0; starter < 2; starter++) {
                        pair.begin("one transaction " + a + b + before + starter);
                        LocalConnection one = pair.connections[0];
                        UUID far = pair.handles[1 - starter];
                        one.begin();
                        if (before == Before.SEND) {
                            one.conversation(far).send(Expenses.NOTE, "uncommitted");
                        }
                        a.end(one.conversation(pair.handles[starter]));
                        if (before == Before.TIMER) {
                            one.conversation(far).timer(Duration.ofHours(1));
                        }
                        b.end(one.conversation(far));
                        one.commit();
                        pair.endRest();
                    }
                }
            }
        }
        nothingLeft("both in one", pair);
    }

    /** Begun, spoken and ended in one transaction. */
    @Test
    void aDialogThatEndsInTheTransactionThatBeginsIt() throws Exception {
        LocalConnection client = home.connect();
        for (How how : How.values()) {
            client.inTransaction(() -> {
                Conversation open = client.begin(Expenses.dialog());
                open.send(Expenses.SUBMIT, "<expense/>");
                how.end(open);
                return null;
            });
            List<Message> received = new ArrayList<>(client.receive(Receive.from(Expenses.DESK_QUEUE)));
            assertThat(received).hasSize(how == How.CLEANUP ? 1 : 2);
            client.conversation(received.get(0).conversationHandle()).end();
            client.inTransaction(() -> {
                how.end(client.begin(Expenses.dialog()));
                return null;
            });
            home.awaitNothingLeft();
        }
    }

    /** An EndDialog keeps its place, an Error doesn't, and both can be received though the sender is gone. */
    @Test
    void theEndStandsBehindWhatWasSentBefore() throws Exception {
        Pair pair = new Pair();
        pair.begin("order");
        pair.connections[1].begin();
        pair.side(1).send(Expenses.NOTE, "last");
        pair.side(1).end();
        pair.connections[1].commit();
        Receive here = Receive.from(Expenses.CLIENT_QUEUE);
        List<Message> received = pair.connections[0].receive(here);
        assertThat(received).extracting(Message::text).containsExactly("unread", "unread too", "last", null);
        assertThat(received).extracting(Message::sequenceNumber).containsExactly(0L, 1L, 2L, 3L);
        assertThat(received.get(3).isEndDialog()).isTrue();
        Failing.with(8429, () -> pair.side(0).send(Expenses.NOTE));
        pair.side(0).endWithError(5, "nobody is left to hear");
        home.awaitNothingLeft();
    }

    /** Ended, a side gives up its messages, also those that arrive afterwards, and is shown as closed until both have. */
    @Test
    void whatArrivesAtAnEndedSideIsDropped() throws Exception {
        Pair pair = new Pair();
        pair.begin("late");
        pair.connections[1].begin();
        pair.side(1).send(Expenses.NOTE, "late");
        pair.side(0).end();
        pair.connections[1].commit();
        eventually().holds("what came late to go", () -> home.rows().get("MESSAGES") == 2);
        List<ConversationEndpoint> shown = pair.connections[0].endpoints();
        assertThat(shown)
                .extracting(ConversationEndpoint::state)
                .containsExactly(ConversationState.CLOSED, ConversationState.DISCONNECTED_INBOUND);
        assertThat(shown.get(0).waitingMessages()).isZero();
        assertThat(pair.connections[0].receive(Receive.from(Expenses.CLIENT_QUEUE)))
                .isEmpty();
        pair.side(1).end();
        home.awaitNothingLeft();
    }

    /** A SEND that is under way when the other side ends goes on, as if it had come before: what it sends is dropped. */
    @Test
    void anEndDoesNotDisturbASendUnderWay() throws Exception {
        LocalConnection client = home.connect();
        LocalConnection desk = home.connect();
        for (int round = 0; round < 10; round++) {
            List<UUID> handles = new ArrayList<>();
            UUID last = client.inTransaction(() -> {
                Conversation begun = null;
                for (int i = 0; i < 30; i++) {
                    begun = client.begin(Expenses.dialog());
                    begun.send(Expenses.NOTE, "first");
                    handles.add(begun.handle());
                }
                return begun.conversationId();
            });
            UUID far = client.endpoints(last).get(1).handle();
            CompletableFuture<Void> end =
                    CompletableFuture.runAsync(() -> desk.conversation(far).end());
            try {
                client.send(handles, Expenses.NOTE, "again".getBytes(StandardCharsets.UTF_8));
            } catch (BrokerException e) {
                assertThat(e.number()).as(e.getMessage()).isEqualTo(8429);
            }
            end.get();
        }
    }
}
