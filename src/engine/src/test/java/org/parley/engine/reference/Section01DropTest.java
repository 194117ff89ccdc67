package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.engine.tx.TestXid;

/** DROP of services, contracts, queues and message types in one database; service-broker.md, sections 1.3 to 1.6. */
class Section01DropTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(2)));

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void restart() {
        home.restart();
        connect();
    }

    private Message error(LocalConnection connection, Receive from) {
        List<Message> all = new ArrayList<>();
        eventually()
                .becomes(
                        "an Error in " + from.queue(),
                        () -> {
                            all.addAll(connection.receive(from));
                            return all;
                        },
                        messages -> messages.stream().anyMatch(Message::isError));
        return all.stream().filter(Message::isError).findFirst().orElseThrow();
    }

    private int dropped() throws Exception {
        return rows("DROPPED");
    }

    private int rows(String table) throws Exception {
        try (Statement statement = home.connect().sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT COUNT(*) FROM PARLEY_STORE." + table + " WITH UR")) {
            at.next();
            return at.getInt(1);
        }
    }

    private void awaitForgotten() {
        eventually().becomes("what is kept of dropped objects", this::dropped, count -> count == 0);
    }

    @Test
    void theFarSideOfADroppedServiceHears8470() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        client.catalog().dropService(Expenses.DESK);
        Message error = error(client, HERE);
        assertThat(error.error().code()).isEqualTo(-8470);
        assertThat(error.error().description()).contains(Expenses.DESK);
        assertThat(submission.state()).isEqualTo(ConversationState.ERROR);
        assertThat(desk.receive(THERE)).isEmpty();
        Failing.with(8429, () -> submission.send(Expenses.NOTE, "more"));
        submission.end();
        home.awaitNothingLeft();
        awaitForgotten();
    }

    @Test
    void theOwnSideOfADroppedServiceHearsNothingAndGoes() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        Message first = desk.receive(THERE).get(0);
        client.catalog().dropService(Expenses.CLIENT);
        assertThat(error(desk, THERE).error().code()).isEqualTo(-8470);
        Failing.with(8426, submission::state);
        Failing.with(8426, () -> submission.send(Expenses.NOTE, "more"));
        Failing.with(8426, submission::end);
        assertThat(client.receive(HERE)).isEmpty();
        desk.conversation(first.conversationHandle()).end();
        home.awaitNothingLeft();
        awaitForgotten();
    }

    @Test
    void theOwnerOfADroppedServiceGoesBeforeItsConversations() throws Exception {
        client.catalog()
                .define("CREATE USER anna; GRANT SEND ON SERVICE::[" + Expenses.DESK
                        + "] TO anna; ALTER AUTHORIZATION ON SERVICE::[" + Expenses.DESK + "] TO anna");
        Conversation submission = Expenses.submit(client, "<a/>");
        client.catalog().dropService(Expenses.DESK);
        assertThat(dropped()).isPositive();
        client.catalog().define("DROP USER anna; CREATE USER bob");
        assertThat(client.catalog().owners()).isEmpty();
        restart();
        assertThat(error(client, HERE).error().code()).isEqualTo(-8470);
        client.catalog().define("DROP USER bob");
        client.conversation(submission.handle()).end();
        home.awaitNothingLeft();
        awaitForgotten();
        eventually().becomes("owners of what was dropped", () -> rows("OWNERS"), count -> count == 0);
    }

    @Test
    void aDialogThatNobodyHasHeardOfGoesInSilence() throws Exception {
        client.begin(Expenses.dialog());
        client.catalog().dropService(Expenses.CLIENT);
        home.awaitNothingLeft();
        awaitForgotten();
    }

    @Test
    void messagesThatWaitForTheirServiceGoWithTheOneThatHasSentThem() throws Exception {
        client.catalog().dropService(Expenses.DESK);
        Expenses.submit(client, "<a/>");
        client.catalog().dropService(Expenses.CLIENT);
        home.awaitNothingLeft();
        client.catalog().define(Expenses.DESK_SIDE);
        assertThat(desk.receive(THERE)).isEmpty();
    }

    @Test
    void theQueueOfADroppedServiceCanBeDroppedAtOnceAndTheNameDefinedAgain() throws Exception {
        Conversation old = Expenses.submit(client, "<a/>");
        client.catalog()
                .define("DROP SERVICE [" + Expenses.DESK + "]; DROP QUEUE " + Expenses.DESK_QUEUE + "; CREATE QUEUE "
                        + Expenses.DESK_QUEUE + ";" + Expenses.DESK_SIDE);
        Expenses.submit(client, "<b/>");
        assertThat(error(client, HERE).conversationHandle()).isEqualTo(old.handle());
        assertThat(desk.receive(THERE)).extracting(Message::text).containsExactly("<b/>");
        restart();
        assertThat(client.conversation(old.handle()).state()).isEqualTo(ConversationState.ERROR);
        client.conversation(old.handle()).end();
        awaitForgotten();
        endAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void workUnderWayEndsAsItLikesAndTheDropWaitsForNobody(boolean commit) throws Exception {
        Expenses.submit(client, "<a/>");
        desk.begin();
        Message first = desk.receive(THERE).get(0);
        Conversation answer = desk.conversation(first.conversationHandle());
        client.catalog().dropService(Expenses.DESK);
        client.catalog().dropQueue(Expenses.DESK_QUEUE);
        answer.send(Expenses.NOTE, "just in time");
        if (commit) {
            desk.commit();
        } else {
            desk.rollback();
        }
        List<Message> all = new ArrayList<>();
        eventually()
                .becomes(
                        "messages of the client",
                        () -> {
                            all.addAll(client.receive(HERE));
                            return all.size();
                        },
                        size -> size == (commit ? 2 : 1));
        assertThat(all).filteredOn(Message::isError).hasSize(1);
        endAll();
        awaitForgotten();
    }

    @Test
    void aDialogBegunBeforeTheDropAndCommittedAfterItEndsToo() throws Exception {
        client.begin();
        Conversation late = client.begin(Expenses.dialog());
        late.send(Expenses.SUBMIT, "<a/>");
        desk.catalog().dropService(Expenses.CLIENT);
        client.commit();
        assertThat(error(desk, THERE).error().code()).isEqualTo(-8470);
        Failing.with(8426, late::state);
        Failing.with(8423, () -> client.begin(Expenses.dialog()));
        endAll();
        awaitForgotten();
    }

    @Test
    void aReceiveThatWaitsForAConversationOfADroppedServiceFails() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        Other<List<Message>> waits = Other.does(
                        "waits",
                        () -> client.receive(
                                HERE.ofConversation(submission.handle()).waiting(null)))
                .awaitAsleep();
        desk.catalog().dropService(Expenses.CLIENT);
        waits.failsWith(8426);
    }

    @Test
    void aStatementThatWaitsForTheGroupFindsTheHandleGone() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        client.begin();
        submission.send(Expenses.NOTE, "held");
        LocalConnection third = home.connect();
        Other<Void> waits = Other.runs(
                        "waits", () -> third.conversation(submission.handle()).send(Expenses.NOTE, "late"))
                .awaitAsleep();
        desk.catalog().dropService(Expenses.CLIENT);
        client.commit();
        waits.failsWith(8426);
        assertThat(desk.receive(THERE).stream().filter(message -> !message.isError()))
                .extracting(Message::text)
                .containsExactly("<a/>", "held");
    }

    @Test
    void bothSidesOfADroppedContractHear8487AndReadWhatIsThere() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        desk.catalog()
                .define("ALTER SERVICE [" + Expenses.DESK + "] (DROP CONTRACT [" + Expenses.CONTRACT
                        + "]); DROP CONTRACT [" + Expenses.CONTRACT + "]; DROP MESSAGE TYPE [" + Expenses.SUBMIT + "]");
        assertThat(error(client, HERE).error().code()).isEqualTo(-8487);
        eventually()
                .becomes(
                        "the target's state",
                        () -> client.endpoints(submission.conversationId())
                                .get(1)
                                .state(),
                        state -> state == ConversationState.ERROR);
        restart();
        List<Message> there = desk.receive(THERE);
        assertThat(there).extracting(Message::isError).containsExactly(true, false);
        assertThat(there.get(0).error().code()).isEqualTo(-8487);
        assertThat(there.get(1).messageType()).isEqualTo(Expenses.SUBMIT);
        assertThat(there.get(1).contractName()).isEqualTo(Expenses.CONTRACT);
        Failing.with(8429, () -> client.conversation(submission.handle()).send(Expenses.NOTE, "more"));
        Failing.with(8425, () -> client.begin(Expenses.dialog()));
        assertThat(dropped()).isEqualTo(2);
        endAll();
        awaitForgotten();
    }

    @Test
    void existingConversationsAreUnaffectedByAlterServiceDropContract() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        desk.catalog().define("ALTER SERVICE [" + Expenses.DESK + "] (DROP CONTRACT [" + Expenses.CONTRACT + "])");
        submission.send(Expenses.NOTE, "goes on");
        assertThat(desk.receive(THERE)).extracting(Message::text).containsExactly("<a/>", "goes on");
        Expenses.submit(client, "<b/>");
        assertThat(error(client, HERE).error().code()).isEqualTo(-8408);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBranchInDoubtKeepsItsConversationUntilItsOutcomeIsTold(boolean commit) throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        TestXid xid = TestXid.of(1, 1);
        XAResource resource = client.channel().xaResource();
        resource.start(xid, XAResource.TMNOFLAGS);
        client.conversation(submission.handle()).send(Expenses.NOTE, "in doubt");
        Conversation begun = client.begin(Expenses.dialog());
        begun.send(Expenses.SUBMIT, "<b/>");
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        desk.catalog().dropService(Expenses.CLIENT);
        restart();
        assertThat(client.endpoints()).hasSize(2);
        assertThat(dropped()).isEqualTo(1);
        XAResource recovering = home.parley().server().recoveryResources().get(0);
        recovering.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
        if (commit) {
            recovering.commit(xid, false);
        } else {
            recovering.rollback(xid);
        }
        int conversations = commit ? 2 : 1;
        List<Message> all = new ArrayList<>();
        eventually()
                .becomes(
                        "errors at the desk",
                        () -> {
                            all.addAll(desk.receive(THERE));
                            return all.stream().filter(Message::isError).count();
                        },
                        errors -> errors == conversations);
        assertThat(all.stream().filter(message -> !message.isError()))
                .extracting(Message::text)
                .containsExactlyInAnyOrderElementsOf(commit ? List.of("<a/>", "in doubt", "<b/>") : List.of("<a/>"));
        endAll();
        awaitForgotten();
    }

    @Test
    void servicesDroppedAndMadeAnewUnderLoadLeaveNothing() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Other<Void>> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(Other.runs("talks " + i, () -> {
                go.await();
                talk(home.connect());
            }));
        }
        go.countDown();
        for (int i = 0; i < 15; i++) {
            String name = i % 3 == 0 ? Expenses.CLIENT : Expenses.DESK;
            desk.catalog().dropService(name);
            desk.catalog()
                    .define(
                            i % 3 == 0
                                    ? "CREATE SERVICE [" + name + "] ON QUEUE " + Expenses.CLIENT_QUEUE
                                    : Expenses.DESK_SIDE);
        }
        for (Other<Void> other : others) {
            other.result();
        }
        assertThat(home.heard().lines("engine transaction failed")).isEmpty();
        endAll();
        awaitForgotten();
    }

    /** Begins, sends, receives and ends; a dialog may be gone at any moment. */
    private static void talk(LocalConnection connection) {
        for (int i = 0; i < 30; i++) {
            try {
                connection.inTransaction(() -> {
                    Conversation conversation = connection.begin(Expenses.dialog());
                    conversation.send(Expenses.SUBMIT, "<a/>");
                    conversation.send(Expenses.NOTE, "b");
                    return null;
                });
                for (Receive from : List.of(HERE, THERE)) {
                    connection.inTransaction(() -> {
                        for (Message message : connection.receive(from)) {
                            if (message.isError() || message.isEndDialog()) {
                                connection
                                        .conversation(message.conversationHandle())
                                        .end();
                            }
                        }
                        return null;
                    });
                }
            } catch (BrokerException e) {
                assertThat(e.number()).as(e.getMessage()).isIn(8423, 8426, 8427, 1205, 1222);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Ends every side that an application can end, until nothing is left. */
    private void endAll() {
        eventually()
                .becomes(
                        "conversations left",
                        () -> {
                            client.endpoints().forEach(this::end);
                            return client.endpoints();
                        },
                        List::isEmpty);
        home.awaitNothingLeft();
    }

    private void end(ConversationEndpoint side) {
        UUID handle = side.handle();
        try {
            client.conversation(handle).end();
        } catch (BrokerException e) {
            assertThat(e.number()).isIn(8426, 8427);
        }
    }
}
