package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

/** Event notifications: who is told, when, and over which dialog; service-broker.md, sections 12 to 14. */
class Section14EventNotificationsTest {

    private static final String QUEUE = Expenses.DESK_QUEUE;
    private static final String READ = "CREATE EVENT NOTIFICATION n ON QUEUE ExpenseQueue FOR QUEUE_ACTIVATION"
            + " TO SERVICE '//starter', 'current database'";
    private static final String OFF =
            "CREATE EVENT NOTIFICATION disabled ON QUEUE ExpenseQueue FOR BROKER_QUEUE_DISABLED"
                    + " TO SERVICE '//starter', 'current database'";
    private static final String STATE =
            "SELECT STATE FROM PARLEY.DM_BROKER_QUEUE_MONITORS M JOIN PARLEY.SERVICE_QUEUES Q"
                    + " ON Q.OBJECT_ID = M.QUEUE_ID WHERE Q.NAME = 'ExpenseQueue'";
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection dbo;
    private Told told;

    @BeforeEach
    void connect() {
        reconnect();
        dbo.catalog().define(Told.SIDE);
    }

    private void reconnect() {
        dbo = home.connect();
        told = new Told(home.connect());
    }

    private void restart() {
        home.restart();
        reconnect();
    }

    private void submit() throws Exception {
        Expenses.submit(dbo, "<expense/>");
    }

    /** Another queue's event: what was to be told before it has been told. */
    private List<String> eventsBeforeAnother(int count) throws Exception {
        dbo.catalog()
                .define("CREATE QUEUE Fence; CREATE SERVICE [//fence] ON QUEUE Fence ([DEFAULT]);"
                        + READ.replace("ExpenseQueue", "Fence"));
        dbo.begin(Dialog.between(Expenses.CLIENT, "//fence")).send("DEFAULT", "x");
        List<String> events = told.events(count + 1);
        assertThat(events.get(count)).isEqualTo("QUEUE_ACTIVATION Fence");
        dbo.catalog().define("DROP EVENT NOTIFICATION n ON QUEUE Fence");
        Message end = told.messages(1).get(0);
        assertThat(end.isEndDialog()).isTrue();
        dbo.conversation(end.conversationHandle()).end();
        return events.subList(0, count);
    }

    @Test
    void queueActivationIsRaisedWhenAMessageArrivesInAQueueWithoutMessages() throws Exception {
        dbo.catalog().define(READ);
        submit();
        Message message = told.messages(1).get(0);
        assertThat(message.contractName()).isEqualTo(Told.CONTRACT);
        assertThat(Told.element(message, "EventType")).isEqualTo("QUEUE_ACTIVATION");
        assertThat(Told.element(message, "PostTime"))
                .startsWith(home.clock().instant().toString().substring(0, 19));
        assertThat(Told.element(message, "DatabaseName")).isEqualTo(ExpenseHome.DATABASE);
        assertThat(Told.element(message, "SchemaName")).isEqualTo("dbo");
        assertThat(Told.element(message, "ObjectName")).isEqualTo(QUEUE);
        assertThat(Told.element(message, "ObjectType")).isEqualTo("QUEUE");
        for (String element : List.of("SPID", "ServerName", "LoginName", "UserName")) {
            assertThat(Told.element(message, element)).isNotBlank();
        }
    }

    @Test
    void afterThatNothingUntilAReceive() throws Exception {
        dbo.catalog().define(READ);
        submit();
        submit();
        assertThat(eventsBeforeAnother(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
        assertThat(Told.select(dbo, STATE)).containsExactly("NOTIFIED");
    }

    @Test
    void stillNeededAfterAReceiveItIsRaisedAgainButNotWithinFiveSeconds() throws Exception {
        dbo.catalog().define(READ);
        submit();
        submit();
        submit();
        told.events(1);
        assertThat(dbo.receive(Receive.from(QUEUE))).hasSize(1);
        assertThat(eventsBeforeAnother(0)).isEmpty();
        assertThat(Told.select(dbo, STATE)).containsExactly("RECEIVES_OCCURRING");
        home.clock().advance(INTERVAL);
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
    }

    @Test
    void withoutAnyReceiveItIsSentAgainAfterAMinute() throws Exception {
        dbo.catalog().define(READ);
        submit();
        told.events(1);
        for (int i = 0; i < 11; i++) {
            home.clock().advance(INTERVAL);
        }
        assertThat(eventsBeforeAnother(0)).isEmpty();
        home.clock().advance(INTERVAL);
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
    }

    @Test
    void anEmptyReceiveKeepsItAwayForFiveSecondsAndOneWithWhereDoesNot() throws Exception {
        dbo.catalog().define(READ);
        submit();
        told.events(1);
        LocalConnection reader = home.connect();
        reader.begin();
        UUID conversation = reader.receive(Receive.from(QUEUE)).get(0).conversationHandle();
        // the group is locked, so others find the queue empty
        assertThat(dbo.receive(Receive.from(QUEUE))).isEmpty();
        home.clock().advance(INTERVAL.minusMillis(1));
        reader.rollback();
        assertThat(eventsBeforeAnother(0)).isEmpty();
        home.clock().advance(INTERVAL);
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
        assertThat(dbo.receive(Receive.from(QUEUE).ofConversation(conversation)))
                .hasSize(1);
        assertThat(dbo.receive(Receive.from(QUEUE).ofConversation(conversation)))
                .isEmpty();
        submit();
        home.clock().advance(INTERVAL);
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
    }

    @Test
    void aSessionThatWaitsInReceiveIsAReaderAndOneThatWaitsForAConversationIsNot() throws Exception {
        Conversation first = Expenses.submit(dbo, "<expense/>");
        UUID other = dbo.receive(Receive.from(QUEUE)).get(0).conversationHandle();
        dbo.catalog().define(READ);
        Other<List<Message>> any = Other.does(
                "any", () -> home.connect().receive(Receive.from(QUEUE).waiting(Duration.ofHours(1))));
        any.awaitAsleep();
        submit();
        assertThat(any.result()).hasSize(1);
        assertThat(eventsBeforeAnother(0)).isEmpty();
        Other<List<Message>> one = Other.does(
                "one",
                () -> home.connect()
                        .receive(Receive.from(QUEUE).ofConversation(other).waiting(Duration.ofHours(1))));
        one.awaitAsleep();
        home.clock().advance(INTERVAL);
        submit();
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
        first.send(Expenses.NOTE, "x");
        assertThat(one.result()).hasSize(1);
    }

    @Test
    void turnedOnAgainWithMessagesPresentItIsRaisedAtOnce() throws Exception {
        dbo.catalog().define(READ);
        dbo.catalog().setQueueStatus(QUEUE, false);
        submit();
        assertThat(eventsBeforeAnother(0)).isEmpty();
        dbo.catalog().setQueueStatus(QUEUE, true);
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
    }

    @Test
    void aNotificationOnAQueueWithMessagesIsRaisedAtOnceAndSoIsOneAfterARestart() throws Exception {
        submit();
        dbo.catalog().define(READ);
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
        restart();
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
    }

    @Test
    void anIdleQueueIsNotLookedAt() throws Exception {
        dbo.catalog().define(READ);
        assertThat(home.clock().alarms()).isEmpty();
        submit();
        told.events(1);
        dbo.receive(Receive.from(QUEUE));
        dbo.receive(Receive.from(QUEUE));
        home.clock().advance(INTERVAL);
        assertThat(Told.select(dbo, STATE)).containsExactly("INACTIVE");
        long rung = home.clock().rung();
        home.clock().advance(Duration.ofMinutes(5));
        assertThat(home.clock().rung()).isEqualTo(rung);
    }

    @Test
    void brokerQueueDisabledIsRaisedWhenFiveRollbacksTurnTheQueueOff() throws Exception {
        dbo.catalog().define(OFF);
        dbo.catalog().define(OFF.replace("QUEUE ExpenseQueue", "DATABASE").replace("disabled ON", "anywhere ON"));
        submit();
        rollBackFiveTimes();
        List<Message> messages = told.messages(2);
        String id = Told.select(dbo, "SELECT OBJECT_ID FROM PARLEY.SERVICE_QUEUES WHERE NAME = 'ExpenseQueue'")
                .get(0);
        String database = Told.select(dbo, "SELECT DATABASE_ID FROM PARLEY.DATABASES WHERE NAME = 'db'")
                .get(0);
        assertThat(messages).allSatisfy(message -> {
            assertThat(Told.element(message, "EventType")).isEqualTo("BROKER_QUEUE_DISABLED");
            assertThat(Told.element(message, "ObjectName")).isEqualTo(QUEUE);
            assertThat(Told.element(message, "ObjectID")).isEqualTo(id);
            assertThat(Told.element(message, "DatabaseID")).isEqualTo(database);
        });
    }

    @Test
    void turningAQueueOffByHandRaisesNothing() throws Exception {
        dbo.catalog().define(OFF);
        dbo.catalog().setQueueStatus(QUEUE, false);
        assertThat(eventsBeforeAnother(0)).isEmpty();
    }

    private void rollBackFiveTimes() {
        LocalConnection reader = home.connect();
        for (int i = 0; i < 5; i++) {
            reader.begin();
            assertThat(reader.receive(Receive.from(QUEUE))).isNotEmpty();
            reader.rollback();
        }
        home.heard().await("queue off: " + QUEUE);
    }

    @Test
    void brokerQueueDisabledIsToldOnceThoughTheServerStopsBeforeItIsSent() throws Exception {
        dbo.catalog().define(OFF);
        submit();
        rollBackFiveTimes();
        told.events(1);
        dbo.catalog().setQueueStatus(QUEUE, true);
        // whoever has the dialog's group keeps the engine from sending, but not from going on
        LocalConnection holder = home.connect();
        holder.begin();
        holder.conversation(systemDialogs().get(0)).send(Told.TYPE, "<x/>");
        rollBackFiveTimes();
        restart();
        assertThat(told.events(1)).containsExactly("BROKER_QUEUE_DISABLED ExpenseQueue");
        restart();
        assertThat(eventsBeforeAnother(0)).isEmpty();
        assertThat(Told.select(dbo, "SELECT COUNT(*) FROM PARLEY_STORE.EVENTS WITH UR"))
                .containsExactly("0");
    }

    private List<UUID> systemDialogs() {
        return Told.select(dbo, "SELECT CONVERSATION_HANDLE FROM PARLEY.CONVERSATION_ENDPOINTS WHERE IS_SYSTEM = 1")
                .stream()
                .map(UUID::fromString)
                .toList();
    }

    @Test
    void oneDialogServesANotificationForEverAndBelongsToTheSystem() throws Exception {
        dbo.catalog().define(READ);
        submit();
        UUID first = told.messages(1).get(0).conversationHandle();
        assertThat(systemDialogs()).hasSize(1);
        restart();
        assertThat(told.messages(1).get(0).conversationHandle()).isEqualTo(first);
        UUID own = systemDialogs().get(0);
        Failing.with(9663, () -> dbo.conversation(own).end());
        Failing.with(9663, () -> dbo.conversation(own).cleanup());
        Failing.with(
                9663,
                () -> dbo.begin(Dialog.between(
                        "http://schemas.microsoft.com/SQL/Notifications/EventNotificationService", "//starter")));
        assertThat(Told.select(dbo, "SELECT COUNT(*) FROM PARLEY.CONVERSATION_GROUPS WHERE IS_SYSTEM = 1"))
                .containsExactly("1");
    }

    @Test
    void allSubscribersAreTold() throws Exception {
        dbo.catalog().define(READ);
        dbo.catalog().define(READ.replace("NOTIFICATION n", "NOTIFICATION other"));
        submit();
        assertThat(told.events(2)).containsOnly("QUEUE_ACTIVATION ExpenseQueue");
        assertThat(systemDialogs()).hasSize(2);
    }

    @Test
    void fanInMergesNotificationsThatAreAlike() throws Exception {
        String fanIn = READ.replace(" FOR", " WITH FAN_IN FOR");
        dbo.catalog().define(fanIn);
        dbo.catalog().define(fanIn.replace("NOTIFICATION n", "NOTIFICATION other"));
        dbo.catalog().define(READ.replace("NOTIFICATION n", "NOTIFICATION apart"));
        submit();
        assertThat(told.events(2)).containsOnly("QUEUE_ACTIVATION ExpenseQueue");
    }

    @Test
    void afterTheServiceHasEndedTheDialogNoMoreMessagesComeAndItIsNotOpenedAgain() throws Exception {
        dbo.catalog().define(READ);
        submit();
        dbo.conversation(told.messages(1).get(0).conversationHandle()).end();
        eventually()
                .becomes(
                        "the notification's state",
                        () -> Told.select(dbo, "SELECT HAS_ENDED FROM PARLEY.EVENT_NOTIFICATIONS"),
                        List.of("1")::equals);
        eventually().becomes("dialogs", this::systemDialogs, List::isEmpty);
        assertThat(Told.select(dbo, STATE)).isEmpty();
        dbo.receive(Receive.from(QUEUE));
        submit();
        home.clock().advance(Duration.ofMinutes(2));
        assertThat(eventsBeforeAnother(0)).isEmpty();
        restart();
        assertThat(dbo.catalog().eventNotifications()).hasSize(1);
        assertThat(Told.select(dbo, STATE)).isEmpty();
        assertThat(systemDialogs()).isEmpty();
    }

    @Test
    void onABrokenConversationTheNotificationIsDroppedWithAnEvent() throws Exception {
        dbo.catalog().define(READ);
        submit();
        dbo.conversation(told.messages(1).get(0).conversationHandle()).endWithError(42, "never again");
        home.heard().await("notification dropped: n ON QUEUE ExpenseQueue: 42: never again");
        assertThat(dbo.catalog().eventNotifications()).isEmpty();
        eventually().becomes("dialogs", this::systemDialogs, List::isEmpty);
    }

    @Test
    void aServiceThatDoesNotAcceptTheContractBreaksTheConversation() throws Exception {
        dbo.catalog().define(READ.replace("//starter", Expenses.DESK));
        submit();
        home.heard().await("notification dropped: n ON QUEUE ExpenseQueue: -8408");
        eventually().becomes("notifications", () -> dbo.catalog().eventNotifications(), List::isEmpty);
        eventually().becomes("dialogs", this::systemDialogs, List::isEmpty);
    }

    @Test
    void messagesForAServiceThatIsMissingWait() throws Exception {
        dbo.catalog().define(READ.replace("//starter", "//later"));
        submit();
        eventually()
                .becomes(
                        "what waits",
                        () -> Told.select(
                                dbo, "SELECT TO_SERVICE_NAME, FROM_SERVICE_NAME FROM PARLEY.TRANSMISSION_QUEUE"),
                        List.of("//later http://schemas.microsoft.com/SQL/Notifications/EventNotificationService")
                                ::equals);
        dbo.catalog().define(Told.SIDE.replace("//starter", "//later").replace("CREATE QUEUE Starter;", ""));
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION ExpenseQueue");
    }

    @Test
    void theServiceMayBeInAnotherDatabaseOfTheServer() throws Exception {
        home.parley().server().ensureDatabase("other");
        LocalConnection other = home.parley().connect("other");
        other.catalog().define(Told.SIDE);
        dbo.catalog().setTrustworthy(true);
        dbo.catalog()
                .define(READ.replace("current database", other.brokerInstance().toString()));
        submit();
        Told there = new Told(other);
        Message message = there.messages(1).get(0);
        assertThat(Told.element(message, "DatabaseName")).isEqualTo(ExpenseHome.DATABASE);
        other.conversation(message.conversationHandle()).end();
        eventually().becomes("dialogs", this::systemDialogs, List::isEmpty);
        assertThat(dbo.catalog().eventNotifications()).hasSize(1);
    }

    @Test
    void droppingTheNotificationEndsItsDialog() throws Exception {
        dbo.catalog().define(READ);
        submit();
        UUID handle = told.messages(1).get(0).conversationHandle();
        dbo.catalog().dropEventNotification("n", QUEUE);
        assertThat(told.messages(1).get(0).isEndDialog()).isTrue();
        dbo.conversation(handle).end();
        eventually().becomes("dialogs", this::systemDialogs, List::isEmpty);
        assertThat(Told.select(dbo, STATE)).isEmpty();
    }

    @Test
    void aStopBetweenTheDropAndTheEndOfTheDialogEndsItAtOpen() throws Exception {
        dbo.catalog().define(READ);
        submit();
        told.messages(1);
        LocalConnection holder = home.connect();
        holder.begin();
        holder.conversation(systemDialogs().get(0)).send(Told.TYPE, "<x/>");
        dbo.catalog().dropEventNotification("n", QUEUE);
        restart();
        assertThat(told.messages(1).get(0).isEndDialog()).isTrue();
    }

    @Test
    void whatIsNeitherAnEndNorAnErrorIsDrained() throws Exception {
        dbo.catalog().define(READ);
        submit();
        told.messages(1);
        dbo.conversation(systemDialogs().get(0)).timer(Duration.ofSeconds(1));
        home.clock().advance(Duration.ofSeconds(1));
        eventually()
                .becomes(
                        "messages",
                        () -> dbo.endpoints().stream()
                                .filter(endpoint -> endpoint.initiator()
                                        && endpoint.service().contains("EventNotificationService"))
                                .mapToLong(endpoint -> endpoint.waitingMessages())
                                .sum(),
                        n -> n == 0);
        assertThat(dbo.catalog().eventNotifications()).hasSize(1);
    }

    @Test
    void aNameWithMarkupIsEscaped() throws Exception {
        dbo.catalog()
                .define("CREATE QUEUE [a<b>&c]; CREATE SERVICE [//odd] ON QUEUE [a<b>&c] ([DEFAULT]);"
                        + READ.replace("ExpenseQueue", "[a<b>&c]"));
        dbo.begin(Dialog.between(Expenses.CLIENT, "//odd")).send("DEFAULT", "x");
        assertThat(told.events(1)).containsExactly("QUEUE_ACTIVATION a<b>&c");
    }
}
