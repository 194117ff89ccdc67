package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;

/** What the seed document "Dialog Conversations" says, sentence by sentence. */
class SeedDialogsTest extends ExpenseDialogs {

    @Test
    void aWholeDialogLeavesNothing() throws Exception {
        Conversation submitted = Expenses.submit(client, "<expense/>");
        assertThat(states()).containsExactly(ConversationState.CONVERSING, ConversationState.CONVERSING);

        desk.begin();
        List<Message> received = desk.receive(Receive.from(Expenses.DESK_QUEUE));
        assertThat(received).hasSize(1);
        Message request = received.get(0);
        assertThat(request.messageType()).isEqualTo(Expenses.SUBMIT);
        assertThat(request.text()).isEqualTo("<expense/>");
        assertThat(request.sequenceNumber()).isZero();
        assertThat(request.serviceName()).isEqualTo(Expenses.DESK);
        desk.conversation(request.conversationHandle()).send(Expenses.ANSWER);
        desk.commit();

        client.begin();
        Message answer = client.receive(Receive.from(Expenses.CLIENT_QUEUE)).get(0);
        assertThat(answer.conversationHandle()).isEqualTo(submitted.handle());
        assertThat(answer.body()).isNull();
        client.conversation(answer.conversationHandle()).end();
        client.commit();
        assertThat(states()).containsExactly(ConversationState.CLOSED, ConversationState.DISCONNECTED_INBOUND);

        desk.begin();
        Message end = desk.receive(Receive.from(Expenses.DESK_QUEUE)).get(0);
        assertThat(end.isEndDialog()).isTrue();
        desk.conversation(end.conversationHandle()).end();
        desk.commit();
        assertThat(client.endpoints()).isEmpty();
    }
}
