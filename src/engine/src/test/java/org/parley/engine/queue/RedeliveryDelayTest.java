package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Other;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/** REDELIVERY_DELAY of a queue, which is Parley's own: what was rolled back waits before it is offered again. */
class RedeliveryDelayTest {

    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final Duration DELAY = Duration.ofSeconds(10);
    private static final Duration NEARLY = DELAY.minusMillis(1);
    private static final Duration REST = Duration.ofMillis(1);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void alter(String option) {
        client.catalog().define("ALTER QUEUE ExpenseQueue WITH " + option);
    }

    private UUID submit(String xml) throws Exception {
        UUID conversation = Expenses.submit(client, xml).conversationId();
        return client.endpoints(conversation).get(1).handle();
    }

    private void rollback(Receive receive) {
        desk.begin();
        assertThat(desk.receive(receive.top(1))).hasSize(1);
        desk.rollback();
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }

    @Test
    void theGroupIsOfferedAgainWhenTheDelayHasPassedAndOthersGoOn() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<first/>");
        submit("<second/>");
        rollback(THERE);
        assertThat(texts(desk.receive(THERE))).containsExactly("<second/>");
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(desk.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO))
                .isEmpty();
        home.clock().advance(NEARLY);
        assertThat(desk.receive(THERE)).isEmpty();
        home.clock().advance(REST);
        assertThat(texts(desk.receive(THERE))).containsExactly("<first/>");
    }

    @Test
    void aWaitingReceiveIsServedWhenItPasses() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<a/>");
        rollback(THERE);
        Other<List<Message>> waits =
                Other.does("receives", () -> desk.receive(THERE.waiting(null))).awaitAsleep();
        home.clock().advance(DELAY);
        assertThat(texts(waits.result())).containsExactly("<a/>");
    }

    @Test
    void aWaitingGetConversationGroupIsServedWhenItPasses() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<a/>");
        rollback(THERE);
        Other<Optional<UUID>> waits = Other.does(
                        "gets a group", () -> desk.getConversationGroup(Expenses.DESK_QUEUE, null))
                .awaitAsleep();
        home.clock().advance(DELAY);
        assertThat(waits.result()).isPresent();
    }

    @Test
    void aReaderIsStartedWhenItPasses() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<a/>");
        rollback(THERE);
        BlockingQueue<Delivery> started = new LinkedBlockingQueue<>();
        Activation activation = home.parley()
                .server()
                .activate(
                        new ActivationConfig("bean", ExpenseHome.DATABASE, Expenses.DESK_QUEUE, 2, 1, null, null),
                        started::add);
        submit("<b/>");
        Delivery reader = started.poll(30, TimeUnit.SECONDS);
        assertThat(reader.next()).isTrue();
        assertThat(texts(reader.peek())).containsExactly("<b/>");
        reader.alone(() -> {});
        reader.finish(null);
        assertThat(reader.next()).isFalse();
        reader.close();
        home.clock().advance(DELAY);
        reader = started.poll(30, TimeUnit.SECONDS);
        assertThat(reader.next()).isTrue();
        assertThat(texts(reader.peek())).containsExactly("<a/>");
        reader.alone(() -> {});
        reader.finish(null);
        reader.close();
        activation.close();
    }

    @Test
    void whoNamesTheConversationReceivesAtOnceAndItsCommitEndsTheDelay() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        UUID there = submit("<a/>");
        client.endpoints();
        client.conversation(client.endpoints().get(0).handle()).send(Expenses.NOTE, "b");
        rollback(THERE);
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(texts(desk.receive(THERE.ofConversation(there).top(1)))).containsExactly("<a/>");
        assertThat(texts(desk.receive(THERE))).containsExactly("b");
    }

    @Test
    void eachRollbackBeginsTheDelayAnew() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        UUID there = submit("<a/>");
        rollback(THERE);
        home.clock().advance(NEARLY);
        rollback(THERE.ofConversation(there));
        home.clock().advance(NEARLY);
        assertThat(desk.receive(THERE)).isEmpty();
        home.clock().advance(REST);
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void afterARestartItIsOfferedAtOnce() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<a/>");
        rollback(THERE);
        home.restart();
        connect();
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void withoutADelayNothingIsSetUp() throws Exception {
        submit("<a/>");
        List<Instant> before = home.clock().alarms();
        rollback(THERE);
        assertThat(home.clock().alarms()).isEqualTo(before);
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void aChangedDelayHoldsFromTheNextRollbackOn() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<a/>");
        rollback(THERE);
        alter("REDELIVERY_DELAY = 0");
        assertThat(desk.receive(THERE)).isEmpty();
        home.clock().advance(DELAY);
        rollback(THERE);
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void aDelayThatPassesWhileTheQueueIsOffIsOverWhenItIsTurnedOn() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<a/>");
        rollback(THERE);
        alter("STATUS = OFF");
        home.clock().advance(DELAY);
        alter("STATUS = ON");
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void turningTheQueueOnEndsNoDelay() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<a/>");
        rollback(THERE);
        alter("STATUS = OFF");
        alter("STATUS = ON");
        assertThat(desk.receive(THERE)).isEmpty();
        home.clock().advance(DELAY);
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void rollbacksThatReceivedNothingDelayNothing() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        UUID there = submit("<a/>");
        desk.begin();
        desk.conversation(there).send(Expenses.ANSWER);
        desk.rollback();
        desk.begin();
        Connection sql = desk.sql();
        Savepoint before = sql.setSavepoint();
        assertThat(desk.receive(THERE)).hasSize(1);
        sql.rollback(before);
        desk.rollback();
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void theFifthRollbackTurnsTheQueueOffAllTheSame() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<a/>");
        for (int i = 0; i < 5; i++) {
            assertThat(home.heard().lines("queue off")).isEmpty();
            rollback(THERE);
            home.clock().advance(DELAY);
        }
        home.heard().await("queue off: " + Expenses.DESK_QUEUE);
    }

    @Test
    void aConversationThatEndsMeanwhileLeavesNothing() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = client.endpoints().get(1).handle();
        rollback(THERE);
        desk.conversation(there).end();
        client.receive(Receive.from(Expenses.CLIENT_QUEUE).waiting(null));
        open.end();
        home.awaitNothingLeft();
        home.clock().advance(DELAY);
        assertThat(desk.receive(THERE)).isEmpty();
    }

    @Test
    void theViewOfGroupsShowsWhenItIsOfferedAgain() throws Exception {
        alter("REDELIVERY_DELAY = 10000");
        submit("<a/>");
        rollback(THERE);
        assertThat(redelivered())
                .hasValue(java.sql.Timestamp.valueOf("2030-01-01 00:00:10").toString());
        home.clock().advance(DELAY);
        assertThat(redelivered()).isEmpty();
    }

    private Optional<String> redelivered() throws SQLException {
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT MAX(REDELIVERED_AT) FROM PARLEY.CONVERSATION_GROUPS")) {
            at.next();
            return Optional.ofNullable(at.getString(1));
        }
    }

    /** Readers that fail now and then, on several threads, while the clock goes on: each message is taken once, in order. */
    @Test
    void manyReadersLoseNothing() throws Exception {
        alter("REDELIVERY_DELAY = 50, POISON_MESSAGE_HANDLING (STATUS = OFF)");
        int dialogs = 10;
        for (int i = 0; i < dialogs; i++) {
            submit("<a/>");
        }
        List<Other<Integer>> readers = List.of(reader(1), reader(2), reader(3));
        eventually().holds("everything to be received", () -> {
            home.clock().advance(Duration.ofMillis(10));
            return client.endpoints().stream().allMatch(side -> side.waitingMessages() == 0);
        });
        stop = true;
        int taken = 0;
        for (Other<Integer> reader : readers) {
            taken += reader.result();
        }
        assertThat(taken).isEqualTo(dialogs);
    }

    private volatile boolean stop;

    private Other<Integer> reader(int number) {
        return Other.does("reader " + number, () -> {
            int taken = 0;
            int round = number;
            try (LocalConnection own = home.connect()) {
                while (!stop) {
                    own.begin();
                    int size = own.receive(THERE).size();
                    if (round++ % 3 == 0) {
                        own.commit();
                        taken += size;
                    } else {
                        own.rollback();
                    }
                }
            }
            return taken;
        });
    }
}
