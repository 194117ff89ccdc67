package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.Connection;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Other;
import org.parley.engine.tx.TestXid;

/** What RETENTION keeps is part of the transaction that receives, sends or ends; service-broker.md, sections 6 and 11. */
class Section11RetainedInTransactionsTest extends RetainingQueues {

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
}
