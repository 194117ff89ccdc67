package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;

/** A dialog inside one database; service-broker.md, sections 3, 5 and 8. */
class DialogTest {

    @TempDir
    Path home;

    private Parley parley;
    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void open() {
        parley = Parley.open(home);
        client = parley.connect("db");
        desk = parley.connect("db");
        Expenses.define(client);
    }

    @AfterEach
    void close() {
        parley.close();
    }

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
        parley.close();
        open();
        client.conversation(submitted.handle()).send(Expenses.NOTE, "two");
        List<Message> rest = desk.receive(Receive.from(Expenses.DESK_QUEUE));
        assertThat(rest).extracting(Message::text).containsExactly("one", "two");
        assertThat(rest).extracting(Message::sequenceNumber).containsExactly(1L, 2L);
        parley.close();
        open();
        assertThat(client.endpoints().get(0).sendSequence()).isEqualTo(3);
    }

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
        parley.close();
        open();
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

    @Test
    void waitingReceiveIsWokenByCommit() throws Exception {
        Thread reader = new Thread(() -> {
            List<Message> got = desk.receive(Receive.from(Expenses.DESK_QUEUE).waiting(Duration.ofSeconds(20)));
            assertThat(got).hasSize(1);
            desk.conversation(got.get(0).conversationHandle()).send(Expenses.ANSWER);
        });
        reader.start();
        Expenses.submit(client, "<expense/>");
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE).waiting(Duration.ofSeconds(20))))
                .hasSize(1);
        reader.join();
    }

    private List<ConversationState> states() {
        return client.endpoints().stream().map(ConversationEndpoint::state).toList();
    }
}
