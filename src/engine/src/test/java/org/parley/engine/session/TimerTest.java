package org.parley.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/** Conversation timers and lifetimes; service-broker.md, sections 3.2, 5.6, 7 and 8. */
class TimerTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final Receive HERE_SOON = HERE.waiting(Duration.ofDays(1));
    private static final Receive THERE_SOON = THERE.waiting(Duration.ofDays(1));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void restart() {
        home.restart();
        connect();
    }

    private UUID farOf(Conversation conversation) {
        return client.endpoints(conversation.conversationId()).get(1).handle();
    }

    private long waiting(Conversation conversation) {
        return client.endpoints().stream()
                .filter(endpoint -> endpoint.handle().equals(conversation.handle()))
                .findFirst()
                .orElseThrow()
                .waitingMessages();
    }

    private Conversation submitted(Duration lifetime) throws Exception {
        return client.inTransaction(() -> {
            Conversation conversation = client.begin(Expenses.dialog().lasting(lifetime));
            conversation.send(Expenses.SUBMIT, "<expense/>");
            return conversation;
        });
    }

    private void endAll() {
        client.endpoints().forEach(side -> client.conversation(side.handle()).end());
        home.awaitNothingLeft();
    }

    private static List<Long> codes(List<Message> messages) {
        return messages.stream()
                .filter(Message::isError)
                .map(message -> (long) message.error().code())
                .toList();
    }

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
            long before = waiting(each);
            each.timer(MINUTE);
            home.clock().advance(MINUTE);
            eventually().becomes("messages with the timer", () -> waiting(each), n -> n == before + 1);
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
    void theLifetimeEndsBothSides() throws Exception {
        Conversation open = submitted(MINUTE);
        UUID there = farOf(open);
        home.clock().advance(MINUTE.minusMillis(1));
        assertThat(client.receive(HERE)).isEmpty();
        home.clock().advance(Duration.ofMillis(1));
        assertThat(codes(client.receive(HERE_SOON))).containsExactly(-8489L);
        eventually().holds("both to be told", () -> client.endpoints().get(1).state() == ConversationState.ERROR);
        List<Message> received = desk.receive(THERE_SOON);
        assertThat(codes(received)).containsExactly(-8489L);
        assertThat(received.get(1).text()).isEqualTo("<expense/>");
        Failing.with(8429, () -> open.send(Expenses.NOTE));
        Failing.with(8429, () -> desk.conversation(there).send(Expenses.ANSWER));
        endAll();
    }

    @Test
    void aLifetimeThatEndsDuringARestartEndsAfterIt() throws Exception {
        submitted(MINUTE);
        Conversation begun = client.begin(Expenses.dialog().lasting(MINUTE));
        Conversation waiting = client.begin(
                Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT).lasting(MINUTE));
        waiting.send(Expenses.NOTE, "waits");
        Conversation waitingEnded = client.begin(
                Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT).lasting(MINUTE));
        waitingEnded.send(Expenses.NOTE, "waits");
        waitingEnded.end();
        home.parley().close();
        home.clock().advance(MINUTE);
        restart();
        eventually()
                .holds(
                        "all to be told",
                        () -> client.endpoints().stream().allMatch(side -> side.state() == ConversationState.ERROR));
        assertThat(client.endpoints()).hasSize(4);
        for (int i = 0; i < 3; i++) {
            assertThat(codes(client.receive(HERE_SOON))).containsExactly(-8489L);
        }
        assertThat(codes(desk.receive(THERE_SOON))).containsExactly(-8489L);
        restart();
        assertThat(client.conversation(begun.handle()).state()).isEqualTo(ConversationState.ERROR);
        endAll();
    }

    /** Whoever has ended is told nothing; who hasn't is, though the other side has ended. */
    @Test
    void theLifetimeOfASideThatIsLeftAlone() throws Exception {
        Conversation open = submitted(MINUTE);
        open.end();
        home.clock().advance(MINUTE);
        List<Message> received = desk.receive(THERE_SOON);
        eventually()
                .holds(
                        "the error",
                        () -> client.endpoints().stream().anyMatch(side -> side.state() == ConversationState.ERROR));
        int rest = received.size() < 3 ? desk.receive(THERE_SOON).size() : 0;
        assertThat(received.size() + rest).isEqualTo(3);
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(client.receive(HERE)).isEmpty();
        client.endpoints().stream()
                .filter(side -> !side.initiator())
                .forEach(side -> desk.conversation(side.handle()).end());
        home.awaitNothingLeft();
    }

    /** Rule 10 of section 8: what had arrived before an error can still be received, whatever the sender does. */
    @Test
    void messagesBeforeTheExpiryStayWhenTheOtherSideFailsToo() throws Exception {
        Conversation open = submitted(MINUTE);
        open.send(Expenses.NOTE, "two");
        client.begin();
        open.send(Expenses.NOTE, "too late");
        open.endWithError(5, "too late as well");
        home.clock().advance(MINUTE);
        eventually().holds("the error", () -> client.endpoints().get(1).state() == ConversationState.ERROR);
        client.commit();
        eventually().holds("what came too late to be removed", () -> home.rows().get("MESSAGES") <= 3);
        List<Message> received = desk.receive(THERE_SOON);
        assertThat(codes(received)).containsExactly(-8489L);
        assertThat(received).extracting(Message::text).endsWith("<expense/>", "two");
        assertThat(received).hasSize(3);
        desk.conversation(received.get(0).conversationHandle()).end();
        home.awaitNothingLeft();
    }

    /** An error that comes after the expiry is discarded, also when the server stops before it is removed. */
    @Test
    void aSecondErrorIsNotHeardAfterARestart() throws Exception {
        for (boolean received : new boolean[] {false, true}) {
            Conversation open = submitted(MINUTE);
            UUID there = farOf(open);
            client.begin();
            open.endWithError(5, "too late");
            home.clock().advance(MINUTE);
            eventually()
                    .holds(
                            "the expiry",
                            () -> client.endpoints(open.conversationId()).get(1).state() == ConversationState.ERROR);
            if (received) {
                assertThat(codes(desk.receive(THERE.ofConversation(there)))).containsExactly(-8489L);
            }
            client.commit();
            restart();
            assertThat(codes(desk.receive(THERE.ofConversation(there))))
                    .isEqualTo(received ? List.of() : List.of(-8489L));
            desk.conversation(there).end();
            home.awaitNothingLeft();
        }
    }

    @Test
    void aTimerUpToTheLifetimeAndNoFurther() throws Exception {
        Conversation open = submitted(MINUTE);
        home.clock().advance(Duration.ofSeconds(30));
        Failing.with(8410, () -> open.timer(Duration.ofSeconds(31)));
        open.timer(Duration.ofSeconds(30));
        home.clock().advance(Duration.ofSeconds(30));
        eventually().holds("both", () -> client.endpoints().get(0).waitingMessages() == 2);
        List<Message> received = client.receive(HERE_SOON);
        assertThat(received.get(0).isTimer()).isTrue();
        assertThat(codes(received)).containsExactly(-8489L);
        eventually().holds("the other side", () -> client.endpoints().get(1).state() == ConversationState.ERROR);
        endAll();
    }
}
