package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;
import static org.parley.testkit.Eventually.within;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.routing.TwoDatabases;

/**
 * Every way in which the two sides of a dialog between two databases can end it, in every order of two transactions: no
 * row stays, whether the way from one to the other is open, shut for a while, or shut over a restart. Sections 3.2, 3.3,
 * 4.4 and 5.7 of service-broker.md.
 */
class Section05EndsBetweenDatabasesTest {

    /** Which side moves: its transaction, and then its commit. */
    private static final List<String> ORDERS = List.of("AaBb", "ABab", "ABba", "BAab", "BAba", "BbAa");

    @RegisterExtension
    final TwoDatabases databases = new TwoDatabases();

    private LocalConnection asking;
    private LocalConnection answering;

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
        RECEIVE
    }

    private record Side(Before before, How how) {}

    /** One dialog: its two handles, and what is done to it. */
    private record Scenario(String order, Side asker, Side answerer) {}

    @BeforeEach
    void connect() {
        asking = databases.asking();
        answering = databases.answering();
    }

    private void trust(boolean on) {
        asking.catalog().define("ALTER DATABASE CURRENT SET TRUSTWORTHY " + (on ? "ON" : "OFF"));
    }

    private void restart() {
        databases.restart();
        connect();
    }

    /** Begins so many dialogs in which both sides have said something; asker and answerer of each. */
    private List<UUID[]> converse(int dialogs) throws Exception {
        Map<UUID, UUID[]> byConversation = new LinkedHashMap<>();
        List<UUID> askers = new ArrayList<>();
        asking.inTransaction(() -> {
            for (int i = 0; i < dialogs; i++) {
                Conversation begun = asking.begin(TwoDatabases.dialog());
                begun.send(TwoDatabases.QUESTION, "first");
                byConversation.put(begun.conversationId(), new UUID[] {begun.handle(), null});
                askers.add(begun.handle());
            }
            return null;
        });
        answering.inTransaction(() -> {
            for (Message first : TwoDatabases.receive(answering, "Questions", dialogs)) {
                Conversation answerer = answering.conversation(first.conversationHandle());
                byConversation.get(answerer.conversationId())[1] = answerer.handle();
                answerer.send(TwoDatabases.ANSWER, "so");
            }
            return null;
        });
        asking.send(askers, TwoDatabases.QUESTION, "unread".getBytes(StandardCharsets.UTF_8));
        List<UUID[]> all = new ArrayList<>(byConversation.values());
        settle();
        return all;
    }

    /** Until everything has been acknowledged: after a CLEANUP of its target a dialog could begin once more otherwise. */
    private void settle() {
        eventually().holds("everything to be acknowledged", () -> {
            databases.clock().advance(Duration.ofSeconds(1));
            return underWay(asking) == 0 && underWay(answering) == 0;
        });
    }

    private static int underWay(LocalConnection connection) throws SQLException {
        try (Statement statement = connection.sql().createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM PARLEY.TRANSMISSION_QUEUE")) {
            count.next();
            return count.getInt(1);
        }
    }

    private void play(Scenario scenario, UUID[] handles) {
        LocalConnection[] connections = {asking, answering};
        Side[] sides = {scenario.asker(), scenario.answerer()};
        try {
            for (char step : scenario.order().toCharArray()) {
                int side = Character.toUpperCase(step) - 'A';
                if (Character.isUpperCase(step)) {
                    connections[side].begin();
                    act(connections[side], handles[side], sides[side], side == 0 ? "Answers" : "Questions");
                } else {
                    connections[side].commit();
                }
            }
        } catch (BrokerException e) {
            throw new AssertionError(scenario.toString(), e);
        }
    }

    private static void act(LocalConnection connection, UUID handle, Side doing, String queue) {
        Conversation side = connection.conversation(handle);
        if (doing.before() == Before.RECEIVE) {
            connection.receive(Receive.from(queue).ofConversation(handle).top(1));
        } else if (doing.before() == Before.SEND) {
            try {
                side.send(TwoDatabases.ANSWER, "last words");
            } catch (BrokerException e) {
                // the other side's end may have arrived already
                assertThat(e.number()).isEqualTo(8429);
            }
        }
        doing.how().end(side);
    }

    private static List<Scenario> scenarios(String order, Before... befores) {
        List<Scenario> scenarios = new ArrayList<>();
        for (How a : How.values()) {
            for (How b : How.values()) {
                for (Before beforeA : befores) {
                    for (Before beforeB : befores) {
                        scenarios.add(new Scenario(order, new Side(beforeA, a), new Side(beforeB, b)));
                    }
                }
            }
        }
        return scenarios;
    }

    /** Plays each scenario with a dialog of its own; what is done to one doesn't touch the others. */
    private void playAll(List<Scenario> scenarios, List<UUID[]> dialogs) {
        for (int i = 0; i < scenarios.size(); i++) {
            play(scenarios.get(i), dialogs.get(i));
        }
    }

    /** A side goes when its end is acknowledged, a target when its first message can't come again. */
    private void awaitNothingLeft() {
        within(Duration.ofSeconds(60)).becomes("rows left", this::rowsAfterAMoment, Map::isEmpty);
        eventually().becomes("endpoints", asking::endpoints, List::isEmpty);
        eventually().becomes("endpoints", answering::endpoints, List::isEmpty);
    }

    private Map<String, Integer> rowsAfterAMoment() {
        databases.clock().advance(Duration.ofSeconds(1));
        Map<String, Integer> rows = new LinkedHashMap<>();
        for (String database : List.of(TwoDatabases.ASKING, TwoDatabases.ANSWERING)) {
            databases.rows(database).forEach((table, count) -> rows.put(database + "." + table, count));
        }
        return rows;
    }

    @Test
    void noOrderOfTwoEndsLeavesAnything() throws Exception {
        for (String order : ORDERS) {
            List<Scenario> scenarios = scenarios(order, Before.values());
            playAll(scenarios, converse(scenarios.size()));
            awaitNothingLeft();
        }
    }

    @Test
    void norDoEndsWhileTheWayIsShut() throws Exception {
        for (String order : ORDERS) {
            List<Scenario> scenarios = scenarios(order, Before.NOTHING, Before.SEND);
            List<UUID[]> dialogs = converse(scenarios.size());
            trust(false);
            playAll(scenarios, dialogs);
            trust(true);
            awaitNothingLeft();
        }
    }

    @Test
    void norDoRestartsWhileItIsShut() throws Exception {
        for (String order : List.of("AaBb", "ABba", "BbAa")) {
            List<Scenario> scenarios = scenarios(order, Before.NOTHING, Before.SEND);
            List<UUID[]> dialogs = converse(scenarios.size());
            trust(false);
            playAll(scenarios, dialogs);
            restart();
            trust(true);
            awaitNothingLeft();
        }
    }

    /** The restart comes between the two ends. */
    @Test
    void norDoRestartsBetweenTheTwo() throws Exception {
        for (int first = 0; first < 2; first++) {
            List<Scenario> scenarios = scenarios("", Before.NOTHING, Before.SEND);
            List<UUID[]> dialogs = converse(scenarios.size());
            String order = first == 0 ? "AaBb" : "BbAa";
            playHalf(scenarios, dialogs, order.substring(0, 2));
            restart();
            playHalf(scenarios, dialogs, order.substring(2));
            awaitNothingLeft();
        }
    }

    private void playHalf(List<Scenario> scenarios, List<UUID[]> dialogs, String half) {
        List<Scenario> halves = scenarios.stream()
                .map(each -> new Scenario(half, each.asker(), each.answerer()))
                .toList();
        playAll(halves, dialogs);
    }

    /** Nothing has gone out yet: the other database hears of what is to be told when the way is open. */
    @Test
    void norDoEndsOfADialogThatIsNotThereYet() throws Exception {
        trust(false);
        for (How how : How.values()) {
            Conversation conversation = TwoDatabases.ask(asking, "first");
            how.end(conversation);
        }
        trust(true);
        List<Message> heard = TwoDatabases.receive(answering, "Questions", 2);
        assertThat(TwoDatabases.texts(heard)).containsExactly("first", "end");
        answering.conversation(heard.get(0).conversationHandle()).end();
        awaitNothingLeft();
    }

    /** A side that has heard of the end may end in every way, and nobody hears of that. */
    @Test
    void norDoEndsOfASideThatHasHeardOfTheEnd() throws Exception {
        LocalConnection[] connections = {asking, answering};
        for (int side = 0; side < 2; side++) {
            for (How first : List.of(How.END, How.ERROR)) {
                for (How how : How.values()) {
                    UUID[] handles = converse(1).get(0);
                    first.end(connections[1 - side].conversation(handles[1 - side]));
                    Conversation second = connections[side].conversation(handles[side]);
                    ConversationState expected =
                            first == How.END ? ConversationState.DISCONNECTED_INBOUND : ConversationState.ERROR;
                    eventually().becomes("state", second::state, expected::equals);
                    how.end(second);
                    awaitNothingLeft();
                }
            }
        }
    }

    /** CLEANUP takes back what has not gone out, an Error too. */
    @Test
    void cleanupRemovesAnErrorThatWaits() throws Exception {
        Conversation conversation = TwoDatabases.ask(asking, "first");
        Conversation answerer = answering.conversation(
                TwoDatabases.receive(answering, "Questions", 1).get(0).conversationHandle());
        trust(false);
        conversation.send(TwoDatabases.QUESTION, "second");
        conversation.endWithError(5, "five");
        conversation.cleanup();
        assertThat(databases.rows(TwoDatabases.ASKING)).isEmpty();
        trust(true);
        answerer.end();
        awaitNothingLeft();
    }
}
