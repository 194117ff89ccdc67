package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

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
        byte[] body = new byte[600_000];
        new Random(7).nextBytes(body);
        Conversation first = submitted("<a/>");
        first.send(Expenses.NOTE, body);
        home.restart();
        desk = home.connect();
        assertThat(desk.receive(THERE).get(1).body()).isEqualTo(body);
        assertThat(home.rows()).doesNotContainKeys("MESSAGES", "BODIES");
    }

    @Test
    void theFirstSendConversesAndLaterOnesKeepTheirOrder() throws Exception {
        Conversation open = client.begin(Expenses.dialog());
        open.send(Expenses.SUBMIT, "<a/>");
        for (int i = 0; i < 20; i++) {
            open.send(Expenses.NOTE, "" + i);
        }
        List<Message> received = desk.receive(THERE);
        assertThat(received).extracting(Message::sequenceNumber).isSorted().hasSize(21);
        assertThat(texts(received)).startsWith("<a/>", "0", "1").endsWith("18", "19");
    }

    @Test
    void aBodyThatIsLeftOutIsNoBodyAndSoIsOneOfLengthZero() throws Exception {
        Conversation open = submitted("<a/>");
        open.send(Expenses.NOTE);
        open.send(Expenses.NOTE, new byte[0]);
        open.send(Expenses.NOTE, "");
        assertThat(desk.receive(THERE).subList(1, 4)).extracting(Message::body).containsOnlyNulls();
    }

    @Test
    void severalHandlesAreAllOrNothingAlsoInARollback() throws Exception {
        Conversation first = submitted("<a/>");
        Conversation second = submitted("<b/>");
        desk.receive(THERE);
        desk.receive(THERE);
        client.begin();
        client.send(List.of(first.handle(), second.handle()), Expenses.NOTE, new byte[] {1});
        client.rollback();
        Failing.with(8435, () -> client.send(List.of(first.handle(), UUID.randomUUID()), Expenses.NOTE, null));
        assertThat(desk.receive(THERE)).isEmpty();
    }

    /** Each conversation is locked apart: what commits first stands first. */
    @Test
    void theOrderIsThatOfTheSendsThatCommit() throws Exception {
        Conversation open = submitted("<a/>");
        UUID handle = open.handle();
        LocalConnection other = home.connect();
        client.begin();
        open.send(Expenses.NOTE, "first");
        Other<Void> waits = Other.runs("waits", () -> other.conversation(handle).send(Expenses.NOTE, "second"))
                .awaitAsleep();
        open.send(Expenses.NOTE, "first again");
        client.commit();
        waits.result();
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>", "first", "first again", "second");
    }

    @Test
    void whatIsWrongAtTheTargetFailsNoSend() throws Exception {
        desk.catalog().setQueueStatus(Expenses.DESK_QUEUE, false);
        submitted("<off/>").send(Expenses.NOTE, "b");
        desk.catalog().setQueueStatus(Expenses.DESK_QUEUE, true);
        assertThat(desk.receive(THERE)).hasSize(2);
        Conversation nowhere =
                client.begin(Dialog.between(Expenses.CLIENT, "//nowhere").on(Expenses.CONTRACT));
        nowhere.send(Expenses.SUBMIT, "<waits/>");
        nowhere.send(Expenses.NOTE, "waits too");
        submitted("wrong body");
        assertThat(nowhere.state().code()).isEqualTo("CO");
        assertThat(codes(client.receive(HERE))).containsExactly(-9615);
    }

    @Test
    void theMessageTypeMayBeTheDefaultOne() {
        client.catalog().define("CREATE SERVICE [//open] ON QUEUE ExpenseQueue ([DEFAULT]);");
        client.begin(Dialog.between(Expenses.CLIENT, "//open")).send("DEFAULT", "anything");
        assertThat(types(desk.receive(THERE))).containsExactly("DEFAULT");
    }
}
