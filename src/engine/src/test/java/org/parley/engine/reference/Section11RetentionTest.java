package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.Message;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Select;
import org.parley.spi.ActivationConfig;

/** RETENTION of a queue: what is kept, and until when; service-broker.md, sections 1.5, 5.2, 5.7 and 11. */
class Section11RetentionTest extends RetainingQueues {

    @Test
    void receivedMessagesStayWithStatus0AndSentOnesAreCopiedWithStatus3() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        assertThat(shown(Expenses.CLIENT_QUEUE)).containsExactly("3|0|SubmitExpense|4");
        assertThat(shown(Expenses.DESK_QUEUE)).containsExactly("1|0|SubmitExpense|4");
        desk.inTransaction(() -> {
            Message received = desk.receive(THERE).get(0);
            desk.conversation(received.conversationHandle()).send(Expenses.ANSWER);
            desk.conversation(received.conversationHandle()).send(Expenses.NOTE, "note");
            return null;
        });
        open.send(Expenses.NOTE, "more");
        assertThat(shown(Expenses.CLIENT_QUEUE))
                .containsExactly("3|0|SubmitExpense|4", "1|0|ExpenseAnswer|-", "1|1|Note|4", "3|1|Note|4");
        assertThat(shown(Expenses.DESK_QUEUE))
                .containsExactly("0|0|SubmitExpense|4", "3|0|ExpenseAnswer|-", "3|1|Note|4", "1|1|Note|4");
        assertThat(Select.rows(
                        client,
                        "SELECT Q.PRIORITY, Q.SERVICE_NAME, Q.SERVICE_CONTRACT_NAME, Q.VALIDATION, E.IS_INITIATOR,"
                                + " Q.MESSAGE_ENQUEUE_TIME FROM ExpenseQueue Q JOIN PARLEY.CONVERSATION_ENDPOINTS E"
                                + " ON E.CONVERSATION_HANDLE = Q.CONVERSATION_HANDLE"
                                + " AND E.CONVERSATION_GROUP_ID = Q.CONVERSATION_GROUP_ID WHERE Q.STATUS = 0"))
                .singleElement()
                .asString()
                .startsWith("5|" + Expenses.DESK + "|" + Expenses.CONTRACT + "|X|0|20");
    }

    @Test
    void noneOfThemIsReceivedAgainOrCounted() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(client.getConversationGroup(Expenses.CLIENT_QUEUE, Duration.ZERO))
                .isEmpty();
        assertThat(desk.receive(THERE)).hasSize(1);
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(desk.receive(THERE.ofConversation(there(open)))).isEmpty();
        assertThat(client.endpoints())
                .extracting(endpoint -> endpoint.waitingMessages())
                .containsOnly(0L);
        restart();
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(desk.receive(THERE)).isEmpty();
        desk.conversation(there(open)).send(Expenses.NOTE, "goes on");
        assertThat(client.receive(HERE))
                .singleElement()
                .satisfies(message -> assertThat(message.sequenceNumber()).isZero());
    }

    /** Section 5.7: also what was received and retained leaves the queue of the side that ends, and of no other. */
    @Test
    void allOfThemGoWhenThisSideEnds() throws Exception {
        List<Consumer<Conversation>> ends =
                List.of(Conversation::end, side -> side.endWithError(1, "one"), Conversation::cleanup);
        for (Consumer<Conversation> end : ends) {
            Conversation open = Expenses.submit(client, "<a/>");
            Message received = desk.receive(THERE).get(0);
            Conversation far = desk.conversation(received.conversationHandle());
            far.send(Expenses.NOTE, "kept");
            end.accept(far);
            assertThat(shown(Expenses.DESK_QUEUE)).isEmpty();
            assertThat(shown(Expenses.CLIENT_QUEUE)).contains("3|0|SubmitExpense|4");
            assertThat(home.rows()).containsEntry("RETAINED", 1);
            open.end();
            home.awaitNothingLeft();
        }
    }

    @Test
    void endDialogErrorAndEachTimerAreRetainedToo() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        Conversation far = desk.conversation(there(open));
        for (int i = 0; i < 2; i++) {
            ring(far, 2 + i);
            assertThat(desk.receive(THERE_SOON.top(1)).get(0).isTimer()).isTrue();
        }
        assertThat(shown(Expenses.DESK_QUEUE))
                .containsExactly("1|0|SubmitExpense|4", "0|-1|DialogTimer|-", "0|-1|DialogTimer|-");
        ring(far, 4);
        assertThat(shown(Expenses.DESK_QUEUE))
                .filteredOn(row -> row.startsWith("0"))
                .hasSize(2);
        open.endWithError(7, "no");
        List<Message> all = desk.receive(THERE_SOON);
        assertThat(all).extracting(Message::isError).containsExactly(false, true, false);
        assertThat(shown(Expenses.DESK_QUEUE))
                .hasSize(5)
                .allMatch(row -> row.startsWith("0"))
                .anyMatch(row -> row.contains("Error"));
        far.end();
        Conversation other = Expenses.submit(client, "<b/>");
        desk.receive(THERE);
        other.end();
        assertThat(desk.receive(THERE)).extracting(Message::isEndDialog).containsExactly(true);
        assertThat(shown(Expenses.DESK_QUEUE)).containsExactly("0|0|SubmitExpense|4", "0|1|EndDialog|-");
    }

    @Test
    void longBodiesAndManyMessagesAreKept() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        byte[] large = new byte[200_000];
        Arrays.fill(large, (byte) 'y');
        client.inTransaction(() -> {
            for (int i = 0; i < 300; i++) {
                open.send(Expenses.NOTE, String.valueOf(i));
            }
            open.send(Expenses.NOTE, large);
            return null;
        });
        assertThat(desk.receive(THERE)).hasSize(302);
        for (String queue : List.of(Expenses.CLIENT_QUEUE, Expenses.DESK_QUEUE)) {
            List<String> rows = shown(queue);
            assertThat(rows).hasSize(302);
            assertThat(rows.get(301)).endsWith("|301|Note|200000");
            assertThat(Select.rows(
                            client,
                            "SELECT COUNT(*) FROM " + queue
                                    + " WHERE MESSAGE_SEQUENCE_NUMBER = 301 AND MESSAGE_BODY IS NOT NULL"))
                    .containsExactly("1");
        }
        restart();
        desk.conversation(there(open)).end();
        client.conversation(open.handle()).end();
        home.awaitNothingLeft();
    }

    /** What was retained stays until its conversation ends, though the queue retains nothing new. */
    @Test
    void theOptionIsChangedWhileConversationsGoOn() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        retain(Expenses.CLIENT_QUEUE, false);
        retain(Expenses.DESK_QUEUE, false);
        open.send(Expenses.NOTE, "not kept");
        assertThat(desk.receive(THERE)).hasSize(2);
        assertThat(shown(Expenses.DESK_QUEUE)).isEmpty();
        assertThat(shown(Expenses.CLIENT_QUEUE)).containsExactly("3|0|SubmitExpense|4");
        retain(Expenses.CLIENT_QUEUE, true);
        open.send(Expenses.NOTE, "kept");
        assertThat(shown(Expenses.CLIENT_QUEUE)).containsExactly("3|0|SubmitExpense|4", "3|2|Note|4");
        retain(Expenses.CLIENT_QUEUE, false);
        desk.conversation(there(open)).end();
        client.receive(HERE);
        assertThat(shown(Expenses.CLIENT_QUEUE)).hasSize(2);
        open.end();
        home.awaitNothingLeft();
    }

    @Test
    void sendFailsWhileTheOwnQueueIsOffAndHasRetention() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = there(open);
        client.catalog().setQueueStatus(Expenses.CLIENT_QUEUE, false);
        Failing.with(9618, () -> open.send(Expenses.NOTE, "no"));
        Failing.with(9618, () -> client.send(List.of(open.handle()), Expenses.NOTE, "no".getBytes()));
        desk.conversation(there).send(Expenses.NOTE, "the other side's own queue is on");
        retain(Expenses.CLIENT_QUEUE, false);
        open.send(Expenses.NOTE, "yes");
        assertThat(desk.receive(THERE)).extracting(Message::sequenceNumber).containsExactly(0L, 1L);
        retain(Expenses.CLIENT_QUEUE, true);
        client.catalog().setQueueStatus(Expenses.CLIENT_QUEUE, true);
        open.send(Expenses.NOTE, "yes");
    }

    /** The message wasn't sent: it was refused on the spot, and the Error says so. */
    @Test
    void whatTheBrokerRefusesAtOnceHasNoCopy() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        open.send(Expenses.SUBMIT, "not xml");
        assertThat(client.receive(HERE.waiting(null)).get(0).error().code()).isEqualTo(-9615);
        assertThat(shown(Expenses.CLIENT_QUEUE))
                .hasSize(2)
                .anyMatch(row -> row.startsWith("3|0|SubmitExpense"))
                .anyMatch(row -> row.startsWith("0|-1|Error"));
        open.end();
        desk.conversation(desk.receive(THERE).get(0).conversationHandle()).end();
        home.awaitNothingLeft();
    }

    @Test
    void theyAreShownInTheGroupThatTheConversationHasMovedTo() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        Conversation other = Expenses.submit(client, "<b/>");
        desk.inTransaction(() -> {
            desk.receive(THERE.ofConversation(there(open)));
            return null;
        });
        Conversation far = desk.conversation(there(open));
        UUID group = desk.conversation(there(other)).groupId();
        far.moveTo(group);
        assertThat(Select.rows(client, "SELECT CONVERSATION_GROUP_ID FROM ExpenseQueue WHERE STATUS = 0"))
                .containsExactly(group.toString());
    }

    @Test
    void whatAnActivatedReaderReceivesIsRetained() throws Exception {
        home.parley()
                .server()
                .activate(
                        new ActivationConfig("reader", ExpenseHome.DATABASE, Expenses.DESK_QUEUE, 1, 1, null, null),
                        delivery -> {
                            try (delivery) {
                                while (delivery.next()) {
                                    delivery.peek();
                                    delivery.takeAlone();
                                    delivery.finish(null);
                                }
                            }
                        });
        Expenses.submit(client, "<a/>").send(Expenses.NOTE, "b");
        eventually()
                .becomes(
                        "what is shown",
                        () -> shown(Expenses.DESK_QUEUE),
                        rows -> rows.equals(List.of("0|0|SubmitExpense|4", "0|1|Note|1")));
    }

    @Test
    void queuesWithoutItKeepNothing() throws Exception {
        retain(Expenses.CLIENT_QUEUE, false);
        Conversation open = Expenses.submit(client, "<a/>");
        desk.conversation(there(open)).send(Expenses.ANSWER);
        client.receive(HERE);
        assertThat(shown(Expenses.CLIENT_QUEUE)).isEmpty();
        assertThat(Select.rows(client, "SELECT NAME FROM PARLEY.SERVICE_QUEUES WHERE IS_RETENTION_ENABLED = 1"))
                .containsExactly(Expenses.DESK_QUEUE);
    }
}
