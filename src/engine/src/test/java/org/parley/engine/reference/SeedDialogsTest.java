package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

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

    @Test
    void aDialogIsAStreamInBothDirections() throws Exception {
        Conversation open = submitted("<a/>");
        Conversation far = far(open);
        for (int i = 0; i < 5; i++) {
            open.send(Expenses.NOTE, "there " + i);
            far.send(Expenses.NOTE, "here " + i);
        }
        assertThat(texts(client.receive(HERE))).containsExactly("here 0", "here 1", "here 2", "here 3", "here 4");
        assertThat(texts(desk.receive(THERE)))
                .containsExactly("<a/>", "there 0", "there 1", "there 2", "there 3", "there 4");
    }

    /** Reliable and persistent: what is committed is there after any restart, once. */
    @Test
    void messagesAreDeliveredExactlyOnceInOrderOverRestarts() throws Exception {
        Conversation open = submitted("<first/>");
        List<String> received = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            client.conversation(open.handle()).send(Expenses.NOTE, "" + i);
            restart();
            received.addAll(texts(desk.receive(THERE.top(1))));
        }
        received.addAll(texts(desk.receive(THERE)));
        assertThat(received).containsExactly("<first/>", "1", "2", "3", "4", "5");
    }

    @Test
    void whoBeganTheDialogDeterminesWhatItMaySend() throws Exception {
        Conversation open = submitted("<a/>");
        Failing.with(8432, () -> open.send(Expenses.ANSWER));
        Failing.with(8434, () -> far(open).send(Expenses.SUBMIT, "<b/>"));
    }

    @Test
    void messagesOfADialogGoToItsQueueWithItsIdentifiers() throws Exception {
        Conversation one = submitted("<one/>");
        Conversation two = submitted("<two/>");
        Message first = desk.receive(THERE).get(0);
        Message second = desk.receive(THERE).get(0);
        assertThat(desk.conversation(first.conversationHandle()).conversationId())
                .isEqualTo(one.conversationId());
        assertThat(desk.conversation(second.conversationHandle()).conversationId())
                .isEqualTo(two.conversationId());
    }

    /** A remote service that can't be reached is no error: messages are held until it can, or the lifetime expires. */
    @Test
    void aServiceThatCanNotBeReachedIsNoError() {
        Conversation waits = client.begin(Dialog.between(Expenses.CLIENT, "//far away")
                .on(Expenses.CONTRACT)
                .lasting(MINUTE));
        waits.send(Expenses.SUBMIT, "<held/>");
        Conversation longer =
                client.begin(Dialog.between(Expenses.CLIENT, "//far away").on(Expenses.CONTRACT));
        longer.send(Expenses.SUBMIT, "<held longer/>".replace(" ", "-"));
        home.clock().advance(MINUTE.minusMillis(1));
        assertThat(client.receive(HERE)).isEmpty();
        home.clock().advance(Duration.ofMillis(1));
        List<Message> expired = client.receive(HERE_SOON);
        assertThat(codes(expired)).containsExactly(-8489);
        assertThat(expired.get(0).conversationHandle()).isEqualTo(waits.handle());
        waits.end();
        client.catalog()
                .define("CREATE QUEUE Far; CREATE SERVICE [//far away] ON QUEUE Far ([" + Expenses.CONTRACT + "]);");
        assertThat(texts(desk.receive(Receive.from("Far").waiting(null)))).containsExactly("<held-longer/>");
        assertThat(desk.receive(Receive.from("Far"))).isEmpty();
    }

    @Test
    void theLifetimeLastsUntilAnEndOrAnError() throws Exception {
        Conversation ended = submitted("<a/>");
        ended.end();
        Failing.with(8429, () -> ended.send(Expenses.NOTE));
        Conversation failed = submitted("<b/>");
        far(failed).endWithError(1, "no");
        Failing.with(8429, () -> failed.send(Expenses.NOTE));
    }

    /** Service Broker never ends a dialog by itself: not after an end, an error, a time-out or a restart. */
    @Test
    void everyParticipantMustEndExplicitly() throws Exception {
        Conversation farEnded = submitted("<a/>");
        far(farEnded).end();
        Conversation farFailed = submitted("<b/>");
        far(farFailed).endWithError(1, "no");
        Conversation expired = submitted(MINUTE);
        home.clock().advance(Duration.ofDays(1000));
        for (int i = 0; i < 3; i++) {
            assertThat(client.receive(HERE_SOON)).hasSize(1);
        }
        restart();
        eventually()
                .becomes(
                        "sides that have not ended",
                        () -> states().stream()
                                .filter(state -> state != ConversationState.CLOSED)
                                .toList(),
                        states -> states.equals(List.of(
                                ConversationState.DISCONNECTED_INBOUND,
                                ConversationState.ERROR,
                                ConversationState.ERROR,
                                ConversationState.ERROR)));
        assertThat(client.conversation(expired.handle()).state()).isEqualTo(ConversationState.ERROR);
        endAll();
    }

    /** Each participant can set one timer a conversation; it isn't shared and doesn't affect the lifetime. */
    @Test
    void eachSideHasOneTimerOfItsOwn() throws Exception {
        Conversation open = submitted(Duration.ofHours(1));
        Conversation far = far(open);
        open.timer(MINUTE);
        far.timer(MINUTE.multipliedBy(2));
        open.timer(MINUTE.multipliedBy(3));
        desk.receive(THERE);
        home.clock().advance(MINUTE.multipliedBy(2));
        assertThat(desk.receive(THERE_SOON)).singleElement().matches(Message::isTimer);
        assertThat(client.receive(HERE)).isEmpty();
        home.clock().advance(MINUTE);
        Message timer = client.receive(HERE_SOON).get(0);
        assertThat(timer.messageType()).isEqualTo("http://schemas.microsoft.com/SQL/ServiceBroker/DialogTimer");
        assertThat(endpoint(open.handle()).lifetime())
                .isEqualTo(home.clock().instant().plus(Duration.ofMinutes(57)));
    }

    /** At set intervals: whoever gets the timer's message sets it again. */
    @Test
    void aTimerCanBeSetAgainAndAgain() throws Exception {
        Conversation open = submitted("<a/>");
        open.timer(MINUTE);
        for (int i = 0; i < 5; i++) {
            home.clock().advance(MINUTE);
            client.inTransaction(() -> {
                assertThat(client.receive(HERE_SOON)).singleElement().matches(Message::isTimer);
                open.send(Expenses.NOTE, "still here");
                open.timer(MINUTE);
                return null;
            });
        }
        assertThat(desk.receive(THERE)).hasSize(6);
    }
}
