package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/** BEGIN CONVERSATION TIMER; service-broker.md, section 5.6. */
class Section05TimerTest extends ExpenseDialogs {

    @Test
    void aTimerComesFirst() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        UUID there = farOf(open);
        desk.conversation(there).timer(MINUTE);
        open.send(Expenses.NOTE, "note");
        open.endWithError(3, "over");
        home.clock().advance(MINUTE);
        eventually().holds("the timer to ring", () -> client.endpoints().get(1).waitingMessages() == 4);
        List<Message> received = desk.receive(THERE_SOON);
        assertThat(received.get(0).isTimer()).isTrue();
        assertThat(received.get(0).body()).isNull();
        assertThat(received.get(0).sequenceNumber()).isEqualTo(-1);
        assertThat(received.get(1).isError()).isTrue();
        assertThat(received).extracting(Message::text).endsWith("<expense/>", "note");
        assertThat(home.rows()).doesNotContainKey("TIMERS");
        desk.conversation(there).end();
        home.awaitNothingLeft();
    }

    @Test
    void aTimerIsLocalAndRingsOnce() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        open.timer(MINUTE);
        home.clock().advance(MINUTE.minusMillis(1));
        assertThat(client.receive(HERE)).isEmpty();
        home.clock().advance(Duration.ofMillis(1));
        assertThat(client.receive(HERE_SOON)).extracting(Message::isTimer).containsExactly(true);
        home.clock().advance(MINUTE);
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(desk.receive(THERE)).extracting(Message::text).containsExactly("<expense/>");
        open.timer(MINUTE);
        home.clock().advance(MINUTE);
        assertThat(client.receive(HERE_SOON)).hasSize(1);
        endAll();
    }

    /** An EndDialog and a timer: the timer overtakes it, and DI is a state that may have timers. */
    @Test
    void timersInEveryStateThatIsNotOver() throws Exception {
        Conversation begun = client.begin(Expenses.dialog());
        Conversation farEnded = Expenses.submit(client, "<a/>");
        Conversation failed = Expenses.submit(client, "<b/>");
        desk.conversation(farOf(farEnded)).end();
        desk.conversation(farOf(failed)).endWithError(1, "x");
        for (Conversation each : List.of(begun, farEnded, failed)) {
            long before = waiting(each.handle());
            each.timer(MINUTE);
            home.clock().advance(MINUTE);
            eventually().becomes("messages with the timer", () -> waiting(each.handle()), n -> n == before + 1);
            List<Message> received = client.receive(HERE_SOON.ofConversation(each.handle()));
            assertThat(received.get(0).isTimer()).isTrue();
            each.end();
        }
        home.awaitNothingLeft();
    }

    @Test
    void aTimerIsReplaced() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        open.timer(MINUTE);
        open.timer(MINUTE.multipliedBy(3));
        home.clock().advance(MINUTE.multipliedBy(2));
        restart();
        assertThat(client.receive(HERE)).isEmpty();
        client.conversation(open.handle()).timer(Duration.ofSeconds(1));
        home.clock().advance(Duration.ofSeconds(1));
        assertThat(client.receive(HERE_SOON)).hasSize(1);
        home.clock().advance(MINUTE.multipliedBy(5));
        assertThat(client.receive(HERE)).isEmpty();
        endAll();
    }

    @Test
    void aTimerRollsBackWithItsTransaction() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        open.timer(MINUTE.multipliedBy(2));
        client.begin();
        open.timer(MINUTE);
        timersSeenBy(client, 1);
        client.rollback();
        home.clock().advance(MINUTE);
        assertThat(client.receive(HERE)).isEmpty();
        home.clock().advance(MINUTE);
        assertThat(client.receive(HERE_SOON)).hasSize(1);
        endAll();
    }

    /** Asking through the JDBC face writes what the transaction has held back until then. */
    private static void timersSeenBy(LocalConnection connection, int expected) throws SQLException {
        try (ResultSet at =
                connection.sql().createStatement().executeQuery("SELECT COUNT(*) FROM PARLEY_STORE.TIMERS WITH UR")) {
            at.next();
            assertThat(at.getInt(1)).isEqualTo(expected);
        }
    }

    @Test
    void aTimerThatIsDueDuringARestartRingsAfterIt() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        open.timer(MINUTE);
        home.parley().close();
        home.clock().advance(MINUTE);
        restart();
        assertThat(client.receive(HERE_SOON)).extracting(Message::isTimer).containsExactly(true);
        client.conversation(open.handle()).timer(MINUTE);
        home.clock().advance(MINUTE);
        eventually().holds("the timer to ring", () -> client.endpoints().get(0).waitingMessages() == 1);
        restart();
        assertThat(client.receive(HERE)).extracting(Message::isTimer).containsExactly(true);
        endAll();
    }

    @Test
    void aTimerRingsWhenItsGroupIsFree() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        open.timer(MINUTE);
        client.begin();
        open.send(Expenses.NOTE, "held");
        home.clock().advance(MINUTE);
        client.commit();
        assertThat(client.receive(HERE_SOON)).hasSize(1);
        endAll();
    }

    @Test
    void anEndTakesTheTimerWithIt() throws Exception {
        Conversation set = Expenses.submit(client, "<a/>");
        set.timer(MINUTE);
        Conversation rung = Expenses.submit(client, "<b/>");
        rung.timer(Duration.ofSeconds(1));
        home.clock().advance(Duration.ofSeconds(1));
        eventually().holds("the timer to ring", () -> client.endpoints().get(2).waitingMessages() == 1);
        set.end();
        rung.cleanup();
        assertThat(home.rows()).doesNotContainKey("TIMERS");
        home.clock().advance(MINUTE);
        restart();
        assertThat(client.receive(HERE)).isEmpty();
        for (Message message :
                List.of(desk.receive(THERE).get(0), desk.receive(THERE).get(0))) {
            desk.conversation(message.conversationHandle()).end();
        }
        home.awaitNothingLeft();
    }

    /** Set and ended in one transaction, with and without having been written in between. */
    @Test
    void aTimerSetInTheTransactionThatEndsIsForgotten() throws Exception {
        for (boolean written : new boolean[] {false, true}) {
            Conversation active = Expenses.submit(client, "<a/>");
            Conversation farEnded = Expenses.submit(client, "<b/>");
            desk.conversation(farOf(farEnded)).end();
            client.begin();
            Conversation begun = client.begin(Expenses.dialog());
            for (Conversation each : List.of(active, farEnded, begun)) {
                each.timer(MINUTE);
                if (written) {
                    timersSeenBy(client, 1);
                }
                each.end();
                timersSeenBy(client, 0);
            }
            client.commit();
            desk.conversation(farOf(active)).end();
            home.awaitNothingLeft();
        }
    }

    @Test
    void aTimerUpToTheLifetimeAndNoFurther() throws Exception {
        Conversation open = submitted(MINUTE);
        home.clock().advance(Duration.ofSeconds(30));
        assertThat(Failing.with(8410, () -> open.timer(Duration.ofSeconds(31))))
                .hasMessageContaining(
                        "set to 31 seconds; allowed is 1 second or more, up to what is left of the dialog's lifetime, 30 seconds.");
        assertThat(Failing.with(8410, () -> open.timer(Duration.ofMillis(500))))
                .hasMessageContaining("set to 0.5 seconds;");
        open.timer(Duration.ofSeconds(30));
        home.clock().advance(Duration.ofSeconds(30));
        eventually().holds("both", () -> client.endpoints().get(0).waitingMessages() == 2);
        List<Message> received = client.receive(HERE_SOON);
        assertThat(received.get(0).isTimer()).isTrue();
        assertThat(codes(received)).containsExactly(-8489);
        eventually().holds("the other side", () -> client.endpoints().get(1).state() == ConversationState.ERROR);
        endAll();
    }
}
