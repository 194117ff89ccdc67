package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;
import org.parley.engine.Other;

/** Transactions; service-broker.md, section 6. */
class Section06TransactionsTest extends ExpenseDialogs {

    @Test
    void rollbackUndoesEverything() throws Exception {
        client.begin();
        Conversation conversation = client.begin(Expenses.dialog());
        conversation.send(Expenses.SUBMIT, "<expense/>");
        client.rollback();
        assertThat(client.endpoints()).isEmpty();
        assertThat(desk.receive(Receive.from(Expenses.DESK_QUEUE))).isEmpty();
        assertThatThrownBy(conversation::state)
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(8426));

        Expenses.submit(client, "<expense/>");
        desk.begin();
        assertThat(desk.receive(Receive.from(Expenses.DESK_QUEUE))).hasSize(1);
        assertThat(desk.receive(Receive.from(Expenses.DESK_QUEUE))).isEmpty();
        desk.rollback();
        assertThat(desk.receive(Receive.from(Expenses.DESK_QUEUE))).hasSize(1);
    }

    @Test
    void restartKeepsMessagesAndNumbers() throws Exception {
        Conversation submitted = Expenses.submit(client, "<expense/>");
        client.conversation(submitted.handle()).send(Expenses.NOTE, "one");
        desk.receive(Receive.from(Expenses.DESK_QUEUE).top(1));
        restart();
        client.conversation(submitted.handle()).send(Expenses.NOTE, "two");
        List<Message> rest = desk.receive(Receive.from(Expenses.DESK_QUEUE));
        assertThat(rest).extracting(Message::text).containsExactly("one", "two");
        assertThat(rest).extracting(Message::sequenceNumber).containsExactly(1L, 2L);
        restart();
        assertThat(client.endpoints().get(0).sendSequence()).isEqualTo(3);
    }

    /** BEGIN, SEND, RECEIVE, END in its variants, MOVE and TIMER, all in one transaction that is rolled back. */
    @Test
    void aRollbackUndoesEveryStatement() throws Exception {
        List<Conversation> open = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Conversation each = submitted("<a/>");
            far(each).send(Expenses.NOTE, "unread");
            open.add(each);
        }
        UUID group = open.get(5).groupId();
        List<String> before = home.dump();
        List<ConversationEndpoint> shown = client.endpoints();
        client.begin();
        client.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<new/>");
        assertThat(client.receive(HERE.ofConversation(open.get(0).handle()))).hasSize(1);
        open.get(0).send(Expenses.NOTE, "x");
        open.get(1).end();
        open.get(2).endWithError(1, "x");
        open.get(3).cleanup();
        open.get(4).timer(MINUTE);
        open.get(5).moveTo(open.get(4).groupId());
        client.rollback();
        assertThat(home.dump()).isEqualTo(before);
        assertThat(client.endpoints()).isEqualTo(shown);
        assertThat(open.get(5).groupId()).isEqualTo(group);
        home.clock().advance(MINUTE);
        for (int i = 0; i < 6; i++) {
            assertThat(texts(client.receive(HERE))).containsExactly("unread");
        }
        assertThat(client.receive(HERE)).isEmpty();
    }

    @Test
    void aSendCanBeReceivedAfterItsCommitOnly() throws Exception {
        Conversation open = submitted("<a/>");
        client.begin();
        open.send(Expenses.NOTE, "b");
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>");
        Other<List<Message>> reader =
                Other.does("reader", () -> desk.receive(THERE.waiting(null))).awaitAsleep();
        client.commit();
        assertThat(texts(reader.result())).containsExactly("b");
    }

    /** Both sides in one transaction: what was sent in it can't be received in it. */
    @Test
    void whatIsSentInATransactionIsNotReceivedInIt() throws Exception {
        client.begin();
        client.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<a/>");
        assertThat(client.receive(THERE)).isEmpty();
        client.commit();
        assertThat(client.receive(THERE)).hasSize(1);
    }

    @Test
    void aReceiveRemovesAtItsCommitOnly() throws Exception {
        submitted("<a/>");
        desk.begin();
        assertThat(desk.receive(THERE)).hasSize(1);
        restart();
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void allStateSurvivesARestart() throws Exception {
        Conversation open = submitted(Duration.ofHours(1));
        far(open).send(Expenses.NOTE, "unread");
        open.timer(Duration.ofMinutes(30));
        submitted("<ended/>").end();
        List<ConversationEndpoint> before = client.endpoints();
        restart();
        assertThat(client.endpoints()).isEqualTo(before);
        assertThat(texts(client.receive(HERE))).containsExactly("unread");
        home.clock().advance(Duration.ofMinutes(30));
        assertThat(client.receive(HERE_SOON)).singleElement().matches(Message::isTimer);
    }

    /** No transaction spans both sides: the target's rollback changes nothing at the initiator. */
    @Test
    void noTransactionSpansBothSides() throws Exception {
        Conversation open = submitted("<a/>");
        Conversation far = far(open);
        desk.begin();
        desk.receive(THERE);
        far.send(Expenses.ANSWER);
        open.send(Expenses.NOTE, "meanwhile");
        open.timer(MINUTE);
        desk.rollback();
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>", "meanwhile");
    }
}
