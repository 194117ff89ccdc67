package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.testkit.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Message;
import org.parley.Receive;
import org.parley.SystemMessageTypes;
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

    @Test
    void theBodyOfAnErrorIsTheDocumentedXmlInUtf16() throws Exception {
        submitted("<a/>").endWithError(12, "it's <bad> & \u00e4");
        byte[] body = desk.receive(THERE.top(1)).get(0).body();
        assertThat(body[0]).isEqualTo((byte) 0xff);
        assertThat(body[1]).isEqualTo((byte) 0xfe);
        assertThat(new String(body, 2, body.length - 2, StandardCharsets.UTF_16LE))
                .isEqualTo(
                        "<?xml version=\"1.0\"?><Error xmlns=\"http://schemas.microsoft.com/SQL/ServiceBroker/Error\">"
                                + "<Code>12</Code><Description>it&apos;s &lt;bad&gt; &amp; \u00e4</Description></Error>");
    }

    @Test
    void endAndTimerHaveNoBodyAndTheValidationEmpty() throws Exception {
        Conversation open = submitted("<a/>");
        open.timer(MINUTE);
        far(open).end();
        home.clock().advance(MINUTE);
        eventually().holds("both", () -> client.endpoints().get(0).waitingMessages() == 2);
        List<String> rows = new ArrayList<>();
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT MESSAGE_TYPE_NAME, VALIDATION FROM ExpenseClientQueue")) {
            while (at.next()) {
                rows.add(at.getString(1) + " " + at.getString(2).strip());
            }
        }
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        SystemMessageTypes.DIALOG_TIMER + " E", SystemMessageTypes.END_DIALOG + " E");
        assertThat(client.receive(HERE_SOON)).extracting(Message::body).containsOnlyNulls();
    }

    @Test
    void systemTypeNamesHaveHttp() {
        assertThat(List.of(SystemMessageTypes.ERROR, SystemMessageTypes.END_DIALOG, SystemMessageTypes.DIALOG_TIMER))
                .containsExactly(
                        "http://schemas.microsoft.com/SQL/ServiceBroker/Error",
                        "http://schemas.microsoft.com/SQL/ServiceBroker/EndDialog",
                        "http://schemas.microsoft.com/SQL/ServiceBroker/DialogTimer");
    }

    @Test
    void codesOfTheApplicationArePositiveThoseOfTheBrokerNegative() throws Exception {
        submitted("<a/>").endWithError(Integer.MAX_VALUE, "largest");
        assertThat(codes(desk.receive(THERE))).containsExactly(Integer.MAX_VALUE);
        submitted("no xml");
        Message error = client.receive(HERE).get(0);
        assertThat(error.error().code()).isEqualTo(-9615);
        assertThat(error.error().description()).contains(Expenses.SUBMIT);
    }

    @Test
    void theEndKeepsItsPlaceTheErrorComesBeforeAllAndTheTimerBeforeIt() throws Exception {
        Conversation open = submitted("<a/>");
        Conversation far = far(open);
        far.timer(MINUTE);
        open.send(Expenses.NOTE, "b");
        open.end();
        home.clock().advance(MINUTE);
        eventually().holds("the timer", () -> client.endpoints().get(1).waitingMessages() == 4);
        List<Message> received = desk.receive(THERE_SOON);
        assertThat(received).extracting(Message::isTimer).containsExactly(true, false, false, false);
        assertThat(received.get(3).isEndDialog()).isTrue();
        assertThat(received).extracting(Message::sequenceNumber).containsExactly(-1L, 0L, 1L, 2L);
    }
}
