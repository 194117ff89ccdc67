package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.Expenses.CLIENT;
import static org.parley.engine.Expenses.CONTRACT;
import static org.parley.engine.Expenses.DESK;
import static org.parley.engine.Expenses.DESK_QUEUE;
import static org.parley.engine.Expenses.NOTE;
import static org.parley.engine.Expenses.SUBMIT;
import static org.parley.engine.Expenses.dialog;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.Expenses;
import org.parley.engine.Told;
import org.parley.spi.ActivationConfig;
import org.parley.spi.BrokerEvent;
import org.parley.spi.BrokerEvent.Conversation.Step;
import org.parley.spi.Counter;
import org.parley.spi.EngineListener;
import org.parley.spi.ReaderStarter;
import org.parley.spi.ReaderUnavailableException;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/** Which events a database tells of its own conversations; service-broker.md, section 21. */
class Section21EventsTest {

    private static final String DATABASE = "expenses";

    private final SettableClock clock = new SettableClock();
    private final Told told = new Told();

    @TempDir
    Path home;

    private Parley parley;
    private LocalConnection connection;

    @BeforeEach
    void open() {
        open(told);
    }

    private void open(EngineListener listener) {
        parley = Parley.open(ServerConfig.of(home).withClock(clock).withListener(listener));
        connection = parley.connect(DATABASE);
        Expenses.define(connection);
    }

    @AfterEach
    void close() {
        parley.close();
    }

    private Conversation submitted() throws Exception {
        return connection.inTransaction(() -> {
            Conversation begun = connection.begin(dialog());
            begun.send(SUBMIT, "<expense/>");
            return begun;
        });
    }

    private Conversation target() {
        return connection.conversation(connection.endpoints().stream()
                .filter(endpoint -> !endpoint.initiator())
                .findFirst()
                .orElseThrow()
                .handle());
    }

    @Test
    void beginAndSendTellGroupsStepsAndTheWay() throws Exception {
        Conversation begun = submitted();
        assertThat(told.lines())
                .containsExactly(
                        "group CREATE",
                        "initiator BEGIN_DIALOG",
                        "initiator SEND_MESSAGE 0",
                        "group CREATE",
                        "target DIALOG_CREATED",
                        "initiator LOCAL",
                        "target RECEIVED_SEQUENCED_MESSAGE 0");
        BrokerEvent.Conversation first = told.of(BrokerEvent.Conversation.class).get(0);
        assertThat(first.database()).isEqualTo(DATABASE);
        assertThat(first.side())
                .isEqualTo(new BrokerEvent.Side(
                        begun.handle(),
                        begun.conversationId(),
                        begun.groupId(),
                        CLIENT,
                        DESK,
                        true,
                        ConversationState.CONVERSING,
                        5));
        assertThat(told.of(BrokerEvent.ConversationGroup.class).get(0))
                .isEqualTo(new BrokerEvent.ConversationGroup(
                        DATABASE, BrokerEvent.ConversationGroup.Step.CREATE, begun.groupId(), CLIENT));
    }

    @Test
    void nothingIsToldBeforeTheCommitOrAfterARollback() {
        connection.begin();
        connection.begin(dialog()).send(SUBMIT, "<expense/>");
        assertThat(told.events()).isEmpty();
        connection.rollback();
        assertThat(told.events()).isEmpty();
        connection.begin();
        connection.begin(dialog());
        connection.commit();
        assertThat(told.lines()).containsExactly("group CREATE", "initiator BEGIN_DIALOG");
    }

    @Test
    void endsOfBothSidesTerminateTheDialogAndDropItsGroups() throws Exception {
        Conversation begun = submitted();
        told.clear();
        begun.end();
        assertThat(told.lines())
                .containsExactly(
                        "initiator END_CONVERSATION",
                        "initiator LOCAL",
                        "target RECEIVED_END_CONVERSATION",
                        "initiator RECEIVED_END_CONVERSATION_ACK");
        told.clear();
        target().end();
        assertThat(told.lines())
                .containsExactly(
                        "target END_CONVERSATION",
                        "target TERMINATE_DIALOG",
                        "group DROP",
                        "initiator TERMINATE_DIALOG",
                        "group DROP");
    }

    @Test
    void errorOfAnApplicationIsReceivedAsSuch() throws Exception {
        submitted();
        told.clear();
        target().endWithError(7, "no");
        assertThat(told.lines())
                .containsExactly(
                        "target END_CONVERSATION_WITH_ERROR",
                        "initiator RECEIVED_END_CONVERSATION_WITH_ERROR",
                        "target RECEIVED_END_CONVERSATION_ACK");
    }

    @Test
    void cleanupIsToldAndWhoSendsThereGetsAnErrorOfTheBroker() throws Exception {
        Conversation begun = submitted();
        told.clear();
        target().cleanup();
        assertThat(told.lines()).startsWith("target END_CONVERSATION_WITH_CLEANUP");
        begun.send(NOTE, "more");
        eventually().holds("the error", () -> told.lines().contains("initiator BROKER_INITIATED_ERROR"));
    }

    @Test
    void refusedMessageIsAnErrorOfTheBrokerOnBothSides() throws Exception {
        Conversation begun = submitted();
        told.clear();
        begun.send(SUBMIT, "no document");
        assertThat(told.lines())
                .containsExactly("initiator BROKER_INITIATED_ERROR", "target RECEIVED_BROKER_ERROR_MESSAGE");
    }

    @Test
    void lifetimeThatPassesIsAnErrorOfTheBroker() throws Exception {
        connection.inTransaction(() -> {
            connection.begin(dialog().lasting(Duration.ofMinutes(1))).send(SUBMIT, "<expense/>");
            return null;
        });
        told.clear();
        clock.advance(Duration.ofMinutes(2));
        eventually()
                .becomes(
                        "both",
                        () -> Set.copyOf(told.lines()),
                        Set.of("initiator BROKER_INITIATED_ERROR", "target BROKER_INITIATED_ERROR")::equals);
    }

    @Test
    void messagesWithoutAServiceAreDelayedAndThenLocal() throws Exception {
        connection.inTransaction(() -> {
            connection.begin(Dialog.between(CLIENT, "//nobody").on(CONTRACT)).send(NOTE, "one");
            return null;
        });
        eventually().holds("delayed", () -> told.lines().contains("initiator DELAYED"));
        assertThat(told.of(BrokerEvent.MessageClassify.class).get(0).reason()).startsWith("9796: ");
        told.clear();
        connection.catalog().define("CREATE QUEUE Q; CREATE SERVICE [//nobody] ON QUEUE Q ([" + CONTRACT + "]);");
        eventually().holds("arrived", () -> told.lines().contains("target RECEIVED_SEQUENCED_MESSAGE 0"));
        assertThat(told.lines()).containsSubsequence("initiator LOCAL", "group CREATE", "target DIALOG_CREATED");
    }

    @Test
    void fiveRollbacksTellThatTheQueueIsOff() throws Exception {
        submitted();
        told.clear();
        for (int i = 0; i < 5; i++) {
            connection.begin();
            assertThat(connection.receive(Receive.from(DESK_QUEUE))).hasSize(1);
            connection.rollback();
        }
        eventually().becomes("off", told::events, List.of(new BrokerEvent.QueueDisabled(DATABASE, DESK_QUEUE))::equals);
    }

    @Test
    void conversationThatMovesCreatesItsGroupOnlyWhenThatIsEmpty() throws Exception {
        Conversation one = connection.begin(dialog());
        Conversation other = connection.begin(dialog());
        told.clear();
        one.moveTo(other.groupId());
        assertThat(told.lines()).containsExactly("group DROP");
    }

    @Test
    void restartIsNoEvent() throws Exception {
        submitted();
        parley.close();
        told.clear();
        open(told);
        assertThat(connection.endpoints()).hasSize(2);
        assertThat(told.events()).isEmpty();
    }

    @Test
    void listenerHearsTheClassesThatItWants() throws Exception {
        parley.close();
        Told groups = new Told(EnumSet.of(BrokerEvent.Kind.CONVERSATION_GROUP));
        open(groups);
        submitted();
        assertThat(groups.lines()).containsExactly("group CREATE", "group CREATE");
    }

    @Test
    void listenerThatFailsDoesNoHarm() throws Exception {
        parley.close();
        List<BrokerEvent> heard = new ArrayList<>();
        open(new EngineListener() {
            @Override
            public Set<BrokerEvent.Kind> brokerEvents() {
                return EnumSet.of(BrokerEvent.Kind.CONVERSATION);
            }

            @Override
            public void brokerEvent(BrokerEvent event) {
                heard.add(event);
                throw new IllegalStateException("planned");
            }
        });
        submitted();
        assertThat(heard).hasSize(4);
        assertThat(connection.receive(Receive.from(DESK_QUEUE))).hasSize(1);
    }

    @Test
    void eventsAreToldOneAtATimeAndInTheOrderOfEachConversation() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(this::work);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(told.overlapped()).isFalse();
        Map<UUID, List<Step>> steps = told.of(BrokerEvent.Conversation.class).stream()
                .filter(event -> event.side().initiator())
                .collect(Collectors.groupingBy(
                        event -> event.side().conversationId(),
                        Collectors.mapping(BrokerEvent.Conversation::step, Collectors.toList())));
        assertThat(steps).hasSize(80);
        for (List<Step> each : steps.values()) {
            assertThat(each)
                    .containsExactly(
                            Step.BEGIN_DIALOG,
                            Step.SEND_MESSAGE,
                            Step.END_CONVERSATION,
                            Step.RECEIVED_END_CONVERSATION_ACK);
        }
    }

    private void work() {
        try (LocalConnection own = parley.connect(DATABASE)) {
            for (int i = 0; i < 20; i++) {
                own.begin();
                Conversation begun = own.begin(dialog());
                begun.send(SUBMIT, "<expense/>");
                own.commit();
                begun.end();
            }
        }
    }

    private void read(ReaderStarter starter) {
        parley.server().activate(new ActivationConfig("bean", DATABASE, DESK_QUEUE, 1, 1, null, null), starter);
    }

    private long count(Counter counter) {
        return parley.server().statistics().of(DATABASE, counter);
    }

    @Test
    void readerTellsItsStartAndItsEnd() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        read(delivery -> new Thread(() -> {
                    try (delivery) {
                        while (delivery.next()) {
                            delivery.peek();
                            delivery.takeAlone();
                            delivery.finish(null);
                            taken.countDown();
                            await(goOn);
                        }
                    }
                })
                .start());
        submitted();
        await(taken);
        assertThat(count(Counter.TASKS_RUNNING)).isEqualTo(1);
        assertThat(count(Counter.TASKS_STARTED)).isEqualTo(1);
        assertThat(count(Counter.STORED_PROCEDURES_INVOKED)).isEqualTo(1);
        assertThat(told.lines()).contains(DESK_QUEUE + " START 1");
        goOn.countDown();
        eventually().holds("the end", () -> told.lines().contains(DESK_QUEUE + " ENDED 0"));
        assertThat(count(Counter.TASKS_RUNNING)).isZero();
        assertThat(count(Counter.TASKS_ABORTED)).isZero();
        assertThat(count(Counter.ACTIVATION_ERRORS)).isZero();
        assertThat(count(Counter.RECEIVES)).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readerWithoutAThreadIsAborted() throws Exception {
        read(delivery -> {
            throw new ReaderUnavailableException("no thread is free", null);
        });
        submitted();
        eventually().holds("aborted", () -> told.lines().contains(DESK_QUEUE + " ABORTED 0"));
        assertThat(told.lines()).containsSubsequence(DESK_QUEUE + " START 1", DESK_QUEUE + " ABORTED 0");
        assertThat(count(Counter.TASKS_ABORTED)).isEqualTo(1);
        assertThat(count(Counter.TASKS_RUNNING)).isZero();
    }

    @Test
    void deliveryThatFailsIsAnErrorOfActivation() throws Exception {
        read(delivery -> new Thread(() -> {
                    try (delivery) {
                        while (delivery.next()) {
                            delivery.peek();
                            delivery.finish(new IllegalStateException("planned"));
                        }
                    }
                })
                .start());
        submitted();
        eventually().holds("five failures", () -> count(Counter.ACTIVATION_ERRORS) >= 5);
        eventually().holds("the queue is off", () -> told.lines().contains("QUEUE_DISABLED"));
    }

    @Test
    void messageThatIsReceivedIsNoEvent() throws Exception {
        submitted();
        told.clear();
        List<Message> received = connection.receive(Receive.from(DESK_QUEUE));
        assertThat(received).hasSize(1);
        assertThat(told.events()).isEmpty();
    }
}
