package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.Expenses.CLIENT;
import static org.parley.engine.Expenses.CLIENT_QUEUE;
import static org.parley.engine.Expenses.CONTRACT;
import static org.parley.engine.Expenses.DESK;
import static org.parley.engine.Expenses.DESK_QUEUE;
import static org.parley.engine.Expenses.NOTE;
import static org.parley.engine.Expenses.SUBMIT;
import static org.parley.engine.Expenses.dialog;
import static org.parley.engine.Select.rows;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerPriorityDefinition;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.spi.Counter;
import org.parley.spi.Statistics;

/** What is counted in one database, each time with all counters that move; service-broker.md, section 20. */
class Section20CountersTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection connection;
    private Map<Counter, Long> before;

    @BeforeEach
    void open() {
        connection = home.connect();
        before = read();
    }

    @AfterEach
    void close() {
        connection.close();
    }

    private Map<Counter, Long> read() {
        Statistics now = home.parley().server().statistics();
        Map<Counter, Long> values = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            values.put(counter, now.of(ExpenseHome.DATABASE, counter));
        }
        return values;
    }

    /** What has moved, and by how much; times that become due apart. */
    private Map<Counter, Long> moved() {
        Map<Counter, Long> moved = read();
        moved.replaceAll((counter, value) -> value - before.get(counter));
        moved.values().removeIf(value -> value == 0);
        moved.remove(Counter.DIALOG_TIMERS);
        return moved;
    }

    private void movesTo(Map<Counter, Long> expected) {
        eventually().becomes("counters", this::moved, expected::equals);
    }

    private Conversation submitted() throws Exception {
        return connection.inTransaction(() -> {
            Conversation begun = connection.begin(dialog());
            begun.send(SUBMIT, "<expense/>");
            return begun;
        });
    }

    private static Map<Counter, Long> enqueued(long messages, Counter priority) {
        Map<Counter, Long> moved = new EnumMap<>(Counter.class);
        moved.put(Counter.ENQUEUED_LOCAL_MESSAGES, messages);
        moved.put(Counter.ENQUEUED_MESSAGES, messages);
        moved.put(priority, messages);
        return moved;
    }

    @Test
    void sendAndReceiveAreCountedAsStatements() throws Exception {
        submitted();
        Map<Counter, Long> expected = enqueued(1, Counter.ENQUEUED_P5);
        expected.put(Counter.SENDS, 1L);
        movesTo(expected);
        connection.receive(Receive.from(DESK_QUEUE));
        connection.receive(Receive.from(CLIENT_QUEUE));
        expected.put(Counter.RECEIVES, 2L);
        movesTo(expected);
    }

    @Test
    void sendToSeveralConversationsIsOneStatementAndSeveralMessages() {
        Conversation one = connection.begin(dialog());
        Conversation other = connection.begin(dialog());
        connection.send(List.of(one.handle(), other.handle()), SUBMIT, "<expense/>".getBytes());
        Map<Counter, Long> expected = enqueued(2, Counter.ENQUEUED_P5);
        expected.put(Counter.SENDS, 1L);
        movesTo(expected);
    }

    @Test
    void messagesAreCountedByThePriorityOfTheSideThatGetsThem() throws Exception {
        connection.catalog().define(new BrokerPriorityDefinition("high", CONTRACT, DESK, null, 9));
        submitted();
        Map<Counter, Long> expected = enqueued(1, Counter.ENQUEUED_P9);
        expected.put(Counter.SENDS, 1L);
        movesTo(expected);
    }

    @Test
    void whatIsRolledBackWasSentButNotEnqueued() {
        connection.begin();
        connection.begin(dialog()).send(SUBMIT, "<expense/>");
        connection.rollback();
        movesTo(Map.of(Counter.SENDS, 1L, Counter.TRANSACTION_ROLLBACKS, 1L));
    }

    @Test
    void rollbackWithoutWorkOfTheBrokerIsNotCounted() {
        connection.begin();
        connection.rollback();
        connection.begin();
        connection.receive(Receive.from(DESK_QUEUE));
        connection.rollback();
        movesTo(Map.of(Counter.RECEIVES, 1L));
    }

    @Test
    void endsErrorsAndTimersAreMessagesToo() throws Exception {
        Conversation begun = submitted();
        begun.timer(Duration.ofSeconds(5));
        home.clock().advance(Duration.ofSeconds(6));
        Map<Counter, Long> expected = enqueued(2, Counter.ENQUEUED_P5);
        expected.put(Counter.SENDS, 1L);
        movesTo(expected);
        begun.end();
        expected = enqueued(3, Counter.ENQUEUED_P5);
        expected.put(Counter.SENDS, 1L);
        movesTo(expected);
        submitted().endWithError(3, "no");
        expected = enqueued(5, Counter.ENQUEUED_P5);
        expected.put(Counter.SENDS, 2L);
        movesTo(expected);
    }

    @Test
    void whatWaitsForItsServiceGoesThroughTheTransmissionQueue() {
        Conversation begun = connection.begin(Dialog.between(CLIENT, "//nobody").on(CONTRACT));
        begun.send(NOTE, "one");
        begun.send(NOTE, "two");
        eventually().holds("a turn", () -> moved().containsKey(Counter.TRANSMISSION_OBJECT_GETS));
        assertThat(moved())
                .containsEntry(Counter.ENQUEUED_TRANSMISSION_MESSAGES, 2L)
                .containsEntry(Counter.SENDS, 2L)
                .doesNotContainKeys(Counter.ENQUEUED_MESSAGES, Counter.DEQUEUED_TRANSMISSION_MESSAGES);
        connection.catalog().define("CREATE QUEUE Q; CREATE SERVICE [//nobody] ON QUEUE Q ([" + CONTRACT + "]);");
        eventually().holds("delivered", () -> moved().containsKey(Counter.ENQUEUED_MESSAGES));
        assertThat(moved())
                .containsEntry(Counter.ENQUEUED_MESSAGES, 2L)
                .containsEntry(Counter.DEQUEUED_TRANSMISSION_MESSAGES, 2L)
                .containsEntry(Counter.ENQUEUED_TRANSMISSION_MESSAGES, 2L);
    }

    @Test
    void whatIsDroppedByAnEndLeavesTheTransmissionQueueToo() {
        Conversation begun = connection.begin(Dialog.between(CLIENT, "//nobody").on(CONTRACT));
        begun.send(NOTE, "one");
        begun.cleanup();
        eventually().holds("dropped", () -> moved().containsKey(Counter.DEQUEUED_TRANSMISSION_MESSAGES));
        assertThat(moved())
                .containsEntry(Counter.ENQUEUED_TRANSMISSION_MESSAGES, 1L)
                .containsEntry(Counter.DEQUEUED_TRANSMISSION_MESSAGES, 1L);
    }

    @Test
    void timersAreThoseThatAreSet() {
        long none = home.parley().server().statistics().of(ExpenseHome.DATABASE, Counter.DIALOG_TIMERS);
        Conversation begun = connection.begin(dialog().lasting(Duration.ofHours(1)));
        assertThat(read().get(Counter.DIALOG_TIMERS)).isEqualTo(none + 1);
        begun.timer(Duration.ofMinutes(1));
        assertThat(read().get(Counter.DIALOG_TIMERS)).isEqualTo(none + 2);
        begun.end();
        assertThat(read().get(Counter.DIALOG_TIMERS)).isEqualTo(none);
    }

    @Test
    void viewShowsThemByDatabaseAndTogether() throws Exception {
        home.parley().server().ensureDatabase("other");
        submitted();
        String sql = "SELECT INSTANCE_NAME, CNTR_VALUE, CNTR_TYPE FROM PARLEY.DM_OS_PERFORMANCE_COUNTERS"
                + " WHERE OBJECT_NAME = 'Parley:Broker Statistics' AND COUNTER_NAME = ? ORDER BY INSTANCE_NAME";
        assertThat(rows(connection, sql, "SQL SEND Total"))
                .containsExactly("_Total|1|65792", ExpenseHome.DATABASE + "|1|65792", "other|0|65792");
        assertThat(rows(connection, sql, "SQL SENDs/sec"))
                .containsExactly("_Total|1|272696576", ExpenseHome.DATABASE + "|1|272696576", "other|0|272696576");
        assertThat(home.parley().server().statistics().total(Counter.SENDS)).isEqualTo(1);
        assertThat(home.parley().server().statistics().databases()).containsExactly(ExpenseHome.DATABASE, "other");
    }

    @Test
    void whatWasThereBeforeARestartIsNotCountedAgain() throws Exception {
        submitted();
        connection.close();
        home.restart();
        connection = home.connect();
        assertThat(read().get(Counter.ENQUEUED_MESSAGES)).isZero();
        assertThat(read().get(Counter.SENDS)).isZero();
    }
}
