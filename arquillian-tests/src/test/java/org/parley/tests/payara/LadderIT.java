package org.parley.tests.payara;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.Receive;
import org.parley.tests.Until;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.payara.ladder.AloneBean;
import org.parley.tests.payara.ladder.AnsweringBean;
import org.parley.tests.payara.ladder.BatchBean;
import org.parley.tests.payara.ladder.Definitions;
import org.parley.tests.payara.ladder.EventsBean;
import org.parley.tests.payara.ladder.Exchange;
import org.parley.tests.payara.ladder.FailingBean;
import org.parley.tests.payara.ladder.Ledger;
import org.parley.tests.payara.ladder.OrderedBean;
import org.parley.tests.payara.ladder.Sight;
import org.parley.tests.payara.ladder.TimedBean;

/**
 * The ladder inside Payara Micro: each rung stands on those before it, and the first that breaks tells what is wrong.
 * One deployment for all of them, since each is a server of its own.
 */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Shows(Feature.LADDER)
class LadderIT {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int DIALOGS = 200;
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 100;
    private static final int MEASURED = 300;
    /** A series during which the machine is busy with something else says nothing of an idle server. */
    private static final int SERIES = 10;

    private static final Duration MEDIAN_LIMIT = Duration.ofMillis(5);

    /** The same directory inside the container and outside. */
    private static final Path REPORT = Path.of(System.getProperty("java.io.tmpdir"), "latency.txt");

    @Resource
    private UserTransaction transaction;

    @Resource(lookup = "eis/parley")
    private BrokerConnectionFactory factory;

    @Resource(lookup = "eis/parleyData")
    private DataSource tables;

    private Exchange exchange;

    @Deployment
    static WebArchive application() {
        return LadderArchive.create();
    }

    @BeforeEach
    void meet() {
        exchange = new Exchange(transaction, factory);
    }

    @Test
    @Order(1)
    void containerIsUp() throws Exception {
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    }

    @Test
    @Order(2)
    void adapterIsDeployed() {
        assertThat(Sight.databases()).isEqualTo("[parley]");
        assertThat(BrokerConnectionFactory.class.getClassLoader())
                .as("the API comes from the adapter, not from the application")
                .isNotSameAs(LadderIT.class.getClassLoader());
    }

    @Test
    @Order(3)
    void factoriesAreInjected() throws SQLException {
        try (BrokerConnection connection = factory.getConnection()) {
            assertThat(connection.database()).isEqualTo("parley");
            assertThat(connection.catalog().queue(Definitions.UNREAD)).isPresent();
        }
        try (Connection connection = tables.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    @Order(4)
    void sendAndReceiveCommit() throws Exception {
        exchange.ask(Definitions.UNREAD, "one", "two");
        assertThat(receiveUnread()).containsExactly("one", "two");
        assertThat(receiveUnread()).isEmpty();
    }

    @Test
    @Order(5)
    void sendAndReceiveRollBack() throws Exception {
        exchange.rolledBack(connection -> Exchange.begin(connection, Definitions.UNREAD, "never sent"));
        assertThat(receiveUnread()).isEmpty();

        exchange.ask(Definitions.UNREAD, "kept");
        List<Message> seen = exchange.rolledBack(connection -> connection.receive(Receive.from(Definitions.UNREAD)));
        assertThat(seen).extracting(Message::text).containsExactly("kept");
        assertThat(receiveUnread()).containsExactly("kept");
    }

    @Test
    @Order(6)
    void tableAndMessageOfOneMethodShareTheirFate() throws Exception {
        exchange.rolledBack(connection -> writeAndSend(connection, "undone"));
        assertThat(rows("both")).isEmpty();
        assertThat(receiveUnread()).isEmpty();

        Sight before = Sight.now();
        exchange.committed(connection -> writeAndSend(connection, "done"));
        assertThat(Sight.now().since(before)).isEqualTo(new Sight(1, 0, 0));
        assertThat(rows("both")).containsExactly("done");
        assertThat(receiveUnread()).containsExactly("done");
    }

    private UUID writeAndSend(BrokerConnection connection, String text) throws SQLException {
        try (Connection data = tables.getConnection()) {
            Ledger.write(data, "both", text);
        }
        assertThat(Ledger.of(connection.sql(), "both"))
                .as("both handles are one branch")
                .containsExactly(text);
        return Exchange.begin(connection, Definitions.UNREAD, text);
    }

    @Test
    @Order(7)
    void handleStaysBoundToItsConversation() throws Exception {
        transaction.begin();
        UUID handle;
        try (Conversation begun =
                factory.begin(Dialog.between(Exchange.CALLER, Exchange.service(Definitions.UNREAD)))) {
            begun.send(Exchange.TYPE, "first");
            handle = begun.handle();
        }
        try (Conversation again = factory.conversation(handle)) {
            again.send(Exchange.TYPE, "second");
        }
        transaction.commit();
        assertThat(receiveUnread()).containsExactly("first", "second");
    }

    @Test
    @Order(8)
    void beanAnswers() throws Exception {
        UUID handle = exchange.ask(AnsweringBean.QUEUE, "good day");
        assertThat(exchange.answer(handle)).isEqualTo("GOOD DAY");
        exchange.end(handle);
    }

    @Test
    @Order(9)
    void tableReceiveAndAnswerAreOneBranchInOnePhase() throws Exception {
        List<String> rows = new ArrayList<>(rows(AnsweringBean.QUEUE));
        AnsweringBean.SEEN_UNCOMMITTED.clear();
        Until.holds("the server is quiet", LONGEST, LadderIT::nobodyReads);
        Sight before = Sight.now();

        UUID handle = exchange.ask(AnsweringBean.QUEUE, "once");
        Until.holds("the answer is committed", LONGEST, () -> waiting(handle) == 1);
        Until.holds("the server is quiet", LONGEST, LadderIT::nobodyReads);

        assertThat(Sight.now().since(before))
                .as("one branch for the question, one for receive, table and answer")
                .isEqualTo(new Sight(2, 0, 0));
        rows.add("once");
        assertThat(AnsweringBean.SEEN_UNCOMMITTED).isEqualTo(rows);
        assertThat(rows(AnsweringBean.QUEUE)).isEqualTo(rows);
        assertThat(exchange.answer(handle)).isEqualTo("ONCE");
    }

    @Test
    @Order(10)
    void messageOfAThrowingBeanComesAgainInItsPlace() throws Exception {
        redelivered(FailingBean.UNCHECKED);
    }

    @Test
    @Order(11)
    void checkedExceptionRollsBackToo() throws Exception {
        redelivered(FailingBean.CHECKED);
    }

    private void redelivered(String failure) throws Exception {
        FailingBean.CALLS.clear();
        List<String> expectedRows = new ArrayList<>(rows(FailingBean.QUEUE));
        Until.holds("the server is quiet", LONGEST, LadderIT::nobodyReads);
        Sight before = Sight.now();

        UUID handle = exchange.ask(FailingBean.QUEUE, "before", failure, "after", "last");
        Until.holds(() -> "four answers; calls: " + FailingBean.CALLS, LONGEST, () -> waiting(handle) == 4);
        Until.holds("the server is quiet", LONGEST, LadderIT::nobodyReads);

        assertThat(FailingBean.CALLS)
                .containsExactly("0 before", "1 " + failure, "1 " + failure, "1 " + failure, "2 after", "3 last");
        assertThat(exchange.answers(handle))
                .extracting(Message::text)
                .containsExactly("before", failure, "after", "last");
        expectedRows.addAll(List.of("before", failure, "after", "last"));
        assertThat(rows(FailingBean.QUEUE)).isEqualTo(expectedRows);
        assertThat(Sight.now().since(before).rolledBack()).isEqualTo(2);
    }

    @Test
    @Order(12)
    void batchesAreTakenWhole() throws Exception {
        UUID handle = exchange.ask(BatchBean.QUEUE, "1", "2", "3", "4");
        Until.holds("two answers", LONGEST, () -> waiting(handle) == 2);
        assertThat(exchange.answers(handle)).extracting(Message::text).containsExactly("1,2,3", "4");
    }

    @Test
    @Order(13)
    void timersErrorsAndEndsReachTheirMethods() throws Exception {
        UUID handle = exchange.ask(EventsBean.QUEUE, "<greeting/>");
        assertThat(exchange.answer(handle)).isEqualTo("reminder");
        exchange.end(handle);
        Until.holds("the end arrives", LONGEST, () -> EventsBean.EVENTS.contains("end"));

        exchange.committed(connection -> {
            Conversation conversation =
                    connection.begin(Dialog.between(Exchange.CALLER, Exchange.service(EventsBean.QUEUE)));
            conversation.send(Exchange.TYPE, "<regret/>");
            conversation.endWithError(7, "Changed my mind.");
            return null;
        });
        Until.holds("the error arrives", LONGEST, () -> EventsBean.EVENTS.contains("error 7"));
        assertThat(EventsBean.EVENTS)
                .startsWith("message greeting of 11 bytes", "timer", "end")
                .endsWith("error 7");
    }

    @Test
    @Order(14)
    void withoutTransactionTheMessageGoesWhenTheMethodHasReturned() throws Exception {
        exchange.ask(AloneBean.QUEUE, "first", "second");
        List<String> expected = List.of("0 first", "0 first", "1 second");
        Until.holds(() -> "three calls: " + AloneBean.CALLS, LONGEST, () -> AloneBean.CALLS.size() >= expected.size());
        Until.holds("the reader goes", LONGEST, LadderIT::nobodyReads);
        assertThat(AloneBean.CALLS).isEqualTo(expected);
    }

    @Test
    @Order(15)
    void eightReadersKeepTheOrderOfTwoHundredDialogs() throws Exception {
        List<UUID> handles = new ArrayList<>();
        for (int i = 0; i < DIALOGS; i++) {
            handles.add(exchange.ask(OrderedBean.QUEUE, "0"));
        }
        for (int round = 1; round < ROUNDS; round++) {
            for (UUID handle : handles) {
                String text = Integer.toString(round);
                exchange.committed(connection -> {
                    connection.conversation(handle).send(Exchange.TYPE, text);
                    return null;
                });
            }
        }
        Until.holds(() -> taken() + " taken", Duration.ofSeconds(60), () -> taken() >= DIALOGS * ROUNDS);
        Until.holds("the readers go", LONGEST, LadderIT::nobodyReads);

        assertThat(OrderedBean.ALL_AT_WORK.getCount())
                .as("readers missing of eight at the same time")
                .isZero();
        assertThat(OrderedBean.TAKEN_TWICE).isEmpty();
        assertThat(OrderedBean.TEXTS).hasSize(DIALOGS);
        assertThat(OrderedBean.TEXTS.values())
                .allSatisfy(texts -> assertThat(texts).containsExactly("0", "1", "2", "3", "4"));
    }

    private static int taken() {
        return OrderedBean.TEXTS.values().stream().mapToInt(List::size).sum();
    }

    @Test
    @Order(16)
    void messageReachesAnIdleServersBeanInLessThanFiveMilliseconds() throws Exception {
        UUID handle = exchange.ask(TimedBean.QUEUE, "begins");
        assertThat(TimedBean.ENTERED.poll(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .isNotNull();
        delays(handle, WARM_UP);
        long[] nanos = delays(handle, MEASURED);
        for (int i = 1; i < SERIES && Duration.ofNanos(nanos[MEASURED / 2]).compareTo(MEDIAN_LIMIT) >= 0; i++) {
            nanos = delays(handle, MEASURED);
        }
        Duration median = Duration.ofNanos(nanos[MEASURED / 2]);
        Duration p99 = Duration.ofNanos(nanos[MEASURED * 99 / 100]);
        Files.writeString(
                REPORT,
                String.format(
                        "from commit called to bean entered: p50 %.3f ms, p99 %.3f ms, %d messages",
                        median.toNanos() / 1e6, p99.toNanos() / 1e6, MEASURED));
        assertThat(median).isLessThan(MEDIAN_LIMIT);
    }

    @Test
    @Order(17)
    @RunAsClient
    void latencyIsReported() throws IOException {
        String report = Files.readString(REPORT);
        System.out.println("Latency on Payara Micro, Java " + System.getProperty("java.version") + ": " + report);
        assertThat(report).contains("p50", "p99");
    }

    /** The shortest first. */
    private long[] delays(UUID handle, int messages) throws Exception {
        long[] nanos = new long[messages];
        for (int i = 0; i < messages; i++) {
            Until.holds("the server is idle", LONGEST, LadderIT::nobodyReads);
            nanos[i] = delay(handle);
        }
        Arrays.sort(nanos);
        return nanos;
    }

    /** From just before the sender's commit, its log force included, to the bean. */
    private long delay(UUID handle) throws Exception {
        transaction.begin();
        try (BrokerConnection connection = factory.getConnection()) {
            connection.conversation(handle).send(Exchange.TYPE, "timed");
        }
        long start = System.nanoTime();
        transaction.commit();
        Long entered = TimedBean.ENTERED.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
        assertThat(entered).isNotNull();
        return entered - start;
    }

    private List<String> receiveUnread() throws Exception {
        return exchange.committed(connection -> connection.receive(Receive.from(Definitions.UNREAD)).stream()
                .map(Message::text)
                .toList());
    }

    private List<String> rows(String writer) throws SQLException {
        try (Connection connection = tables.getConnection()) {
            return Ledger.of(connection, writer);
        }
    }

    private long waiting(UUID handle) {
        try (BrokerConnection connection = factory.getConnection()) {
            return connection.endpoints().stream()
                    .filter(endpoint -> endpoint.handle().equals(handle))
                    .findFirst()
                    .orElseThrow()
                    .waitingMessages();
        }
    }

    private static boolean nobodyReads() {
        return Sight.activations().values().stream().allMatch(state -> state.startsWith("ACTIVE, 0 readers"));
    }
}
