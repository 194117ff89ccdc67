package org.parley.engine.reference;

import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.routing.TwoDatabases;

/**
 * As {@link Section05EndOrdersTest}, with the two sides in two databases: every pair of ends, with both transactions open
 * at the same time, in every order.
 */
class Section05EndOrdersBetweenTest {

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private final LocalConnection[] connections = new LocalConnection[2];

    private void connect() {
        connections[0] = two.asking();
        connections[1] = two.answering();
    }

    /** Handles of a dialog in which both have spoken, and know that the other one has heard. */
    private UUID[] dialog() throws Exception {
        Conversation question = ask(connections[0], "1", "2");
        Message first = receive(connections[1], "Questions", 2).get(0);
        connections[1].conversation(first.conversationHandle()).send(ANSWER, "!");
        receive(connections[0], "Answers", 1);
        two.passAcknowledgements();
        eventually().holds("the acknowledgements", () -> !two.rows(ASKING).containsKey("MESSAGES"));
        return new UUID[] {question.handle(), first.conversationHandle()};
    }

    /** A capital letter is a side's end in a transaction of its own, the small one its commit. */
    private void play(String order, UUID[] handles, Section05EndOrdersTest.How... hows) {
        for (char step : order.toCharArray()) {
            int side = Character.toUpperCase(step) - 'A';
            if (Character.isUpperCase(step)) {
                connections[side].begin();
                hows[side].end(connections[side].conversation(handles[side]));
            } else {
                connections[side].commit();
            }
        }
    }

    private void nothingLeft() {
        eventually().holds("nothing to be left", () -> {
            two.clock().advance(Duration.ofSeconds(4));
            return two.asking().endpoints().isEmpty()
                    && two.answering().endpoints().isEmpty();
        });
        two.awaitNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AaBb", "ABab", "ABba", "BAab", "BAba", "BbAa"})
    void noOrderOfTwoEndsLeavesAnything(String order) throws Exception {
        connect();
        for (Section05EndOrdersTest.How a : Section05EndOrdersTest.How.values()) {
            for (Section05EndOrdersTest.How b : Section05EndOrdersTest.How.values()) {
                play(order, dialog(), a, b);
                nothingLeft();
            }
        }
    }

    /** What is unsent, or sent and unread, goes with the ends. */
    @ParameterizedTest
    @ValueSource(strings = {"ABab", "BAba"})
    void norDoMessagesOnTheirWay(String order) throws Exception {
        connect();
        for (Section05EndOrdersTest.How a : Section05EndOrdersTest.How.values()) {
            for (Section05EndOrdersTest.How b : Section05EndOrdersTest.How.values()) {
                UUID[] handles = dialog();
                connections[0].conversation(handles[0]).send(QUESTION, "unread");
                connections[1].conversation(handles[1]).send(ANSWER, "unread");
                play(order, handles, a, b);
                nothingLeft();
            }
        }
    }

    @Test
    void norDoesARestartBetweenTheTwoEnds() throws Exception {
        for (Section05EndOrdersTest.How a : Section05EndOrdersTest.How.values()) {
            for (Section05EndOrdersTest.How b : Section05EndOrdersTest.How.values()) {
                connect();
                UUID[] handles = dialog();
                play("Aa", handles, a, b);
                two.restart();
                connect();
                play("Bb", handles, a, b);
                two.restart();
                nothingLeft();
            }
        }
    }
}
