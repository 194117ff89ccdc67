package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/**
 * Poison messages; service-broker.md, section 12. What counts and what doesn't, transaction by transaction, is in
 * {@link org.parley.engine.queue.QueueStatusTest}.
 */
class Section12PoisonMessagesTest extends ExpenseDialogs {

    private static final String OFF = "queue off: " + Expenses.DESK_QUEUE;

    private boolean on(String queue) {
        return desk.catalog().queue(queue).orElseThrow().on();
    }

    private void rollBack(LocalConnection reader, int times) {
        for (int i = 0; i < times; i++) {
            reader.begin();
            assertThat(reader.receive(THERE.top(1))).hasSize(1);
            reader.rollback();
        }
    }

    /** The counter belongs to the queue: whose message and which session doesn't matter. */
    @Test
    void theCounterBelongsToTheQueue() throws Exception {
        Conversation one = submitted("<a/>");
        Conversation two = submitted("<b/>");
        LocalConnection other = home.connect();
        for (int i = 0; i < 5; i++) {
            LocalConnection reader = i % 2 == 0 ? desk : other;
            Conversation named = i % 2 == 0 ? one : two;
            reader.begin();
            assertThat(reader.receive(THERE.ofConversation(farOf(named)))).hasSize(1);
            assertThat(on(Expenses.DESK_QUEUE)).isTrue();
            reader.rollback();
        }
        home.heard().await(OFF);
        assertThat(on(Expenses.CLIENT_QUEUE)).isTrue();
    }

    /** Nothing turns it on again but ALTER QUEUE: no time, no message and no restart. */
    @Test
    void nothingButAlterTurnsTheQueueOnAgain() throws Exception {
        submitted("<poison/>");
        rollBack(desk, 5);
        home.heard().await(OFF);
        home.clock().advance(MINUTE.multipliedBy(1000));
        submitted("<another/>");
        restart();
        Failing.with(9617, () -> desk.receive(THERE));
        desk.catalog().define("ALTER QUEUE ExpenseQueue WITH STATUS = ON");
        assertThat(texts(desk.receive(THERE))).containsExactly("<poison/>");
        assertThat(texts(desk.receive(THERE))).containsExactly("<another/>");
    }

    /** To remove it is to end its conversation with an error; the reader then gets nothing for it. */
    @Test
    void aPoisonMessageIsRemovedByEndingItsConversationWithAnError() throws Exception {
        Conversation poison = submitted("<poison/>");
        Conversation good = submitted("<good/>");
        rollBack(desk, 4);
        far(poison).endWithError(100, "can't be processed");
        List<Message> next = desk.receive(THERE);
        assertThat(texts(next)).containsExactly("<good/>");
        assertThat(codes(client.receive(HERE))).containsExactly(100);
        poison.end();
        good.end();
        endAll();
    }

    /** Nothing is lost: what had been received five times is there when the queue is on. */
    @Test
    void allMessagesAreThereAfterwards() throws Exception {
        Conversation open = submitted("<a/>");
        open.send(Expenses.NOTE, "b");
        rollBack(desk, 5);
        home.heard().await(OFF);
        desk.catalog().setQueueStatus(Expenses.DESK_QUEUE, true);
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>", "b");
    }
}
