package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

/**
 * Transactions that were prepared when the server ended: until their outcome is told, their groups and only theirs are
 * locked and nothing of what they did is true; afterwards all of it or nothing, without a restart. Design.md, "The branch".
 */
class InDoubtTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(2)));

    private LocalConnection client;
    private LocalConnection desk;
    private int lastXid;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void restart() {
        home.restart();
        connect();
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }

    private UUID farOf(UUID conversation) {
        return client.endpoints(conversation).get(1).handle();
    }

    /** Does something in a global transaction and prepares it. */
    private TestXid prepare(LocalConnection connection, ThrowingCallable work) throws Exception {
        TestXid xid = TestXid.of(++lastXid, 1);
        XAResource resource = connection.channel().xaResource();
        resource.start(xid, XAResource.TMNOFLAGS);
        try {
            work.call();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        return xid;
    }

    /** What a transaction manager does when it recovers. */
    private void recover(TestXid xid, boolean commit) throws Exception {
        XAResource resource = home.parley().server().recoveryResources().get(0);
        Xid[] found = resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
        assertThat(found).anyMatch(xid::sameAs);
        if (commit) {
            resource.commit(xid, false);
        } else {
            resource.rollback(xid);
        }
        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).noneMatch(xid::sameAs);
    }

    private void endAll() {
        for (ConversationEndpoint side : client.endpoints()) {
            try {
                client.conversation(side.handle()).end();
            } catch (BrokerException e) {
                assertThat(e.number()).isIn(8426, 8427);
            }
        }
        home.awaitNothingLeft();
    }

    private void isLocked(UUID handle) throws Exception {
        LocalConnection third = home.connect();
        Other<Void> waits =
                Other.runs("waits", () -> third.conversation(handle).state()).awaitAsleep();
        home.clock().advance(Duration.ofSeconds(3));
        assertThat(waits.failsWith(1222)).hasMessageContaining("in doubt");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFirstMessageInDoubt(boolean commit) throws Exception {
        Conversation[] open = new Conversation[1];
        TestXid xid = prepare(client, () -> {
            open[0] = client.begin(Expenses.dialog());
            open[0].send(Expenses.SUBMIT, "<a/>");
            open[0].send(Expenses.NOTE, "b");
        });
        restart();
        assertThat(client.endpoints()).isEmpty();
        assertThat(desk.receive(THERE)).isEmpty();
        Failing.with(8426, () -> client.conversation(open[0].handle()).state());
        assertThat(home.parley().server().health().reasons()).hasSize(1);
        String doubt = "SELECT GROUP_COUNT + SENT_MESSAGES FROM PARLEY.IN_DOUBT_BRANCHES";
        try (ResultSet at = client.sql().createStatement().executeQuery(doubt)) {
            assertThat(at.next() ? at.getInt(1) : 0).isEqualTo(2 + 2);
        }
        recover(xid, commit);
        assertThat(texts(desk.receive(THERE))).isEqualTo(commit ? List.of("<a/>", "b") : List.of());
        assertThat(client.endpoints()).hasSize(commit ? 2 : 0);
        if (commit) {
            client.conversation(open[0].handle()).send(Expenses.NOTE, "c");
            assertThat(desk.receive(THERE)).extracting(Message::sequenceNumber).containsExactly(2L);
        }
        endAll();
        client.catalog().dropService(Expenses.DESK);
    }

    /** The group of a conversation that is beginning stays locked, though it had none before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConversationBegunInAnExistingGroup(boolean commit) throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID group = open.groupId();
        UUID there = farOf(open.conversationId());
        TestXid xid = prepare(client, () -> client.begin(Expenses.dialog().inGroup(group)));
        restart();
        desk.conversation(there).send(Expenses.ANSWER);
        assertThat(client.receive(HERE)).isEmpty();
        recover(xid, commit);
        assertThat(client.receive(HERE)).hasSize(1);
        assertThat(client.endpoints().stream().filter(side -> side.groupId().equals(group)))
                .hasSize(commit ? 2 : 1);
        endAll();
    }

    /** Both groups of a move are locked, and what it has moved is where it was. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMoveInDoubt(boolean commit) throws Exception {
        Conversation one = Expenses.submit(client, "<a/>");
        Conversation two = Expenses.submit(client, "<b/>");
        UUID from = one.groupId();
        UUID to = two.groupId();
        UUID there = farOf(one.conversationId());
        desk.conversation(there).send(Expenses.NOTE, "before");
        TestXid xid = prepare(client, () -> one.moveTo(to));
        restart();
        assertThat(client.endpoints(client.endpoints().get(0).conversationId())
                        .get(0)
                        .groupId())
                .isEqualTo(from);
        desk.conversation(there).send(Expenses.NOTE, "after");
        assertThat(client.receive(HERE)).isEmpty();
        isLocked(one.handle());
        isLocked(two.handle());
        recover(xid, commit);
        assertThat(client.conversation(one.handle()).groupId()).isEqualTo(commit ? to : from);
        assertThat(texts(client.receive(HERE.ofGroup(commit ? to : from)))).containsExactly("before", "after");
        restart();
        assertThat(client.conversation(one.handle()).groupId()).isEqualTo(commit ? to : from);
        endAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messagesReceivedInDoubt(boolean commit) throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        open.send(Expenses.NOTE, "b");
        Expenses.submit(client, "<other/>");
        UUID conversation = open.conversationId();
        UUID there = farOf(conversation);
        TestXid xid = prepare(desk, () -> {
            assertThat(desk.receive(THERE)).hasSize(2);
            desk.conversation(there).send(Expenses.NOTE, "reply");
        });
        restart();
        assertThat(texts(desk.receive(THERE))).containsExactly("<other/>");
        assertThat(desk.receive(THERE.ofConversation(there))).isEmpty();
        assertThat(client.receive(HERE)).isEmpty();
        isLocked(there);
        // the other side is free, and goes on with the next number
        client.conversation(open.handle()).send(Expenses.NOTE, "c");
        assertThat(client.endpoints(conversation).get(0).sendSequence()).isEqualTo(3);
        recover(xid, commit);
        assertThat(texts(desk.receive(THERE))).isEqualTo(commit ? List.of("c") : List.of("<a/>", "b", "c"));
        assertThat(texts(client.receive(HERE))).isEqualTo(commit ? List.of("reply") : List.of());
        desk.conversation(there).send(Expenses.NOTE, "next");
        assertThat(client.receive(HERE)).extracting(Message::sequenceNumber).containsExactly(commit ? 1L : 0L);
        endAll();
    }

    /** The next number is right also after another restart, with the transaction still in doubt. */
    @Test
    void inDoubtOverSeveralRestarts() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = farOf(open.conversationId());
        TestXid xid = prepare(desk, () -> desk.receive(THERE));
        for (int i = 0; i < 3; i++) {
            restart();
            client.conversation(open.handle()).send(Expenses.NOTE, "after " + i);
            assertThat(desk.receive(THERE)).isEmpty();
        }
        recover(xid, false);
        assertThat(texts(desk.receive(THERE.ofConversation(there))))
                .containsExactly("<a/>", "after 0", "after 1", "after 2");
        endAll();
    }

    /** END, WITH ERROR and WITH CLEANUP in doubt, while the other side goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"end", "end and messages", "error", "cleanup"})
    void anEndInDoubt(String how) throws Exception {
        for (boolean commit : new boolean[] {true, false}) {
            Conversation open = Expenses.submit(client, "<a/>");
            UUID conversation = open.conversationId();
            UUID there = farOf(conversation);
            desk.conversation(there).send(Expenses.NOTE, "unread");
            TestXid xid = prepare(client, () -> {
                open.timer(DAY);
                switch (how) {
                    case "error" -> open.endWithError(5, "five");
                    case "cleanup" -> open.cleanup();
                    default -> open.end();
                }
            });
            restart();
            assertThat(client.endpoints(conversation).get(0).state()).isEqualTo(ConversationState.CONVERSING);
            assertThat(texts(desk.receive(THERE))).containsExactly("<a/>");
            isLocked(open.handle());
            if (!how.equals("end")) {
                desk.conversation(there).send(Expenses.NOTE, "late");
            }
            recover(xid, commit);
            if (commit) {
                ended(how, open.handle(), there);
            } else {
                List<String> unread = how.equals("end") ? List.of("unread") : List.of("unread", "late");
                assertThat(texts(client.receive(HERE))).isEqualTo(unread);
                client.conversation(open.handle()).end();
                assertThat(desk.receive(THERE)).hasSize(1);
            }
            desk.conversation(there).end();
            home.awaitNothingLeft();
        }
    }

    private void ended(String how, UUID here, UUID there) {
        if (how.equals("cleanup")) {
            Failing.with(8426, () -> client.conversation(here).state());
            desk.conversation(there).send(Expenses.NOTE, "still there?");
            List<Message> told = desk.receive(THERE.waiting(DAY));
            assertThat(told.get(0).error().code()).isEqualTo(-8462);
            return;
        }
        List<Message> told = desk.receive(THERE);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).isError()).isEqualTo(how.equals("error"));
        assertThat(desk.conversation(there).state())
                .isEqualTo(how.equals("error") ? ConversationState.ERROR : ConversationState.DISCONNECTED_INBOUND);
        assertThat(client.conversation(here).state()).isEqualTo(ConversationState.CLOSED);
    }

    /** The end of the second side, which removes both rows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLastEndInDoubt(boolean commit) throws Exception {
        Conversation first = client.begin(Expenses.dialog());
        first.send(Expenses.SUBMIT, "<a/>");
        Conversation related = client.begin(Expenses.dialog().relatedTo(first.handle()));
        related.send(Expenses.SUBMIT, "<b/>");
        UUID there = farOf(first.conversationId());
        UUID relatedThere = farOf(related.conversationId());
        first.end();
        TestXid xid = prepare(desk, () -> desk.conversation(there).end());
        restart();
        assertThat(desk.receive(THERE.ofConversation(there))).isEmpty();
        // only the group that the transaction held is locked, not that of the side that had ended before
        client.conversation(related.handle()).send(Expenses.NOTE, "c");
        recover(xid, commit);
        assertThat(client.endpoints()).hasSize(commit ? 2 : 4);
        assertThat(texts(desk.receive(THERE.ofConversation(relatedThere)))).containsExactly("<b/>", "c");
        if (!commit) {
            List<Message> back = desk.receive(THERE.ofConversation(there));
            assertThat(texts(back)).containsExactly("<a/>", null);
            assertThat(back.get(1).isEndDialog()).isTrue();
        }
        endAll();
    }

    /** Two transactions in doubt, one of which removes the row of a side in the group that the other holds. */
    @Test
    void twoInDoubtThatTouchTheSameGroup() throws Exception {
        Conversation first = client.begin(Expenses.dialog());
        first.send(Expenses.SUBMIT, "<a/>");
        Conversation related = client.begin(Expenses.dialog().relatedTo(first.handle()));
        related.send(Expenses.SUBMIT, "<b/>");
        UUID there = farOf(first.conversationId());
        UUID relatedThere = farOf(related.conversationId());
        first.end();
        TestXid one = prepare(client, () -> related.send(Expenses.NOTE, "c"));
        TestXid two = prepare(desk, () -> desk.conversation(there).end());
        restart();
        isLocked(related.handle());
        assertThat(texts(desk.receive(THERE.ofConversation(relatedThere)))).containsExactly("<b/>");
        recover(two, true);
        isLocked(related.handle());
        recover(one, true);
        assertThat(texts(desk.receive(THERE.ofConversation(relatedThere)))).containsExactly("c");
        endAll();
    }

    /** The outcome must not wait for what the other side is doing at the moment. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOutcomeWaitsForNobody(boolean commit) throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = farOf(open.conversationId());
        TestXid xid = prepare(client, () -> open.send(Expenses.NOTE, "b"));
        restart();
        desk.begin();
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>");
        desk.conversation(there).send(Expenses.NOTE, "reply");
        desk.sql().createStatement().execute("VALUES 1");
        recover(xid, commit);
        assertThat(home.heard().lines("failed")).isEmpty();
        desk.conversation(there).send(Expenses.NOTE, "more");
        desk.commit();
        assertThat(texts(client.receive(HERE))).containsExactly("reply", "more");
        assertThat(texts(desk.receive(THERE))).isEqualTo(commit ? List.of("b") : List.of());
        endAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTimerInDoubt(boolean commit) throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        open.timer(DAY.multipliedBy(3));
        UUID[] begun = new UUID[1];
        TestXid xid = prepare(client, () -> {
            open.timer(DAY);
            Conversation other = client.begin(Expenses.dialog());
            other.timer(DAY);
            begun[0] = other.handle();
        });
        restart();
        home.clock().advance(DAY);
        recover(xid, commit);
        Set<UUID> rung = new LinkedHashSet<>();
        if (commit) {
            rung.add(client.receive(HERE.waiting(DAY)).get(0).conversationHandle());
            rung.add(client.receive(HERE.waiting(DAY)).get(0).conversationHandle());
            assertThat(rung).containsExactlyInAnyOrder(open.handle(), begun[0]);
        } else {
            home.clock().advance(DAY);
            assertThat(client.receive(HERE)).isEmpty();
            home.clock().advance(DAY);
            assertThat(client.receive(HERE.waiting(DAY)).get(0).isTimer()).isTrue();
        }
        endAll();
    }

    /** Messages for a service that isn't there: those of before, and those in doubt. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitingMessagesInDoubt(boolean commit) throws Exception {
        Dialog later = Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT);
        Conversation early = client.begin(later);
        early.send(Expenses.SUBMIT, "<early/>");
        Conversation timed = client.begin(later);
        timed.send(Expenses.SUBMIT, "<timed/>");
        TestXid xid = prepare(client, () -> {
            early.send(Expenses.NOTE, "in doubt");
            timed.timer(DAY);
            client.begin(later).send(Expenses.SUBMIT, "<begun/>");
        });
        restart();
        client.catalog()
                .define("CREATE QUEUE LaterQueue; CREATE SERVICE [//later] ON QUEUE LaterQueue ("
                        + "[//Adventure-Works.com/Expenses/ExpenseSubmission])");
        recover(xid, commit);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < (commit ? 3 : 2); i++) {
            all.addAll(texts(desk.receive(Receive.from("LaterQueue").waiting(DAY))));
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        commit
                                ? List.of("<early/>", "in doubt", "<timed/>", "<begun/>")
                                : List.of("<early/>", "<timed/>"));
        endAll();
    }

    /** An Error that was received in doubt, and one that a refused message has caused. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void errorsInDoubt(boolean commit) throws Exception {
        Conversation failed = Expenses.submit(client, "<a/>");
        desk.conversation(farOf(failed.conversationId())).endWithError(1, "one");
        Conversation refused = Expenses.submit(client, "<b/>");
        TestXid xid = prepare(client, () -> {
            assertThat(client.receive(HERE)).hasSize(1);
            refused.send(Expenses.SUBMIT, "no xml");
        });
        restart();
        assertThat(client.endpoints().get(0).state()).isEqualTo(ConversationState.ERROR);
        assertThat(client.endpoints().get(2).state()).isEqualTo(ConversationState.CONVERSING);
        assertThat(client.endpoints().get(3).state()).isEqualTo(ConversationState.CONVERSING);
        assertThat(texts(desk.receive(THERE))).containsExactly("<b/>");
        recover(xid, commit);
        List<Message> here = client.receive(HERE);
        assertThat(here.get(0).error().code()).isEqualTo(commit ? -9615 : 1);
        assertThat(client.conversation(failed.handle()).state()).isEqualTo(ConversationState.ERROR);
        assertThat(desk.receive(THERE)).hasSize(commit ? 1 : 0);
        assertThat(client.conversation(refused.handle()).state())
                .isEqualTo(commit ? ConversationState.ERROR : ConversationState.CONVERSING);
        endAll();
    }

    /** Only tables of the application have changed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tablesInDoubt(boolean commit) throws Exception {
        client.sql().createStatement().execute("CREATE TABLE BOOK (ID INT PRIMARY KEY)");
        TestXid xid = prepare(client, () -> client.sql().createStatement().execute("INSERT INTO BOOK VALUES (1)"));
        restart();
        recover(xid, commit);
        assertThat(client.sql().createStatement().executeUpdate("DELETE FROM BOOK"))
                .isEqualTo(commit ? 1 : 0);
    }

    @Test
    void outcomesThatNobodyAskedForAreTold() throws Exception {
        TestXid xid = prepare(client, () -> client.begin(Expenses.dialog()));
        restart();
        XAResource resource = client.channel().xaResource();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> resource.commit(TestXid.of(77, 1), false),
                () -> resource.commit(TestXid.of(1, 2), false),
                () -> resource.rollback(TestXid.of(77, 1)))) {
            Throwable thrown = catchThrowable(call);
            assertThat(thrown).isInstanceOf(XAException.class);
            assertThat(((XAException) thrown).errorCode).isEqualTo(XAException.XAER_NOTA);
        }
        Throwable again = catchThrowable(() -> resource.start(xid, XAResource.TMNOFLAGS));
        assertThat(((XAException) again).errorCode).isEqualTo(XAException.XAER_DUPID);
        recover(xid, true);
        recoveredAlready(resource, xid);
        endAll();
    }

    private static void recoveredAlready(XAResource resource, TestXid xid) {
        Throwable again = catchThrowable(() -> resource.commit(xid, false));
        assertThat(((XAException) again).errorCode).isEqualTo(XAException.XAER_NOTA);
    }

    /** What is left of a transaction that was committed just before the end is nobody's, and written over. */
    @Test
    void aManifestOfTheCommittedIsNobodys() throws Exception {
        TestXid xid = prepare(client, () -> client.begin(Expenses.dialog()));
        client.channel().xaResource().commit(xid, false);
        restart();
        assertThat(home.manifestSlots()).isOne();
        assertThat(client.endpoints()).hasSize(1);
        TestXid next = prepare(client, () -> client.begin(Expenses.dialog()));
        client.channel().xaResource().commit(next, false);
        assertThat(home.manifestSlots()).isOne();
        endAll();
    }
}
