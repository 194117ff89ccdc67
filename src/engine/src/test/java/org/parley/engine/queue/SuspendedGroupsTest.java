package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Message;
import org.parley.Receive;
import org.parley.SuspendedGroup;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Other;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/** POISON_MESSAGE_HANDLING (ACTION = SUSPEND_GROUP), which is Parley's own: only the group that fails is set aside. */
class SuspendedGroupsTest extends PoisonedDialogs {

    @Test
    void theFifthRollbackSetsItsGroupAsideAndOthersGoOn() throws Exception {
        ConversationEndpoint poison = submit("<poison/>");
        for (int i = 1; i <= 5; i++) {
            assertThat(suspended()).isEmpty();
            desk.begin();
            assertThat(texts(desk.receive(THERE))).containsExactly("<poison/>");
            desk.rollback();
        }
        assertThat(suspended()).containsExactly(poison.groupId());
        submit("<good/>");
        assertThat(texts(desk.receive(THERE))).containsExactly("<good/>");
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(desk.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO))
                .isEmpty();
        assertThat(desk.catalog().queue(Expenses.DESK_QUEUE).orElseThrow().on()).isTrue();
        endAll();
    }

    @Test
    void rollbacksAreCountedForEachGroupAndACommitForgetsThoseOfItsGroup() throws Exception {
        ConversationEndpoint a = submit("<a/>");
        ConversationEndpoint b = submit("<b/>");
        initiatorOf(a).send(Expenses.NOTE, "next");
        for (int i = 0; i < 4; i++) {
            rollbacks(a, 1);
            rollbacks(b, 1);
        }
        assertThat(desk.receive(THERE.ofConversation(a.handle()).top(1))).hasSize(1);
        rollbacks(a, 4);
        assertThat(suspended()).isEmpty();
        rollbacks(b, 1);
        assertThat(suspended()).containsExactly(b.groupId());
        rollbacks(a, 1);
        assertThat(suspended()).containsExactlyInAnyOrder(a.groupId(), b.groupId());
        endAll();
    }

    @Test
    void emptyReceivesAndRollbacksToASavepointDoNotCount() throws Exception {
        ConversationEndpoint a = submit("<a/>");
        rollbacks(a, 4);
        desk.begin();
        assertThat(desk.receive(HERE)).isEmpty();
        desk.conversation(a.handle()).send(Expenses.ANSWER);
        desk.rollback();
        desk.begin();
        Connection sql = desk.sql();
        Savepoint before = sql.setSavepoint();
        assertThat(desk.receive(THERE)).hasSize(1);
        sql.rollback(before);
        desk.rollback();
        assertThat(suspended()).isEmpty();
        rollbacks(a, 1);
        assertThat(suspended()).hasSize(1);
    }

    @Test
    void aTransactionThatReceivedFromSeveralGroupsCountsForEach() throws Exception {
        ConversationEndpoint a = submit("<a/>");
        ConversationEndpoint b = submit("<b/>");
        for (int i = 0; i < 5; i++) {
            desk.begin();
            assertThat(desk.receive(THERE)).hasSize(1);
            assertThat(desk.receive(THERE.ofConversation(b.handle()))).hasSize(1);
            desk.rollback();
        }
        assertThat(suspended()).containsExactlyInAnyOrder(a.groupId(), b.groupId());
    }

    @Test
    void turningTheQueueOnForgetsRollbacksButNoSuspension() throws Exception {
        ConversationEndpoint poison = poison();
        ConversationEndpoint other = submit("<other/>");
        rollbacks(other, 4);
        alter("STATUS = OFF");
        alter("STATUS = ON");
        rollbacks(other, 4);
        assertThat(suspended()).containsExactly(poison.groupId());
        assertThat(texts(desk.receive(THERE))).containsExactly("<other/>");
    }

    @Test
    void anotherPoisonActionKeepsWhatIsSuspended() throws Exception {
        ConversationEndpoint poison = poison();
        alter("POISON_MESSAGE_HANDLING (STATUS = OFF)");
        assertThat(desk.receive(THERE)).isEmpty();
        client.resumeGroup(poison.groupId());
        rollbacks(poison, 7);
        assertThat(suspended()).isEmpty();
    }

    @Test
    void itSurvivesARestartWithItsReason() throws Exception {
        ConversationEndpoint poison = poison();
        home.clock().advance(Duration.ofHours(1));
        List<SuspendedGroup> before = client.suspendedGroups();
        restart();
        assertThat(client.suspendedGroups()).isEqualTo(before);
        SuspendedGroup found = before.get(0);
        assertThat(found.groupId()).isEqualTo(poison.groupId());
        assertThat(found.queue()).isEqualTo(Expenses.DESK_QUEUE);
        assertThat(found.service()).isEqualTo(Expenses.DESK);
        assertThat(found.since()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(found.rollbacks()).isEqualTo(5);
        assertThat(found.lastFailure()).isNull();
        assertThat(desk.receive(THERE)).isEmpty();
        client.resumeGroup(poison.groupId());
        restart();
        assertThat(suspended()).isEmpty();
        assertThat(texts(desk.receive(THERE))).containsExactly("<poison/>");
        endAll();
    }

    @Test
    void viewsAndHealthNameIt() throws Exception {
        UUID group = poison().groupId();
        assertThat(row(
                        "SELECT CONVERSATION_GROUP_ID, QUEUE_NAME, SERVICE_NAME, SUSPENDED_SINCE, ROLLBACKS, LAST_FAILURE"
                                + " FROM PARLEY.SUSPENDED_GROUPS"))
                .isEqualTo(group + " ExpenseQueue " + Expenses.DESK + " 2030-01-01 00:00:00.0 5 null");
        assertThat(row("SELECT SUM(IS_SUSPENDED) FROM PARLEY.CONVERSATION_GROUPS"))
                .isEqualTo("1");
        assertThat(home.parley().server().health().reasons())
                .singleElement()
                .asString()
                .contains(group.toString(), Expenses.DESK_QUEUE, "resume");
        client.resumeGroup(group);
        assertThat(row("SELECT COUNT(*) FROM PARLEY.SUSPENDED_GROUPS")).isEqualTo("0");
        assertThat(home.parley().server().health().reasons()).isEmpty();
    }

    private String row(String sql) throws SQLException {
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery(sql)) {
            assertThat(at.next()).isTrue();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= at.getMetaData().getColumnCount(); i++) {
                values.add(String.valueOf(at.getString(i)).trim());
            }
            return String.join(" ", values);
        }
    }

    @Test
    void whoNamesItReceivesAndItStaysSuspended() throws Exception {
        ConversationEndpoint poison = poison();
        initiatorOf(poison).send(Expenses.NOTE, "next");
        // the engine may hold the group for another moment
        Receive soon = THERE.waiting(Duration.ofDays(1));
        assertThat(texts(desk.receive(soon.ofConversation(poison.handle()).top(1))))
                .containsExactly("<poison/>");
        assertThat(texts(desk.receive(soon.ofGroup(poison.groupId())))).containsExactly("next");
        assertThat(suspended()).containsExactly(poison.groupId());
        Other<List<Message>> waits = Other.does(
                        "names it",
                        () -> desk.receive(THERE.ofGroup(poison.groupId()).waiting(null)))
                .awaitAsleep();
        initiatorOf(poison).send(Expenses.NOTE, "later");
        assertThat(texts(waits.result())).containsExactly("later");
        endAll();
    }

    @Test
    void arrivalsTimersAndLifetimesGoOnAndWait() throws Exception {
        UUID conversation = client.inTransaction(() -> {
            Conversation begun = client.begin(Expenses.dialog().lasting(Duration.ofHours(1)));
            begun.send(Expenses.SUBMIT, "<poison/>");
            return begun.conversationId();
        });
        ConversationEndpoint there = client.endpoints(conversation).get(1);
        rollbacks(there, 5);
        desk.conversation(there.handle()).timer(Duration.ofMinutes(1));
        initiatorOf(there).send(Expenses.NOTE, "more");
        Other<List<Message>> waits = Other.does("waits", () -> home.connect().receive(THERE.waiting(null)))
                .awaitAsleep();
        home.clock().advance(Duration.ofHours(2));
        eventually()
                .becomes(
                        "messages",
                        () -> client.endpoints(there.conversationId()).get(1).waitingMessages(),
                        n -> n == 4);
        assertThat(waits.done()).isFalse();
        client.resumeGroup(there.groupId());
        List<Message> messages = waits.result();
        assertThat(messages).hasSize(4);
        assertThat(messages.get(0).isTimer()).isTrue();
        assertThat(messages.get(1).error().code()).isEqualTo(-8489);
        assertThat(texts(messages.subList(2, 4))).containsExactly("<poison/>", "more");
        endAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsSideCanSendAndEndAndThenNothingIsLeft(boolean restarts) throws Exception {
        ConversationEndpoint poison = poison();
        if (restarts) {
            restart();
        }
        desk.conversation(poison.handle()).send(Expenses.ANSWER);
        desk.conversation(poison.handle()).end();
        assertThat(client.receive(HERE.waiting(null))).hasSize(2);
        initiatorOf(poison).end();
        home.awaitNothingLeft();
        assertThat(suspended()).isEmpty();
    }

    @Test
    void aConversationThatMovesOutIsOfferedAndOneThatMovesInIsNot() throws Exception {
        ConversationEndpoint poison = poison();
        ConversationEndpoint other = submit("<other/>");
        desk.conversation(other.handle()).moveTo(poison.groupId());
        assertThat(desk.receive(THERE)).isEmpty();
        ConversationEndpoint third = submit("<third/>");
        desk.conversation(other.handle()).moveTo(third.groupId());
        assertThat(texts(desk.receive(THERE))).containsExactly("<other/>", "<third/>");
        desk.conversation(poison.handle()).moveTo(third.groupId());
        assertThat(texts(desk.receive(THERE))).containsExactly("<poison/>");
        // its last conversation has left: there is no group any more that could be suspended
        assertThat(suspended()).isEmpty();
        eventually().becomes("rows", home::rows, rows -> !rows.containsKey("SUSPENDED_GROUPS"));
        endAll();
    }

    @Test
    void whatTheOwnTransactionHoldsIsKeptBackToo() throws Exception {
        ConversationEndpoint poison = poison();
        desk.begin();
        desk.conversation(poison.handle()).send(Expenses.ANSWER);
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(desk.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO))
                .isEmpty();
        desk.commit();
    }

    /** A bean that fails on one dialog: the reason is kept, and the other dialogs are served by the same reader. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReaderGoesOnWithOtherGroups(boolean transacted) throws Exception {
        BlockingQueue<Delivery> started = new LinkedBlockingQueue<>();
        ConversationEndpoint poison = submit("<poison/>");
        Activation activation = home.parley()
                .server()
                .activate(
                        new ActivationConfig("bean", ExpenseHome.DATABASE, Expenses.DESK_QUEUE, 1, 1, null, null),
                        started::add);
        Delivery reader = started.poll(30, TimeUnit.SECONDS);
        submit("<good/>");
        List<String> done = new ArrayList<>();
        int failures = 0;
        while (reader.next()) {
            Message message = reader.peek().get(0);
            if (message.text().equals("<poison/>")) {
                failures++;
                fail(reader, transacted);
            } else {
                reader.alone(() -> {});
                reader.finish(null);
                done.add(message.text());
            }
        }
        reader.close();
        assertThat(failures).isEqualTo(5);
        assertThat(done).containsExactly("<good/>");
        home.heard().await("suspended: " + poison.groupId());
        assertThat(client.suspendedGroups().get(0).lastFailure()).contains("can't be read");
        activation.close();
    }

    private static void fail(Delivery reader, boolean transacted) {
        IllegalStateException failure = new IllegalStateException("it can't be read");
        if (transacted) {
            try {
                reader.alone(() -> {
                    throw failure;
                });
            } catch (IllegalStateException planned) {
                assertThat(planned).isSameAs(failure);
            }
        }
        reader.finish(failure);
    }
}
