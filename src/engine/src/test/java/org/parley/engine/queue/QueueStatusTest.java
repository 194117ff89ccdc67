package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.Connection;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/** Queues that are off, and those that poison messages turn off; service-broker.md, sections 1.5, 5.3, 5.7 and 12. */
class QueueStatusTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final String OFF = "queue off: " + Expenses.DESK_QUEUE;

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private boolean on() {
        return desk.catalog().queue(Expenses.DESK_QUEUE).orElseThrow().on();
    }

    private void turn(boolean on) {
        desk.catalog().setQueueStatus(Expenses.DESK_QUEUE, on);
    }

    private void rollbacks(int times) {
        for (int i = 0; i < times; i++) {
            desk.begin();
            assertThat(desk.receive(THERE.top(1))).hasSize(1);
            desk.rollback();
        }
    }

    @Test
    void offIsNoErrorForSendersAndKeepsEverything() throws Exception {
        Conversation before = Expenses.submit(client, "<before/>");
        turn(false);
        Failing.with(9617, () -> desk.receive(THERE));
        Failing.with(9617, () -> desk.receive(THERE.waiting(Duration.ofMinutes(1))));
        Failing.with(9617, () -> desk.getConversationGroup(Expenses.DESK_QUEUE, null));
        before.send(Expenses.NOTE, "meanwhile");
        Expenses.submit(client, "<new/>");
        assertThat(home.parley().server().health().reasons())
                .singleElement()
                .asString()
                .contains(Expenses.DESK_QUEUE);
        home.restart();
        connect();
        Failing.with(9617, () -> desk.receive(THERE));
        turn(true);
        assertThat(desk.receive(THERE)).extracting(Message::text).containsExactly("<before/>", "meanwhile");
        assertThat(desk.receive(THERE)).extracting(Message::text).containsExactly("<new/>");
    }

    /** Everything but receiving goes on at the side whose queue is off. */
    @Test
    void conversationsCanBeEndedWhileOff() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = client.endpoints().get(1).handle();
        turn(false);
        desk.conversation(there).send(Expenses.ANSWER);
        desk.conversation(there).end();
        assertThat(client.receive(HERE)).hasSize(1);
        turn(true);
        assertThat(client.receive(HERE.waiting(null))).hasSize(1);
        open.end();
        home.awaitNothingLeft();
    }

    /** The other side is told when the queue of the side that has ended is on, over a restart; section 5.7. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndIsHeldBackWhileOff(boolean restarts) throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = client.endpoints().get(1).handle();
        turn(false);
        desk.conversation(there).send(Expenses.ANSWER);
        desk.conversation(there).end();
        assertThat(states()).containsExactly(ConversationState.CONVERSING, ConversationState.DISCONNECTED_OUTBOUND);
        Failing.with(8427, () -> desk.conversation(there).end());
        open.send(Expenses.NOTE, "to nobody");
        assertThat(client.receive(HERE)).hasSize(1);
        if (restarts) {
            home.restart();
            connect();
            assertThat(states()).containsExactly(ConversationState.CONVERSING, ConversationState.DISCONNECTED_OUTBOUND);
        }
        assertThat(client.receive(HERE)).isEmpty();
        turn(true);
        List<Message> end = client.receive(HERE.waiting(null));
        assertThat(end).hasSize(1);
        assertThat(end.get(0).isEndDialog()).isTrue();
        assertThat(end.get(0).sequenceNumber()).isEqualTo(1);
        client.conversation(open.handle()).end();
        home.awaitNothingLeft();
    }

    @Test
    void anEndHeldBackIsToldToASideInTheSameGroup() throws Exception {
        Conversation own = desk.inTransaction(() -> {
            Conversation begun =
                    desk.begin(Dialog.between(Expenses.DESK, Expenses.DESK).on(Expenses.CONTRACT));
            begun.send(Expenses.SUBMIT, "<a/>");
            return begun;
        });
        List<ConversationEndpoint> sides = desk.endpoints(own.conversationId());
        UUID far = sides.get(1).handle();
        desk.conversation(far).moveTo(sides.get(0).groupId());
        turn(false);
        own.end();
        turn(true);
        eventually()
                .becomes(
                        "the other side's state",
                        () -> desk.conversation(far).state(),
                        state -> state == ConversationState.DISCONNECTED_INBOUND);
        desk.conversation(far).end();
        home.awaitNothingLeft();
    }

    /** Whatever the other side does while an end is held back, nothing is left. */
    @Test
    void bothEndWhileTheQueueIsOff() throws Exception {
        for (int how = 0; how < 12; how++) {
            turn(true);
            Conversation open = Expenses.submit(client, "<a/>");
            UUID there = client.endpoints(open.conversationId()).get(1).handle();
            turn(false);
            client.catalog().setQueueStatus(Expenses.CLIENT_QUEUE, how % 2 == 0);
            client.begin();
            if (how >= 6) {
                endBy(how / 2 % 3, open);
            }
            desk.conversation(there).end();
            if (how < 6) {
                endBy(how / 2 % 3, open);
            }
            client.commit();
            home.awaitNoConversationLeft();
        }
        turn(true);
        client.catalog().setQueueStatus(Expenses.CLIENT_QUEUE, true);
        home.awaitNothingLeft();
    }

    private static void endBy(int how, Conversation side) {
        switch (how) {
            case 0 -> side.end();
            case 1 -> side.endWithError(1, "one");
            default -> side.cleanup();
        }
    }

    @Test
    void aHeldEndIsTakenBackByItsRollback() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = client.endpoints().get(1).handle();
        turn(false);
        desk.begin();
        desk.conversation(there).end();
        desk.rollback();
        turn(true);
        assertThat(desk.receive(THERE)).hasSize(1);
        assertThat(client.receive(HERE)).isEmpty();
        desk.conversation(there).end();
        open.end();
        home.awaitNothingLeft();
    }

    /** Section 1.5: what falls due while the queue is off is produced when it is turned on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void timersAndLifetimesWaitForTheQueue(boolean restarts) throws Exception {
        Conversation open = client.inTransaction(() -> {
            Conversation begun = client.begin(Expenses.dialog().lasting(Duration.ofHours(1)));
            begun.send(Expenses.SUBMIT, "<a/>");
            return begun;
        });
        UUID there = client.endpoints().get(1).handle();
        desk.conversation(there).timer(Duration.ofMinutes(1));
        turn(false);
        home.clock().advance(Duration.ofHours(2));
        List<Message> here = client.receive(HERE.waiting(null));
        assertThat(here.get(0).error().code()).isEqualTo(-8489);
        assertThat(client.endpoints().get(1).waitingMessages()).isEqualTo(1);
        assertThat(states()).containsExactly(ConversationState.ERROR, ConversationState.CONVERSING);
        if (restarts) {
            home.restart();
            connect();
        }
        turn(true);
        eventually().holds("both to be there", () -> client.endpoints().get(1).waitingMessages() == 3);
        List<Message> received = desk.receive(THERE.waiting(null));
        assertThat(received.get(0).isTimer()).isTrue();
        assertThat(received.get(1).error().code()).isEqualTo(-8489);
        assertThat(received.get(2).text()).isEqualTo("<a/>");
        desk.conversation(there).end();
        client.conversation(open.handle()).end();
        home.awaitNothingLeft();
    }

    private List<ConversationState> states() {
        return client.endpoints().stream().map(ConversationEndpoint::state).toList();
    }

    @Test
    void aTransactionThatHasReceivedGoesOnWhenTheQueueIsTurnedOff() throws Exception {
        Expenses.submit(client, "<a/>").send(Expenses.NOTE, "b");
        desk.begin();
        UUID there = desk.receive(THERE.top(1)).get(0).conversationHandle();
        turn(false);
        desk.conversation(there).send(Expenses.ANSWER);
        Failing.with(9617, () -> desk.receive(THERE));
        desk.commit();
        turn(true);
        assertThat(desk.receive(THERE)).extracting(Message::text).containsExactly("b");
        assertThat(client.receive(HERE)).hasSize(1);
    }

    @Test
    void fiveRollbacksInARowTurnItOff() throws Exception {
        Expenses.submit(client, "<poison/>");
        rollbacks(4);
        assertThat(home.heard().lines(OFF)).isEmpty();
        assertThat(on()).isTrue();
        rollbacks(1);
        home.heard().await(OFF);
        assertThat(on()).isFalse();
        Failing.with(9617, () -> desk.receive(THERE));
        turn(true);
        rollbacks(4);
        assertThat(desk.receive(THERE)).hasSize(1);
        assertThat(home.heard().lines(OFF)).hasSize(1);
    }

    @Test
    void aCommitBetweenThemForgivesTheRest() throws Exception {
        Expenses.submit(client, "<poison/>");
        Expenses.submit(client, "<good/>").send(Expenses.NOTE, "good");
        UUID good = client.endpoints().get(3).handle();
        for (int i = 0; i < 2; i++) {
            rollbacks(4);
            assertThat(desk.receive(THERE.ofConversation(good).top(1))).hasSize(1);
        }
        assertThat(on()).isTrue();
    }

    /** Section 12: empty receives do not count, nor does anything else; a restart forgets (O9). */
    @Test
    void otherRollbacksDoNotCount() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = client.endpoints().get(1).handle();
        rollbacks(4);
        for (int i = 0; i < 6; i++) {
            desk.begin();
            assertThat(desk.receive(HERE)).isEmpty();
            assertThat(desk.receive(THERE.ofConversation(there).top(1))).hasSize(1);
            desk.commit();
            open.send(Expenses.NOTE, "next");
            rollbacks(3);
            desk.begin();
            assertThat(desk.getConversationGroup(Expenses.DESK_QUEUE, null)).isPresent();
            desk.conversation(there).send(Expenses.ANSWER);
            desk.rollback();
            desk.begin();
            assertThat(desk.receive(HERE)).isEmpty();
            desk.rollback();
            rollbacks(1);
        }
        home.restart();
        connect();
        rollbacks(4);
        assertThat(on()).isTrue();
    }

    @Test
    void rollbacksToASavepointDoNotCount() throws Exception {
        Expenses.submit(client, "<a/>");
        rollbacks(4);
        for (boolean commits : List.of(true, false)) {
            desk.begin();
            Connection sql = desk.sql();
            Savepoint before = sql.setSavepoint();
            assertThat(desk.receive(THERE)).hasSize(1);
            sql.rollback(before);
            if (commits) {
                desk.commit();
            } else {
                desk.rollback();
            }
        }
        assertThat(home.heard().lines(OFF)).isEmpty();
        assertThat(on()).isTrue();
        rollbacks(1);
        home.heard().await(OFF);
    }

    @Test
    void everyQueueThatWasReceivedFromIsTurnedOff() throws Exception {
        Expenses.submit(client, "<a/>");
        UUID there = client.endpoints().get(1).handle();
        desk.conversation(there).send(Expenses.ANSWER);
        for (int i = 0; i < 5; i++) {
            desk.begin();
            assertThat(desk.receive(THERE)).hasSize(1);
            assertThat(desk.receive(HERE)).hasSize(1);
            desk.rollback();
        }
        home.heard().await(OFF);
        home.heard().await("queue off: " + Expenses.CLIENT_QUEUE);
    }
}
