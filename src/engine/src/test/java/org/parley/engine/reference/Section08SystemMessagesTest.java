package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;

/** System messages and their bodies; service-broker.md, section 8. */
class Section08SystemMessagesTest extends ExpenseDialogs {

    @Test
    void anErrorOvertakesAndEndsTheDialog() throws Exception {
        Conversation submitted = Expenses.submit(client, "<expense/>");
        client.conversation(submitted.handle()).endWithError(7, "not <needed> any 'more'");
        List<Message> received = desk.receive(Receive.from(Expenses.DESK_QUEUE));
        assertThat(received).hasSize(2);
        assertThat(received.get(0).isError()).isTrue();
        assertThat(received.get(0).error().code()).isEqualTo(7);
        assertThat(received.get(0).error().description()).isEqualTo("not <needed> any 'more'");
        assertThat(received.get(0).sequenceNumber()).isEqualTo(1);
        UUID handle = received.get(0).conversationHandle();
        assertThat(desk.conversation(handle).state()).isEqualTo(ConversationState.ERROR);
        restart();
        assertThat(desk.conversation(handle).state()).isEqualTo(ConversationState.ERROR);
        assertThatThrownBy(() -> desk.conversation(handle).send(Expenses.ANSWER))
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(8429));
        desk.conversation(handle).end();
        assertThat(client.endpoints()).isEmpty();
    }

    @Test
    void aBodyThatIsNotXmlComesBackAsError() throws Exception {
        Conversation submitted = Expenses.submit(client, "<expense>");
        Message error = client.receive(Receive.from(Expenses.CLIENT_QUEUE)).get(0);
        assertThat(error.error().code()).isEqualTo(-9615);
        assertThat(error.sequenceNumber()).isEqualTo(-1);
        assertThat(client.conversation(submitted.handle()).state()).isEqualTo(ConversationState.ERROR);
        assertThat(desk.receive(Receive.from(Expenses.DESK_QUEUE))).isEmpty();
        client.conversation(submitted.handle()).end();
        assertThat(client.endpoints()).isEmpty();
    }
}
