package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.Message;
import org.parley.engine.Expenses;

/** SEND; service-broker.md, section 5.2. Errors of the statement are in {@link Section05ErrorsTest}. */
class Section05SendTest extends ExpenseDialogs {

    @Test
    void sendsOnSeveralConversationsArriveOnEach() throws Exception {
        Conversation first = submitted("<a/>");
        Conversation fresh = client.begin(Expenses.dialog());
        client.send(List.of(first.handle(), fresh.handle()), Expenses.SUBMIT, "<b/>".getBytes());
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>", "<b/>");
        List<Message> other = desk.receive(THERE);
        assertThat(texts(other)).containsExactly("<b/>");
        assertThat(other.get(0).sequenceNumber()).isZero();
    }

    @Test
    void aLargeBodyArrivesWhole() throws Exception {
        byte[] body = new byte[300_000];
        new Random(7).nextBytes(body);
        Conversation first = submitted("<a/>");
        first.send(Expenses.NOTE, body);
        home.restart();
        desk = home.connect();
        assertThat(desk.receive(THERE).get(1).body()).isEqualTo(body);
        assertThat(home.rows()).doesNotContainKeys("MESSAGES", "BODIES");
    }
}
