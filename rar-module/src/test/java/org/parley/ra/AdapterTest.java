package org.parley.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.testkit.Eventually.eventually;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.Message;
import org.parley.MessageBatchListener;
import org.parley.OnEndDialog;
import org.parley.OnMessage;
import org.parley.Receive;
import org.parley.ra.container.Bean;
import org.parley.ra.container.SmallContainer;
import org.parley.ra.inbound.ParleyActivationSpec;
import org.parley.ra.outbound.BrokerManagedConnectionFactory;
import org.parley.ra.outbound.DataManagedConnectionFactory;

/** The whole adapter with its engine, in the smallest container that keeps the rules. */
class AdapterTest {

    private static final String DEFINITIONS = """
            CREATE MESSAGE TYPE question VALIDATION = NONE;
            CREATE MESSAGE TYPE answer VALIDATION = NONE;
            CREATE CONTRACT asking (question SENT BY INITIATOR, answer SENT BY TARGET);
            CREATE QUEUE Answers; CREATE QUEUE Questions;
            CREATE SERVICE asker ON QUEUE Answers (asking);
            CREATE SERVICE answerer ON QUEUE Questions (asking);
            """;

    @TempDir
    Path home;

    private final SmallContainer container = new SmallContainer();
    private final ParleyResourceAdapter adapter = new ParleyResourceAdapter();
    private BrokerConnectionFactory broker;
    private DataSource tables;

    @BeforeEach
    void start() throws Exception {
        adapter.setHome(home.toString());
        adapter.setDefinitions(DEFINITIONS);
        adapter.start(container);
        BrokerManagedConnectionFactory factory = new BrokerManagedConnectionFactory();
        factory.setResourceAdapter(adapter);
        broker = (BrokerConnectionFactory) factory.createConnectionFactory(container.connections());
        DataManagedConnectionFactory dataFactory = new DataManagedConnectionFactory();
        dataFactory.setResourceAdapter(adapter);
        tables = (DataSource) dataFactory.createConnectionFactory(container.connections());
    }

    @AfterEach
    void stop() throws Exception {
        adapter.stop();
        container.close();
    }

    public static class Answerer extends Bean implements ConversationListener {

        AdapterTest test;
        final List<String> seen = new CopyOnWriteArrayList<>();
        final List<Throwable> toThrow = new CopyOnWriteArrayList<>();
        final AtomicInteger busy = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(0);

        @OnMessage("question")
        public void question(String text, Conversation conversation) throws Exception {
            seen.add(text);
            gate.await();
            conversation.send("answer", "on " + text);
            try (Connection connection = test.tables.getConnection();
                    var insert = connection.prepareStatement("INSERT INTO book VALUES ?")) {
                insert.setString(1, text);
                insert.executeUpdate();
            }
            if (!toThrow.isEmpty() && toThrow.remove(0) instanceof Exception thrown) {
                throw thrown;
            }
        }

        @OnEndDialog
        public void ended(Conversation conversation) {
            seen.add("end");
            conversation.end();
        }
    }

    public static class Batches extends Bean implements MessageBatchListener {

        final List<Integer> sizes = new CopyOnWriteArrayList<>();

        @Override
        public void onMessages(Conversations conversations, List<Message> messages) {
            sizes.add(messages.size());
        }
    }

    private MessageEndpointFactory activate(
            Class<? extends Bean> type, Supplier<? extends Bean> beans, String queue, boolean transacted)
            throws ResourceException {
        ParleyActivationSpec spec = new ParleyActivationSpec();
        spec.setQueue(queue);
        MessageEndpointFactory factory = Bean.factory(container, type, beans, transacted);
        adapter.endpointActivation(factory, spec);
        return factory;
    }

    private Answerer answerer(boolean transacted) throws Exception {
        try (Connection connection = tables.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE book(entry VARCHAR(100))");
        }
        Answerer bean = new Answerer();
        bean.test = this;
        activate(
                Answerer.class,
                () -> bean.busy.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? null : bean,
                "Questions",
                transacted);
        return bean;
    }

    private List<String> receiveAll(BrokerConnection connection) {
        return connection.receive(Receive.from("Answers")).stream()
                .map(message -> message.isEndDialog() ? "end" : message.text())
                .toList();
    }

    private int booked() throws Exception {
        try (Connection connection = tables.getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM book")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private long onePhase() throws Exception {
        return (Long) attribute("CommittedInOnePhase");
    }

    private Object attribute(String attribute) throws Exception {
        ObjectName name = new ObjectName("org.parley:type=Server,home="
                + ObjectName.quote(home.toAbsolutePath().normalize().toString()));
        return ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
    }

    @Test
    void scriptWorksInTheTransactionAndEndsNone() throws Exception {
        container.inTransaction(() -> {
            try (BrokerConnection connection = broker.getConnection()) {
                assertThat(connection
                                .execute("PRINT @@TRANCOUNT;")
                                .messages()
                                .get(0)
                                .text())
                        .isEqualTo("1");
                assertThatThrownBy(() -> connection.execute("COMMIT;"))
                        .isInstanceOfSatisfying(
                                BrokerException.class,
                                e -> assertThat(e.number()).isEqualTo(ErrorNumbers.TRANSACTION_MANAGED));
                connection.execute("DECLARE @h uniqueidentifier;\n"
                        + "BEGIN DIALOG @h FROM SERVICE asker TO SERVICE 'answerer' ON CONTRACT asking;");
            }
        });
        try (BrokerConnection connection = broker.getConnection()) {
            assertThat(connection.endpoints()).hasSize(1);
        }
    }

    @Test
    void scriptEndsNoLocalTransactionOfTheContainer() throws Exception {
        BrokerManagedConnectionFactory factory = new BrokerManagedConnectionFactory();
        factory.setResourceAdapter(adapter);
        ManagedConnection managed = factory.createManagedConnection(null, null);
        BrokerConnection connection = (BrokerConnection) managed.getConnection(null, null);
        managed.getLocalTransaction().begin();
        for (String statement : List.of("BEGIN TRANSACTION", "COMMIT", "ROLLBACK", "SAVE TRANSACTION s")) {
            assertThatThrownBy(() -> connection.execute(statement))
                    .isInstanceOfSatisfying(
                            BrokerException.class,
                            e -> assertThat(e.number()).isEqualTo(ErrorNumbers.TRANSACTION_MANAGED))
                    .hasMessageContaining(statement.replace(" s", ""));
        }
        connection.begin(Dialog.between("asker", "answerer").on("asking"));
        managed.getLocalTransaction().rollback();
        connection.execute("BEGIN TRANSACTION; COMMIT;");
        assertThat(connection.endpoints()).isEmpty();
        managed.destroy();
    }

    @Test
    void dialogThroughABeanInOneBranchEach() throws Exception {
        Answerer bean = answerer(true);
        long before = onePhase();
        container.inTransaction(() -> {
            try (Conversation conversation =
                    broker.begin(Dialog.between("asker", "answerer").on("asking"))) {
                conversation.send("question", "a");
                conversation.send("question", "b");
            }
        });
        try (BrokerConnection connection = broker.getConnection()) {
            eventually()
                    .holds(
                            "both answers",
                            () -> connection.endpoints().stream()
                                    .anyMatch(endpoint -> endpoint.initiator() && endpoint.waitingMessages() == 2));
            // a commit is counted after its effects can be seen
            eventually().becomes("commits in one phase", this::onePhase, n -> n >= before + 3);
            assertThat(onePhase()).isEqualTo(before + 3);
            assertThat(bean.seen).containsExactly("a", "b");
            assertThat(booked()).isEqualTo(2);
            Conversation conversation = connection.conversation(connection.endpoints().stream()
                    .filter(endpoint -> endpoint.initiator())
                    .findFirst()
                    .orElseThrow()
                    .handle());
            assertThat(receiveAll(connection)).containsExactly("on a", "on b");
            conversation.end();
            eventually()
                    .holds(
                            "both sides ended",
                            () -> connection.endpoints().stream()
                                    .allMatch(endpoint -> endpoint.state() == ConversationState.CLOSED));
            assertThat(bean.seen).containsExactly("a", "b", "end");
        }
    }

    @Test
    void anyExceptionRollsBackAndTheMessageComesAgain() throws Exception {
        Answerer bean = answerer(true);
        bean.toThrow.addAll(List.of(new IOException("checked"), new IllegalStateException("unchecked")));
        ask("a");
        try (BrokerConnection connection = broker.getConnection()) {
            eventually()
                    .becomes("the answer", () -> receiveAll(connection), answers -> answers.equals(List.of("on a")));
        }
        assertThat(bean.seen).containsExactly("a", "a", "a");
        assertThat(booked()).isEqualTo(1);
    }

    @Test
    void withNoEndpointFreeNothingIsReceivedAndNothingLost() throws Exception {
        Answerer bean = answerer(true);
        bean.busy.set(3);
        ask("a");
        try (BrokerConnection connection = broker.getConnection()) {
            eventually()
                    .becomes("the answer", () -> receiveAll(connection), answers -> answers.equals(List.of("on a")));
        }
        assertThat(bean.busy.get()).isZero();
        assertThat(bean.seen).containsExactly("a");
        assertThat(attribute("UnavailableReaders")).isEqualTo(3L);
        assertThat(attribute("FailedDeliveries")).isEqualTo(0L);
    }

    @Test
    void stopWaitsForTheDeliveryAtWork() throws Exception {
        Answerer bean = answerer(true);
        bean.gate = new CountDownLatch(1);
        ask("a");
        eventually().holds("a delivery at work", () -> !bean.seen.isEmpty());
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(adapter::stop);
        eventually()
                .holds(
                        "no activation to take more",
                        () -> attribute("Activations").toString().contains("STOPPED"));
        assertThat(stopping).isNotDone();
        bean.gate.countDown();
        stopping.get(10, TimeUnit.SECONDS);
        adapter.start(container);
        try (BrokerConnection connection = broker.getConnection()) {
            assertThat(receiveAll(connection)).containsExactly("on a");
        }
        assertThat(bean.seen).containsExactly("a");
        assertThat(booked()).isEqualTo(1);
    }

    @Test
    void withoutTransactionTheMessageGoesWhenTheBeanHasReturned() throws Exception {
        Answerer bean = answerer(false);
        bean.toThrow.add(new IOException("checked"));
        ask("a");
        try (BrokerConnection connection = broker.getConnection()) {
            eventually()
                    .holds(
                            "the question to go",
                            () -> connection.endpoints().stream()
                                    .noneMatch(endpoint -> !endpoint.initiator() && endpoint.waitingMessages() > 0));
        }
        assertThat(bean.seen).containsExactly("a", "a");
    }

    @Test
    void batchTakesWhatWaits() throws Exception {
        container.inTransaction(() -> {
            try (Conversation conversation =
                    broker.begin(Dialog.between("asker", "answerer").on("asking"))) {
                for (int i = 0; i < 150; i++) {
                    conversation.send("question", "q");
                }
            }
        });
        Batches bean = new Batches();
        activate(Batches.class, () -> bean, "Questions", true);
        eventually()
                .holds(
                        "all messages",
                        () -> bean.sizes.stream().mapToInt(Integer::intValue).sum() == 150);
        assertThat(bean.sizes).containsExactly(100, 50);
    }

    @Test
    void typeWithoutMethodEndsTheConversationWithError8428() throws Exception {
        answerer(true);
        try (BrokerConnection connection = broker.getConnection()) {
            connection.catalog().define("CREATE SERVICE anything ON QUEUE Questions ([DEFAULT])");
            connection.begin(Dialog.between("asker", "anything")).send("DEFAULT", "x");
            Message error = eventually()
                    .becomes(
                            "the error",
                            () -> connection.receive(Receive.from("Answers")),
                            messages -> !messages.isEmpty())
                    .get(0);
            assertThat(error.error().code()).isEqualTo(8428);
            assertThat(error.error().description()).contains("'DEFAULT'");
        }
    }

    @Test
    void activationWaitsForItsQueueAndStops() throws Exception {
        Answerer bean = answerer(true);
        adapter.endpointDeactivation(null, null);
        Batches batches = new Batches();
        MessageEndpointFactory factory = activate(Batches.class, () -> batches, "Later", true);
        try (BrokerConnection connection = broker.getConnection()) {
            connection.catalog().define("CREATE QUEUE Later; CREATE SERVICE late ON QUEUE Later ([DEFAULT])");
            connection.begin(Dialog.between("asker", "late")).send("DEFAULT", "x");
            eventually().holds("the batch", () -> batches.sizes.equals(List.of(1)));
        }
        assertThat(factory.getActivationName()).isEqualTo("Batches");
        assertThat(bean.seen).isEmpty();
    }

    @Test
    void wrongActivationPropertyFailsDeployment() {
        ParleyActivationSpec spec = new ParleyActivationSpec();
        spec.setQueue("Questions");
        spec.setMaxQueueReaders("40000");
        MessageEndpointFactory factory = Bean.factory(container, Batches.class, Batches::new, true);
        assertThatThrownBy(() -> adapter.endpointActivation(factory, spec))
                .isInstanceOf(ResourceException.class)
                .hasMessage("Activation property 'maxQueueReaders' is '40000'; allowed is 1 to 32767.");
    }

    @Test
    void handleFromAnotherTransactionIsRefused() throws Exception {
        try (BrokerConnection connection = broker.getConnection()) {
            container.inTransaction(() -> assertThatThrownBy(() ->
                            connection.begin(Dialog.between("asker", "answerer").on("asking")))
                    .isInstanceOf(BrokerException.class)
                    .extracting("number")
                    .isEqualTo(50001));
        }
    }

    @Test
    void secondInstanceSharesTheServerUntilTheLastStops() throws Exception {
        ParleyResourceAdapter second = new ParleyResourceAdapter();
        second.setHome(home.resolve("..").resolve(home.getFileName()).toString());
        second.setDefinitions(DEFINITIONS);
        second.start(container);
        assertThat(second.server()).isSameAs(adapter.server());
        adapter.stop();
        assertThat(second.server().databases()).containsExactly("parley");
        assertThatThrownBy(adapter::server).isInstanceOf(BrokerException.class);
        second.stop();
        assertThatThrownBy(() -> second.getXAResources(null)).isInstanceOf(ResourceException.class);
        adapter.start(container);
        assertThat(adapter.getXAResources(null)).hasSize(1);
    }

    @Test
    void otherPropertiesForTheSameHomeAreRefusedNamingTheHolder() throws Exception {
        ParleyResourceAdapter other = new ParleyResourceAdapter();
        other.setHome(home.toString());
        other.setDatabases("parley,more");
        other.setDefinitions(DEFINITIONS);
        assertThatThrownBy(() -> other.start(container))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("is held by another instance")
                .hasMessageContaining("[parley, more]");
        assertThat(adapter.server().databases()).containsExactly("parley");
    }

    @Test
    void failedStartLeavesTheHomeFree() throws Exception {
        adapter.stop();
        adapter.setDefinitions("CREATE NONSENSE");
        assertThatThrownBy(() -> adapter.start(container))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("Definitions of database 'parley'");
        adapter.setDefinitions("");
        adapter.start(container);
        assertThat(adapter.server().databases()).containsExactly("parley");
    }

    private void ask(String text) throws Exception {
        container.inTransaction(() -> {
            try (Conversation conversation =
                    broker.begin(Dialog.between("asker", "answerer").on("asking"))) {
                conversation.send("question", text);
            }
        });
    }
}
