package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.engine.activation.QueueMonitor;
import org.parley.spi.ServerConfig;

/**
 * What the documentation leaves open: what was decided, by its number; service-broker.md, section 25. 2 and 11 are about
 * what crosses the network; 7 and 12 need two databases: {@link Section25BetweenDatabasesTest}.
 */
class Section25OpenPointsTest extends ExpenseDialogs {

    @Override
    ServerConfig configured(ServerConfig config) {
        return config.withLockTimeout(Duration.ofSeconds(2));
    }

    @Test
    void o01AmongGroupsOfOnePriorityTheOldestMessageComesFirst() throws Exception {
        Conversation first = submitted("<a/>");
        Conversation second = submitted("<b/>");
        desk.receive(THERE);
        desk.receive(THERE);
        second.send(Expenses.NOTE, "older");
        first.send(Expenses.NOTE, "younger");
        assertThat(texts(desk.receive(THERE))).containsExactly("older");
        assertThat(texts(desk.receive(THERE))).containsExactly("younger");
    }

    @Test
    void o03SendAcceptsABodyThatTheTargetRefuses() throws Exception {
        Conversation open = submitted("<a/>");
        open.send(Expenses.SUBMIT, "no xml");
        assertThat(codes(client.receive(HERE))).containsExactly(-9615);
    }

    @Test
    void o04SendAndEndOnALockedConversationWaitWithATimeOut() throws Exception {
        Conversation open = submitted("<a/>");
        LocalConnection other = home.connect();
        client.begin();
        open.send(Expenses.NOTE, "x");
        for (Other<Void> waits : List.of(
                Other.runs("sends", () -> other.conversation(open.handle()).send(Expenses.NOTE, "y")),
                Other.runs("ends", () -> desk.conversation(open.handle()).end()))) {
            waits.awaitAsleep();
        }
        client.rollback();
        eventually().holds("the end", () -> stateOf(open.handle()).code().equals("CD"));
        Conversation held = submitted("<b/>");
        client.begin();
        held.send(Expenses.NOTE, "x");
        Other<Void> late = Other.runs(
                        "late", () -> home.connect().conversation(held.handle()).end())
                .awaitAsleep();
        home.clock().advance(Duration.ofSeconds(2));
        late.failsWith(1222);
        client.rollback();
    }

    @Test
    void o05ReceiveOfANamedGroupThatIsLockedGivesNothing() throws Exception {
        Conversation open = submitted("<a/>");
        UUID there = farOf(open);
        desk.begin();
        desk.receive(THERE.top(1));
        open.send(Expenses.NOTE, "b");
        assertThat(home.connect().receive(THERE.ofConversation(there))).isEmpty();
        desk.rollback();
    }

    @Test
    void o06TimersAndErrorsOfTheBrokerHaveNoNumber() throws Exception {
        Conversation open = submitted("<a/>");
        open.timer(MINUTE);
        home.clock().advance(MINUTE);
        assertThat(client.receive(HERE_SOON))
                .extracting(Message::sequenceNumber)
                .containsExactly(-1L);
        open.send(Expenses.SUBMIT, "no xml");
        assertThat(client.receive(HERE)).extracting(Message::sequenceNumber).containsExactly(-1L);
    }

    @Test
    void o08NoTimerComesAfterTheEnd() throws Exception {
        Conversation open = submitted("<a/>");
        open.timer(MINUTE);
        open.end();
        home.clock().advance(MINUTE);
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(home.rows()).doesNotContainKey("TIMERS");
    }

    @Test
    void o09TheCountOfRollbacksBeginsAnewAfterARestart() throws Exception {
        submitted("<a/>");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 4; i++) {
                desk.begin();
                assertThat(desk.receive(THERE)).hasSize(1);
                desk.rollback();
            }
            restart();
        }
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void o10AProcedureIsSilentAfterFiveSecondsAndFailsWithoutReceive() {
        QueueMonitor.Sight messages = new QueueMonitor.Sight(true, false);
        QueueMonitor monitor = new QueueMonitor(QueueMonitor.Kind.PROCEDURE, true, 1);
        monitor.arrived(true, messages, 0);
        assertThat(monitor.tick(messages, 4_999)).isEqualTo(QueueMonitor.Verdict.NOTHING);
        assertThat(monitor.tick(messages, 5_000)).isEqualTo(QueueMonitor.Verdict.SILENT);
        assertThat(monitor.readerEnded(false, messages, 6_000)).isEqualTo(QueueMonitor.Verdict.FAILED);
        assertThat(monitor.tick(messages, 60_000)).isEqualTo(QueueMonitor.Verdict.NOTHING);
    }

    @Test
    void o13TimersTakeOneSecondToTheLargestInt() {
        Conversation open = client.begin(Expenses.dialog());
        open.timer(Duration.ofSeconds(1));
        open.timer(Duration.ofSeconds(Integer.MAX_VALUE));
        Failing.with(8410, () -> open.timer(Duration.ofMillis(999)));
        Failing.with(8410, () -> open.timer(Duration.ofSeconds(1L << 31)));
    }

    @Test
    void o14EndOfWhatWasNeverSentRemovesItAtOnce() {
        Conversation open = client.begin(Expenses.dialog());
        open.end();
        assertThat(client.endpoints()).isEmpty();
        Failing.with(8426, open::state);
    }

    /** Overridden by the plan of the house: both sides are here, so nothing can come again. */
    @Test
    void o15InOneDatabaseThePairGoesWhenBothHaveEnded() throws Exception {
        Conversation open = submitted("<a/>");
        far(open).end();
        open.end();
        home.awaitNothingLeft();
    }

    @Test
    void o16MoveToAnUnknownGroupIsAnError() throws Exception {
        Failing.with(8436, () -> submitted("<a/>").moveTo(UUID.randomUUID()));
    }

    @Test
    void o17WithoutATransactionReceiveHoldsNoLockAfterwards() throws Exception {
        Conversation open = submitted("<a/>");
        open.send(Expenses.NOTE, "b");
        assertThat(texts(desk.receive(THERE.top(1)))).containsExactly("<a/>");
        assertThat(texts(home.connect().receive(THERE))).containsExactly("b");
    }
}
