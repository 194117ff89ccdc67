package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;

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
}
