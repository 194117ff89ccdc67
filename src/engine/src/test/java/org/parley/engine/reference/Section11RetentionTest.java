package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.Connection;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.engine.Select;
import org.parley.engine.tx.TestXid;
import org.parley.spi.ActivationConfig;

/** RETENTION of a queue; service-broker.md, sections 1.5, 5.2, 5.7 and 11. */
class Section11RetentionTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void begin() {
        connect();
        retain(Expenses.DESK_QUEUE, true);
        retain(Expenses.CLIENT_QUEUE, true);
    }

    private void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void restart() {
        home.restart();
        connect();
    }

    private void retain(String queue, boolean on) {
        desk.catalog().alter(desk.catalog().queue(queue).orElseThrow().withRetention(on));
    }

    /** Status, number and type of what a queue's view shows, and the length of the body, in the order of sending. */
    private List<String> shown(String queue) {
        return Select.rows(
                        client,
                        "SELECT STATUS, MESSAGE_SEQUENCE_NUMBER, MESSAGE_TYPE_NAME, LENGTH(MESSAGE_BODY) FROM " + queue
                                + " ORDER BY QUEUING_ORDER")
                .stream()
                .map(row -> row.replaceFirst("[^|]*/", ""))
                .toList();
    }

    private UUID there(Conversation open) {
        return client.endpoints(client.conversation(open.handle()).conversationId())
                .get(1)
                .handle();
    }

    /** Does something in a global transaction, prepares it, and restarts the server. */
    private TestXid prepareAndRestart(ThrowingCallable work) throws Exception {
        TestXid xid = TestXid.of(1, 1);
        XAResource resource = desk.channel().xaResource();
        resource.start(xid, XAResource.TMNOFLAGS);
        try {
            work.call();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        restart();
        return xid;
    }

    private void recover(TestXid xid, boolean commit) throws Exception {
        XAResource resource = home.parley().server().recoveryResources().get(0);
        assertThat(resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                .hasSize(1);
        if (commit) {
            resource.commit(xid, false);
        } else {
            resource.rollback(xid);
        }
    }

    @Test
    void receivedMessagesStayWithStatus0AndSentOnesAreCopiedWithStatus3() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        assertThat(shown(Expenses.CLIENT_QUEUE)).containsExactly("3|0|SubmitExpense|4");
        assertThat(shown(Expenses.DESK_QUEUE)).containsExactly("1|0|SubmitExpense|4");
        desk.inTransaction(() -> {
            Message received = desk.receive(THERE).get(0);
            desk.conversation(received.conversationHandle()).send(Expenses.ANSWER);
            desk.conversation(received.conversationHandle()).send(Expenses.NOTE, "note");
            return null;
        });
        open.send(Expenses.NOTE, "more");
        assertThat(shown(Expenses.CLIENT_QUEUE))
                .containsExactly("3|0|SubmitExpense|4", "1|0|ExpenseAnswer|-", "1|1|Note|4", "3|1|Note|4");
        assertThat(shown(Expenses.DESK_QUEUE))
                .containsExactly("0|0|SubmitExpense|4", "3|0|ExpenseAnswer|-", "3|1|Note|4", "1|1|Note|4");
        assertThat(Select.rows(
                        client,
                        "SELECT Q.PRIORITY, Q.SERVICE_NAME, Q.SERVICE_CONTRACT_NAME, Q.VALIDATION, E.IS_INITIATOR,"
                                + " Q.MESSAGE_ENQUEUE_TIME FROM ExpenseQueue Q JOIN PARLEY.CONVERSATION_ENDPOINTS E"
                                + " ON E.CONVERSATION_HANDLE = Q.CONVERSATION_HANDLE"
                                + " AND E.CONVERSATION_GROUP_ID = Q.CONVERSATION_GROUP_ID WHERE Q.STATUS = 0"))
                .singleElement()
                .asString()
                .startsWith("5|" + Expenses.DESK + "|" + Expenses.CONTRACT + "|X|0|20");
    }

    @Test
    void noneOfThemIsReceivedAgainOrCounted() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(client.getConversationGroup(Expenses.CLIENT_QUEUE, Duration.ZERO))
                .isEmpty();
        assertThat(desk.receive(THERE)).hasSize(1);
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(desk.receive(THERE.ofConversation(there(open)))).isEmpty();
        assertThat(client.endpoints())
                .extracting(endpoint -> endpoint.waitingMessages())
                .containsOnly(0L);
        restart();
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(desk.receive(THERE)).isEmpty();
        desk.conversation(there(open)).send(Expenses.NOTE, "goes on");
        assertThat(client.receive(HERE))
                .singleElement()
                .satisfies(message -> assertThat(message.sequenceNumber()).isZero());
    }

    /** Section 5.7: also what was received and retained leaves the queue of the side that ends, and of no other. */
    @Test
    void allOfThemGoWhenThisSideEnds() throws Exception {
        List<Consumer<Conversation>> ends =
                List.of(Conversation::end, side -> side.endWithError(1, "one"), Conversation::cleanup);
        for (Consumer<Conversation> end : ends) {
            Conversation open = Expenses.submit(client, "<a/>");
            Message received = desk.receive(THERE).get(0);
            Conversation far = desk.conversation(received.conversationHandle());
            far.send(Expenses.NOTE, "kept");
            end.accept(far);
            assertThat(shown(Expenses.DESK_QUEUE)).isEmpty();
            assertThat(shown(Expenses.CLIENT_QUEUE)).contains("3|0|SubmitExpense|4");
            assertThat(home.rows()).containsEntry("RETAINED", 1);
            open.end();
            home.awaitNothingLeft();
        }
    }

    @Test
    void theyGoWhenBothSidesEndInOneTransaction() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        client.inTransaction(() -> {
            Message received = client.receive(THERE).get(0);
            client.conversation(received.conversationHandle()).send(Expenses.ANSWER);
            client.conversation(received.conversationHandle()).end();
            open.end();
            return null;
        });
        home.awaitNothingLeft();
    }

    @Test
    void aDialogThatEndsWhereItBeganKeepsNothing() throws Exception {
        client.inTransaction(() -> {
            Conversation open = client.begin(Expenses.dialog());
            open.send(Expenses.SUBMIT, "<a/>");
            open.end();
            return null;
        });
        assertThat(home.rows()).doesNotContainKey("RETAINED");
        desk.conversation(desk.receive(THERE).get(0).conversationHandle()).end();
        home.awaitNothingLeft();
        Conversation nowhere =
                client.begin(Dialog.between(Expenses.CLIENT, "//nowhere").on(Expenses.CONTRACT));
        nowhere.send(Expenses.SUBMIT, "<a/>");
        assertThat(home.rows()).containsEntry("RETAINED", 1);
        nowhere.cleanup();
        home.awaitNothingLeft();
    }

    @Test
    void endDialogErrorAndEachTimerAreRetainedToo() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        Conversation far = desk.conversation(there(open));
        for (int i = 0; i < 2; i++) {
            ring(far, 2 + i);
            assertThat(desk.receive(THERE.top(1)).get(0).isTimer()).isTrue();
        }
        assertThat(shown(Expenses.DESK_QUEUE))
                .containsExactly("1|0|SubmitExpense|4", "0|-1|DialogTimer|-", "0|-1|DialogTimer|-");
        ring(far, 4);
        assertThat(shown(Expenses.DESK_QUEUE))
                .filteredOn(row -> row.startsWith("0"))
                .hasSize(2);
        open.endWithError(7, "no");
        List<Message> all = desk.receive(THERE);
        assertThat(all).extracting(Message::isError).containsExactly(false, true, false);
        assertThat(shown(Expenses.DESK_QUEUE))
                .hasSize(5)
                .allMatch(row -> row.startsWith("0"))
                .anyMatch(row -> row.contains("Error"));
        far.end();
        Conversation other = Expenses.submit(client, "<b/>");
        desk.receive(THERE);
        other.end();
        assertThat(desk.receive(THERE)).extracting(Message::isEndDialog).containsExactly(true);
        assertThat(shown(Expenses.DESK_QUEUE)).containsExactly("0|0|SubmitExpense|4", "0|1|EndDialog|-");
    }

    /** Lets a timer ring, and waits until that has made so many rows of the queue's view. */
    private void ring(Conversation side, int rows) {
        side.timer(Duration.ofSeconds(1));
        home.clock().advance(Duration.ofSeconds(2));
        eventually().becomes("rows shown", () -> shown(Expenses.DESK_QUEUE).size(), size -> size == rows);
    }

    @Test
    void rollbackAndSavepointPutBothBack() throws Exception {
        Expenses.submit(client, "<a/>");
        for (int how = 0; how < 3; how++) {
            desk.begin();
            Connection sql = desk.sql();
            Savepoint before = sql.setSavepoint();
            Message received = desk.receive(THERE).get(0);
            desk.conversation(received.conversationHandle()).send(Expenses.NOTE, "taken back");
            if (how == 0) {
                desk.rollback();
            } else {
                sql.rollback(before);
                desk.conversation(received.conversationHandle()).send(Expenses.NOTE, "stays");
                if (how == 1) {
                    desk.rollback();
                } else {
                    desk.commit();
                }
            }
            assertThat(shown(Expenses.DESK_QUEUE)).contains("1|0|SubmitExpense|4");
        }
        assertThat(shown(Expenses.DESK_QUEUE)).containsExactly("1|0|SubmitExpense|4", "3|0|Note|5");
    }

    @Test
    void anEndThatIsRolledBackKeepsThem() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        client.begin();
        open.end();
        client.rollback();
        assertThat(shown(Expenses.CLIENT_QUEUE)).containsExactly("3|0|SubmitExpense|4");
        desk.conversation(there(open)).end();
        open.end();
        home.awaitNothingLeft();
    }

    @Test
    void theyAreShownWhenTheTransactionIsCommitted() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = there(open);
        ring(desk.conversation(there), 2);
        assertThat(desk.receive(THERE.top(1)).get(0).isTimer()).isTrue();
        ring(desk.conversation(there), 3);
        desk.begin();
        assertThat(desk.receive(THERE)).hasSize(2);
        desk.conversation(there).send(Expenses.ANSWER);
        assertThat(shown(Expenses.DESK_QUEUE)).noneMatch(row -> row.startsWith("3") || row.startsWith("0|0"));
        desk.commit();
        assertThat(shown(Expenses.DESK_QUEUE)).hasSize(4).noneMatch(row -> row.startsWith("1"));
    }

    @Test
    void longBodiesAndManyMessagesAreKept() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        byte[] large = new byte[200_000];
        Arrays.fill(large, (byte) 'y');
        client.inTransaction(() -> {
            for (int i = 0; i < 300; i++) {
                open.send(Expenses.NOTE, String.valueOf(i));
            }
            open.send(Expenses.NOTE, large);
            return null;
        });
        assertThat(desk.receive(THERE)).hasSize(302);
        for (String queue : List.of(Expenses.CLIENT_QUEUE, Expenses.DESK_QUEUE)) {
            List<String> rows = shown(queue);
            assertThat(rows).hasSize(302);
            assertThat(rows.get(301)).endsWith("|301|Note|200000");
            assertThat(Select.rows(
                            client,
                            "SELECT COUNT(*) FROM " + queue
                                    + " WHERE MESSAGE_SEQUENCE_NUMBER = 301 AND MESSAGE_BODY IS NOT NULL"))
                    .containsExactly("1");
        }
        restart();
        desk.conversation(there(open)).end();
        client.conversation(open.handle()).end();
        home.awaitNothingLeft();
    }

    @Test
    void theyOutliveARestartAndGoAfterIt() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        desk.receive(THERE);
        desk.conversation(there(open)).send(Expenses.ANSWER);
        List<String> before = shown(Expenses.DESK_QUEUE);
        restart();
        assertThat(shown(Expenses.DESK_QUEUE)).isEqualTo(before);
        open = client.conversation(open.handle());
        open.send(Expenses.NOTE, "later");
        assertThat(shown(Expenses.DESK_QUEUE))
                .startsWith(before.toArray(new String[0]))
                .hasSize(3);
        desk.conversation(there(open)).end();
        assertThat(shown(Expenses.DESK_QUEUE)).isEmpty();
        open.end();
        home.awaitNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPreparedTransactionKeepsThemBack(boolean commit) throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = there(open);
        TestXid xid = prepareAndRestart(() -> {
            desk.receive(THERE);
            desk.conversation(there).send(Expenses.ANSWER);
        });
        assertThat(shown(Expenses.DESK_QUEUE)).noneMatch(row -> row.startsWith("3") || row.startsWith("0"));
        recover(xid, commit);
        assertThat(shown(Expenses.DESK_QUEUE))
                .isEqualTo(
                        commit
                                ? List.of("0|0|SubmitExpense|4", "3|0|ExpenseAnswer|-")
                                : List.of("1|0|SubmitExpense|4"));
        desk.conversation(there).end();
        client.conversation(open.handle()).end();
        home.awaitNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPreparedEndTakesThemOnlyWhenItIsCommitted(boolean commit) throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = there(open);
        desk.receive(THERE);
        TestXid xid = prepareAndRestart(() -> desk.conversation(there).end());
        recover(xid, commit);
        assertThat(shown(Expenses.DESK_QUEUE)).isEqualTo(commit ? List.of() : List.of("0|0|SubmitExpense|4"));
        if (!commit) {
            desk.conversation(there).end();
        }
        client.conversation(open.handle()).end();
        home.awaitNothingLeft();
    }

    /** What was retained stays until its conversation ends, though the queue retains nothing new. */
    @Test
    void theOptionIsChangedWhileConversationsGoOn() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        retain(Expenses.CLIENT_QUEUE, false);
        retain(Expenses.DESK_QUEUE, false);
        open.send(Expenses.NOTE, "not kept");
        assertThat(desk.receive(THERE)).hasSize(2);
        assertThat(shown(Expenses.DESK_QUEUE)).isEmpty();
        assertThat(shown(Expenses.CLIENT_QUEUE)).containsExactly("3|0|SubmitExpense|4");
        retain(Expenses.CLIENT_QUEUE, true);
        open.send(Expenses.NOTE, "kept");
        assertThat(shown(Expenses.CLIENT_QUEUE)).containsExactly("3|0|SubmitExpense|4", "3|2|Note|4");
        retain(Expenses.CLIENT_QUEUE, false);
        desk.conversation(there(open)).end();
        client.receive(HERE);
        assertThat(shown(Expenses.CLIENT_QUEUE)).hasSize(2);
        open.end();
        home.awaitNothingLeft();
    }

    @Test
    void sendFailsWhileTheOwnQueueIsOffAndHasRetention() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = there(open);
        client.catalog().setQueueStatus(Expenses.CLIENT_QUEUE, false);
        Failing.with(9618, () -> open.send(Expenses.NOTE, "no"));
        Failing.with(9618, () -> client.send(List.of(open.handle()), Expenses.NOTE, "no".getBytes()));
        desk.conversation(there).send(Expenses.NOTE, "the other side's own queue is on");
        retain(Expenses.CLIENT_QUEUE, false);
        open.send(Expenses.NOTE, "yes");
        assertThat(desk.receive(THERE)).extracting(Message::sequenceNumber).containsExactly(0L, 1L);
        retain(Expenses.CLIENT_QUEUE, true);
        client.catalog().setQueueStatus(Expenses.CLIENT_QUEUE, true);
        open.send(Expenses.NOTE, "yes");
    }

    /** The message wasn't sent: it was refused on the spot, and the Error says so. */
    @Test
    void whatTheBrokerRefusesAtOnceHasNoCopy() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        open.send(Expenses.SUBMIT, "not xml");
        assertThat(client.receive(HERE.waiting(null)).get(0).error().code()).isEqualTo(-9615);
        assertThat(shown(Expenses.CLIENT_QUEUE))
                .hasSize(2)
                .anyMatch(row -> row.startsWith("3|0|SubmitExpense"))
                .anyMatch(row -> row.startsWith("0|-1|Error"));
        open.end();
        desk.conversation(desk.receive(THERE).get(0).conversationHandle()).end();
        home.awaitNothingLeft();
    }

    @Test
    void theyAreShownInTheGroupThatTheConversationHasMovedTo() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        Conversation other = Expenses.submit(client, "<b/>");
        desk.inTransaction(() -> {
            desk.receive(THERE.ofConversation(there(open)));
            return null;
        });
        Conversation far = desk.conversation(there(open));
        UUID group = desk.conversation(there(other)).groupId();
        far.moveTo(group);
        assertThat(Select.rows(client, "SELECT CONVERSATION_GROUP_ID FROM ExpenseQueue WHERE STATUS = 0"))
                .containsExactly(group.toString());
    }

    @Test
    void whatAnActivatedReaderReceivesIsRetained() throws Exception {
        home.parley()
                .server()
                .activate(
                        new ActivationConfig("reader", ExpenseHome.DATABASE, Expenses.DESK_QUEUE, 1, 1, null, null),
                        delivery -> {
                            try (delivery) {
                                while (delivery.next()) {
                                    delivery.peek();
                                    delivery.takeAlone();
                                    delivery.finish(null);
                                }
                            }
                        });
        Expenses.submit(client, "<a/>").send(Expenses.NOTE, "b");
        eventually()
                .becomes(
                        "what is shown",
                        () -> shown(Expenses.DESK_QUEUE),
                        rows -> rows.equals(List.of("0|0|SubmitExpense|4", "0|1|Note|1")));
    }

    /** Sends, receives and ends of both sides by several threads, in any order. */
    @Test
    void conversationsOfManyThreadsLeaveNothing() throws Exception {
        List<Other<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            boolean there = thread % 2 == 0;
            threads.add(Other.runs("talks " + thread, () -> talk(there)));
        }
        for (Other<Void> each : threads) {
            each.result();
        }
        for (String queue : List.of(Expenses.DESK_QUEUE, Expenses.CLIENT_QUEUE)) {
            client.catalog().setQueueStatus(queue, true);
        }
        eventually().holds("all to have ended", () -> {
            endAll();
            return client.endpoints().isEmpty();
        });
        home.awaitNothingLeft();
    }

    private void talk(boolean there) throws Exception {
        LocalConnection connection = home.connect();
        Random random = new Random(there ? 1 : 2);
        for (int i = 0; i < 60; i++) {
            if (!there) {
                Expenses.submit(connection, "<a/>");
            }
            connection.begin();
            for (Message message : connection.receive((there ? THERE : HERE).waiting(Duration.ZERO))) {
                Conversation side = connection.conversation(message.conversationHandle());
                if (message.isEndDialog() || random.nextInt(4) == 0) {
                    side.end();
                    break;
                }
                side.send(Expenses.NOTE, "n");
            }
            if (random.nextInt(5) == 0) {
                connection.rollback();
            } else {
                connection.commit();
            }
        }
    }

    private void endAll() {
        for (ConversationEndpoint side : client.endpoints()) {
            try {
                client.conversation(side.handle()).end();
            } catch (BrokerException e) {
                assertThat(e.number()).isIn(8426, 8427);
            }
        }
    }

    @Test
    void queuesWithoutItKeepNothing() throws Exception {
        retain(Expenses.CLIENT_QUEUE, false);
        Conversation open = Expenses.submit(client, "<a/>");
        desk.conversation(there(open)).send(Expenses.ANSWER);
        client.receive(HERE);
        assertThat(shown(Expenses.CLIENT_QUEUE)).isEmpty();
        assertThat(Select.rows(client, "SELECT NAME FROM PARLEY.SERVICE_QUEUES WHERE IS_RETENTION_ENABLED = 1"))
                .containsExactly(Expenses.DESK_QUEUE);
    }
}
