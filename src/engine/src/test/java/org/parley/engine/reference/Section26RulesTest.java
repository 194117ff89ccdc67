package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.ResultSet;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.engine.Select;
import org.parley.engine.activation.QueueMonitor;

/**
 * The rules of service-broker.md, section 26, by their numbers; those that need two databases are in
 * {@link Section26BetweenDatabasesTest}.
 */
class Section26RulesTest extends ExpenseDialogs {

    @Test
    void rule01SystemTypeNamesAreHttp() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        open.end();
        assertThat(types(desk.receive(THERE)))
                .containsExactly(Expenses.SUBMIT, "http://schemas.microsoft.com/SQL/ServiceBroker/EndDialog");
    }

    @Test
    void rule02ReadyIsStatusOne() throws Exception {
        Expenses.submit(client, "<a/>");
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT STATUS FROM ExpenseQueue")) {
            assertThat(at.next()).isTrue();
            assertThat(at.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void rule03OneReceiveIsOneGroupLockedToTheEnd() throws Exception {
        Expenses.submit(client, "<a/>");
        Expenses.submit(client, "<b/>");
        desk.begin();
        UUID group = desk.receive(THERE).get(0).conversationGroupId();
        LocalConnection other = home.connect();
        assertThat(texts(other.receive(THERE))).containsExactly("<b/>");
        assertThat(other.receive(THERE.ofGroup(group))).isEmpty();
        desk.commit();
    }

    @Test
    void rule04TheLockCoversOneSideAndStopsNoArrivals() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        desk.begin();
        desk.receive(THERE);
        open.send(Expenses.NOTE, "arrives");
        desk.commit();
        assertThat(texts(desk.receive(THERE))).containsExactly("arrives");
    }

    @Test
    void rule05TwoEndpointsTwoHandlesOneConversation() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        List<ConversationEndpoint> sides = client.endpoints(open.conversationId());
        assertThat(sides).hasSize(2);
        assertThat(sides.get(0).handle()).isNotEqualTo(sides.get(1).handle());
        assertThat(sides.get(0).groupId()).isNotEqualTo(sides.get(1).groupId());
    }

    @Test
    void rule06BeginContactsNobody() {
        Conversation open = client.begin(
                Dialog.between(Expenses.CLIENT, "//nobody/knows/it").on(Expenses.CONTRACT));
        assertThat(open.state()).isEqualTo(ConversationState.STARTED_OUTBOUND);
        assertThat(client.endpoints()).hasSize(1);
    }

    @Test
    void rule07SendSucceedsWhateverTheTargetThinks() throws Exception {
        Conversation bad = Expenses.submit(client, "no xml");
        Conversation nobody = client.begin(
                Dialog.between(Expenses.CLIENT, "//nobody/knows/it").on(Expenses.CONTRACT));
        nobody.send(Expenses.SUBMIT, "<waits/>");
        List<Message> news = client.receive(HERE);
        assertThat(news).hasSize(1);
        assertThat(news.get(0).conversationHandle()).isEqualTo(bad.handle());
        assertThat(news.get(0).error().code()).isEqualTo(-9615);
        assertThat(nobody.state()).isEqualTo(ConversationState.CONVERSING);
    }

    @Test
    void rule09NothingAndZeroLengthAreReceivedAsNull() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        open.send(Expenses.NOTE);
        open.send(Expenses.NOTE, new byte[0]);
        assertThat(desk.receive(THERE)).extracting(Message::body).last().isNull();
        assertThat(desk.receive(THERE)).isEmpty();
    }

    @Test
    void rule10AQueueThatIsOffIsNoErrorForTheSender() throws Exception {
        desk.catalog().setQueueStatus(Expenses.DESK_QUEUE, false);
        Expenses.submit(client, "<a/>").send(Expenses.NOTE, "b");
        Failing.with(9617, () -> desk.receive(THERE));
        assertThat(Select.rows(client, "SELECT STATUS FROM ExpenseQueue")).isEmpty();
        assertThat(Select.rows(client, "SELECT SUBSTR(TRANSMISSION_STATUS, 1, 4) FROM PARLEY.TRANSMISSION_QUEUE"))
                .containsExactly("9617", "9617");
        desk.catalog().setQueueStatus(Expenses.DESK_QUEUE, true);
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>", "b");
    }

    @Test
    void rule12EndDeletesWhatIsUnreadAlsoAnEnd() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = farOf(open);
        open.end();
        desk.conversation(there).end();
        assertThat(desk.receive(THERE)).isEmpty();
        home.awaitNothingLeft();
    }

    @Test
    void rule13BothSidesMustEnd() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = farOf(open);
        open.end();
        assertThat(desk.receive(THERE)).hasSize(2);
        home.restart();
        connect();
        assertThat(stateOf(there)).isEqualTo(ConversationState.DISCONNECTED_INBOUND);
        desk.conversation(there).end();
        home.awaitNothingLeft();
    }

    @Test
    void rule14EndAfterTheOtherSendsNothingEvenWithError() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = farOf(open);
        open.end();
        desk.conversation(there).endWithError(1, "nobody hears it");
        assertThat(client.receive(HERE)).isEmpty();
        home.awaitNothingLeft();
    }

    @Test
    void rule16AfterTheOtherEndsReceiveYesSendNo() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = farOf(open);
        open.end();
        Failing.with(8429, () -> desk.conversation(there).send(Expenses.ANSWER));
        assertThat(desk.receive(THERE)).hasSize(2);
        Failing.with(8429, () -> desk.conversation(there).send(Expenses.ANSWER));
    }

    @Test
    void rule17ErrorsOvertakeTimersOvertakeThemEndsDoNot() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = farOf(open);
        desk.conversation(there).timer(Duration.ofMinutes(1));
        open.send(Expenses.NOTE, "b");
        open.endWithError(9, "nine");
        home.clock().advance(Duration.ofMinutes(1));
        eventually().holds("the timer to ring", () -> client.endpoints().get(1).waitingMessages() == 4);
        List<Message> received = desk.receive(THERE.waiting(null));
        assertThat(received.get(0).isTimer()).isTrue();
        assertThat(received.get(1).isError()).isTrue();
        assertThat(texts(received.subList(2, 4))).containsExactly("<a/>", "b");
        Conversation ends = Expenses.submit(client, "<c/>");
        ends.end();
        assertThat(desk.receive(THERE)).extracting(Message::isEndDialog).containsExactly(false, true);
    }

    @Test
    void rule18TheLifetimeTellsBothSidesAndBothMustEnd() throws Exception {
        Conversation open = client.inTransaction(() -> {
            Conversation begun = client.begin(Expenses.dialog().lasting(Duration.ofMinutes(1)));
            begun.send(Expenses.SUBMIT, "<a/>");
            return begun;
        });
        UUID there = farOf(open);
        home.clock().advance(Duration.ofMinutes(1));
        eventually()
                .holds(
                        "both to be told",
                        () -> client.endpoints().stream().allMatch(side -> side.state() == ConversationState.ERROR));
        for (Receive side : List.of(HERE, THERE)) {
            assertThat(client.receive(side.top(1).waiting(null)).get(0).isError())
                    .isTrue();
        }
        assertThat(stateOf(open.handle())).isEqualTo(ConversationState.ERROR);
        assertThat(stateOf(there)).isEqualTo(ConversationState.ERROR);
        open.end();
        desk.conversation(there).end();
        home.awaitNothingLeft();
    }

    @Test
    void rule19InOneDatabaseNoClosedRowIsNeededAfterBothEnds() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = farOf(open);
        desk.conversation(there).end();
        assertThat(states()).containsExactly(ConversationState.DISCONNECTED_INBOUND, ConversationState.CLOSED);
        open.end();
        home.awaitNothingLeft();
    }

    @Test
    void rule20FiveRollbacksThatReceivedTurnTheQueueOff() throws Exception {
        Expenses.submit(client, "<poison/>");
        for (int i = 0; i < 10; i++) {
            desk.begin();
            assertThat(desk.receive(HERE)).isEmpty();
            Savepoint before = desk.sql().setSavepoint();
            assertThat(desk.receive(THERE)).hasSize(1);
            desk.sql().rollback(before);
            desk.rollback();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(desk.catalog().queue(Expenses.DESK_QUEUE).orElseThrow().on())
                    .isTrue();
            desk.begin();
            assertThat(desk.receive(THERE)).hasSize(1);
            desk.rollback();
        }
        home.heard().await("queue off: " + Expenses.DESK_QUEUE);
        Failing.with(9617, () -> desk.receive(THERE));
    }

    /** Of activated procedures; a bean is started for a group that is claimed for it, by decision 0021. */
    @Test
    void rule21OneMoreReaderInFiveSecondsAndNoneWhileNotified() {
        QueueMonitor monitor = new QueueMonitor(QueueMonitor.Kind.PROCEDURE, true, 9);
        QueueMonitor.Sight messages = new QueueMonitor.Sight(true, false);
        assertThat(monitor.arrived(true, messages, 0)).isEqualTo(QueueMonitor.Verdict.START);
        for (long now = 0; now < 60_000; now += 500) {
            assertThat(monitor.arrived(false, messages, now)).isEqualTo(QueueMonitor.Verdict.NOTHING);
        }
        int started = 0;
        for (long now = 60_000; now < 85_000; now += 500) {
            // with WHERE and empty: it has been seen, and keeps nobody away
            if (monitor.received(true, true, messages, now) == QueueMonitor.Verdict.START) {
                started++;
            }
        }
        assertThat(started).isEqualTo(5);
        assertThat(monitor.received(false, true, messages, 90_000)).isEqualTo(QueueMonitor.Verdict.NOTHING);
    }

    @Test
    void rule22PriorityIsFixedAtCreationPerSideAndOrdersNoDirectDelivery() throws Exception {
        client.catalog().define("""
                CREATE BROKER PRIORITY low FOR CONVERSATION
                  SET (LOCAL_SERVICE_NAME = [//Adventure-Works.com/Expenses], PRIORITY_LEVEL = 2);""");
        Conversation low = Expenses.submit(client, "<low/>");
        client.catalog()
                .define("ALTER BROKER PRIORITY low FOR CONVERSATION SET (PRIORITY_LEVEL = 9);"
                        + "CREATE BROKER PRIORITY other FOR CONVERSATION SET (PRIORITY_LEVEL = 4);");
        Conversation high = Expenses.submit(client, "<high/>");
        assertThat(client.endpoints())
                .extracting(ConversationEndpoint::priority)
                .containsExactly(5, 2, 4, 9);
        client.catalog().dropBrokerPriority("other");
        assertThat(endpoint(high.handle()).priority()).isEqualTo(4);
        low.send(Expenses.NOTE, "b");
        high.send(Expenses.NOTE, "c");
        List<Message> first = desk.receive(THERE);
        List<Message> second = desk.receive(THERE);
        assertThat(texts(first)).containsExactly("<high/>", "c");
        assertThat(texts(second)).containsExactly("<low/>", "b");
        assertThat(List.of(second.get(0), first.get(0), second.get(1), first.get(1)))
                .extracting(Message::queuingOrder)
                .isSorted();
    }

    /** WAITFOR's milliseconds and the seconds of timers and lifetimes are durations here: none is taken for another. */
    @Test
    void rule23TimersAreWholeSecondsOrMoreWaitsAreNot() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        Failing.with(8410, () -> open.timer(Duration.ofMillis(999)));
        Failing.with(8411, () -> client.begin(Expenses.dialog().lasting(Duration.ofMillis(999))));
        Other<List<Message>> waits = Other.does("waits", () -> client.receive(HERE.waiting(Duration.ofMillis(1))));
        home.clock().awaitAlarms(1);
        home.clock().advance(Duration.ofMillis(1));
        assertThat(waits.result()).isEmpty();
    }

    @Test
    void rule25NamesCompareByteByByte() {
        Failing.with(
                8423,
                () -> client.begin(Dialog.between(Expenses.CLIENT.toLowerCase(Locale.ROOT), Expenses.DESK)
                        .on(Expenses.CONTRACT)));
        Failing.with(
                8425,
                () -> client.begin(
                        Dialog.between(Expenses.CLIENT, Expenses.DESK).on(Expenses.CONTRACT.toUpperCase(Locale.ROOT))));
        Conversation open = client.begin(Expenses.dialog());
        Failing.with(8428, () -> open.send(Expenses.NOTE.toUpperCase(Locale.ROOT), "x"));
    }
}
