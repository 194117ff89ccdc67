package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.parley.Dialog;
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

    /** One side of one scenario: what its transaction does. */
    private record Side(Before before, How how, boolean commits) {

        /** Number of its steps: what it does before, the end of the conversation, the end of the transaction. */
        int steps() {
            return before == Before.NOTHING ? 2 : 3;
        }
    }

    /** All orders of so many steps of side A and of side B. */
    private static List<String> orders(int ofA, int ofB) {
        if (ofA == 0 || ofB == 0) {
            return List.of("A".repeat(ofA) + "B".repeat(ofB));
        }
        List<String> orders = new ArrayList<>();
        orders(ofA - 1, ofB).forEach(rest -> orders.add("A" + rest));
        orders(ofA, ofB - 1).forEach(rest -> orders.add("B" + rest));
        return orders;
    }

    /** A dialog between two connections. */
    private final class Pair {
        private final LocalConnection[] connections = {home.connect(), home.connect()};
        private final UUID[] handles = new UUID[2];
        private final int[] steps = new int[2];
        private final boolean[] told = new boolean[2];
        private String scenario;

        void begin(String what) throws Exception {
            begin(what, Expenses.dialog());
        }

        void begin(String what, Dialog dialog) throws Exception {
            scenario = what;
            Arrays.fill(steps, 0);
            Arrays.fill(told, false);
            Conversation open = connections[0].inTransaction(() -> {
                Conversation begun = connections[0].begin(dialog);
                begun.send(Expenses.SUBMIT, "<expense/>");
                return begun;
            });
            handles[0] = open.handle();
            handles[1] = connections[0].endpoints(open.conversationId()).get(1).handle();
            side(1).send(Expenses.NOTE, "unread");
            side(1).send(Expenses.NOTE, "unread too");
        }

        Conversation side(int side) {
            return connections[side].conversation(handles[side]);
        }

        /** The next step of a side. */
        void step(int side, Side doing) {
            int step = steps[side]++;
            if (step == 0) {
                connections[side].begin();
            }
            if (step == 0 && doing.before() != Before.NOTHING) {
                before(side, doing.before());
            } else if (step == doing.steps() - 2) {
                doing.how().end(side(side));
            } else if (doing.commits()) {
                connections[side].commit();
                told[1 - side] |= doing.how() != How.CLEANUP;
            } else {
                connections[side].rollback();
            }
        }

        private void before(int side, Before what) {
            switch (what) {
                case SEND -> {
                    if (told[side]) {
                        Failing.with(8429, () -> side(side).send(Expenses.NOTE, "too late"));
                    } else {
                        side(side).send(Expenses.NOTE, "last words");
                    }
                }
                case RECEIVE -> {
                    String queue = side == 0 ? Expenses.CLIENT_QUEUE : Expenses.DESK_QUEUE;
                    connections[side].receive(
                            Receive.from(queue).ofConversation(handles[side]).top(1));
                }
                case TIMER -> side(side).timer(Duration.ofSeconds(5));
                case NOTHING -> {}
            }
        }

        /** All steps of one side. */
        void act(int side, Side doing) {
            while (steps[side] < doing.steps()) {
                step(side, doing);
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

    /** All interleavings of the steps of two sides, of a dialog each. */
    private int play(Pair pair, Dialog dialog, Side... sides) throws Exception {
        List<String> orders = orders(sides[0].steps(), sides[1].steps());
        for (String order : orders) {
            pair.begin(order + " " + List.of(sides), dialog);
            play(pair, order, sides);
        }
        return orders.size();
    }

    private static void play(Pair pair, String order, Side... sides) {
        try {
            for (char side : order.toCharArray()) {
                pair.step(side - 'A', sides[side - 'A']);
            }
            pair.endRest();
        } catch (BrokerException | AssertionError e) {
            throw new AssertionError(pair.scenario, e);
        }
    }

    @Test
    void noOrderOfTwoEndsLeavesAnything() throws Exception {
        Pair pair = new Pair();
        int played = 0;
        for (How a : How.values()) {
            for (How b : How.values()) {
                for (Before beforeA : Before.values()) {
                    for (Before beforeB : Before.values()) {
                        played += play(pair, Expenses.dialog(), new Side(beforeA, a, true), new Side(beforeB, b, true));
                    }
                }
                nothingLeft(pair);
            }
        }
        assertThat(played).isEqualTo(9 * (9 * 20 + 6 * 10 + 6));
    }

    @Test
    void norDoRollbacks() throws Exception {
        Pair pair = new Pair();
        for (How a : How.values()) {
            for (How b : How.values()) {
                play(pair, Expenses.dialog(), new Side(Before.NOTHING, a, false), new Side(Before.SEND, b, true));
                play(pair, Expenses.dialog(), new Side(Before.TIMER, a, true), new Side(Before.NOTHING, b, false));
                play(pair, Expenses.dialog(), new Side(Before.SEND, a, false), new Side(Before.TIMER, b, false));
                pair.begin("rolled back receives");
                play(pair, "ABABAB", new Side(Before.RECEIVE, a, false), new Side(Before.RECEIVE, b, false));
                forgiveRollbacks(pair.connections[0]);
                nothingLeft(pair);
            }
        }
    }

    /** How a side stands when it ends. */
    enum Standing {
        FAR_HAS_ENDED,
        FAR_HAS_FAILED,
        FAR_IS_GONE
    }

    /** The other side has ended before, in every way. */
    @Test
    void norDoEndsOfASideThatHasHeardOfTheEnd() throws Exception {
        Pair pair = new Pair();
        for (Standing standing : Standing.values()) {
            for (int side = 0; side < 2; side++) {
                for (How how : How.values()) {
                    for (Before before : List.of(Before.NOTHING, Before.RECEIVE, Before.TIMER)) {
                        pair.begin(standing + " " + how + " " + before + " " + side);
                        bring(pair, side, standing);
                        pair.act(side, new Side(before, how, false));
                        pair.steps[side] = 0;
                        pair.act(side, new Side(before, how, true));
                        UUID handle = pair.handles[side];
                        Failing.with(
                                8426,
                                () -> pair.connections[0].conversation(handle).end());
                    }
                    forgiveRollbacks(pair.connections[0]);
                    nothingLeft(pair);
                }
            }
        }
    }

    private static void bring(Pair pair, int side, Standing standing) {
        switch (standing) {
            case FAR_HAS_ENDED -> pair.side(1 - side).end();
            case FAR_HAS_FAILED -> pair.side(1 - side).endWithError(3, "three");
            case FAR_IS_GONE -> {
                pair.side(1 - side).cleanup();
                pair.side(side).send(Expenses.NOTE, "to nobody");
            }
        }
        ConversationState expected =
                standing == Standing.FAR_HAS_ENDED ? ConversationState.DISCONNECTED_INBOUND : ConversationState.ERROR;
        eventually().becomes("state of " + pair.scenario, () -> pair.side(side).state(), expected::equals);
    }

    /** Both have outlived the dialog, and have an Error. */
    @Test
    void norDoEndsAfterTheLifetime() throws Exception {
        Pair pair = new Pair();
        Dialog brief = Expenses.dialog().lasting(Duration.ofSeconds(10));
        for (How a : How.values()) {
            for (How b : How.values()) {
                for (String order : orders(2, 2)) {
                    pair.begin(order + a + b, brief);
                    home.clock().advance(Duration.ofSeconds(11));
                    for (int side = 0; side < 2; side++) {
                        int one = side;
                        eventually().becomes("expiry", () -> pair.side(one).state(), ConversationState.ERROR::equals);
                    }
                    play(pair, order, new Side(Before.NOTHING, a, true), new Side(Before.NOTHING, b, true));
                }
                nothingLeft(pair);
            }
        }
    }

    /** Nothing was sent: the other side never hears of the dialog. */
    @Test
    void norDoEndsOfADialogThatHasSaidNothing() {
        LocalConnection client = home.connect();
        for (How how : How.values()) {
            Conversation begun = client.begin(Expenses.dialog());
            begun.timer(Duration.ofHours(1));
            how.end(begun);
            assertThat(home.rows()).as(how.name()).isEmpty();
            Failing.with(8426, begun::end);
        }
        home.awaitNothingLeft();
    }

    /** Rollbacks of transactions that have received would turn the queues off. */
    private static void forgiveRollbacks(LocalConnection connection) {
        for (String queue : List.of(Expenses.CLIENT_QUEUE, Expenses.DESK_QUEUE)) {
            connection.catalog().setQueueStatus(queue, false);
            connection.catalog().setQueueStatus(queue, true);
        }
    }

    private void nothingLeft(Pair pair) {
        try {
            home.awaitNothingLeft();
        } catch (AssertionError e) {
            throw new AssertionError("After scenarios the last of which was " + pair.scenario, e);
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
        nothingLeft(pair);
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

    /** CLEANUP behind END in one transaction doesn't take the EndDialog back, and the other side knows after a restart. */
    @Test
    void anEndIsToldThoughCleanupFollows() throws Exception {
        Pair pair = new Pair();
        pair.begin("ended and cleaned up");
        pair.connections[0].begin();
        pair.side(0).end();
        pair.side(0).cleanup();
        pair.connections[0].commit();
        home.restart();
        Conversation far = home.connect().conversation(pair.handles[1]);
        assertThat(far.state()).isEqualTo(ConversationState.DISCONNECTED_INBOUND);
        Failing.with(8429, () -> far.send(Expenses.NOTE));
        far.end();
        home.awaitNothingLeft();
    }
}
