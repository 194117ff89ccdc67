package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/** The lifetime of a dialog; service-broker.md, section 7. */
class Section07LifetimeTest extends ExpenseDialogs {

    @Test
    void theLifetimeEndsBothSides() throws Exception {
        Conversation open = submitted(MINUTE);
        UUID there = farOf(open);
        home.clock().advance(MINUTE.minusMillis(1));
        assertThat(client.receive(HERE)).isEmpty();
        home.clock().advance(Duration.ofMillis(1));
        assertThat(codes(client.receive(HERE_SOON))).containsExactly(-8489);
        eventually().holds("both to be told", () -> client.endpoints().get(1).state() == ConversationState.ERROR);
        List<Message> received = desk.receive(THERE_SOON);
        assertThat(codes(received)).containsExactly(-8489);
        assertThat(received.get(1).text()).isEqualTo("<expense/>");
        Failing.with(8429, () -> open.send(Expenses.NOTE));
        Failing.with(8429, () -> desk.conversation(there).send(Expenses.ANSWER));
        endAll();
    }

    @Test
    void aLifetimeThatEndsDuringARestartEndsAfterIt() throws Exception {
        submitted(MINUTE);
        Conversation begun = client.begin(Expenses.dialog().lasting(MINUTE));
        Conversation waiting = client.begin(
                Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT).lasting(MINUTE));
        waiting.send(Expenses.NOTE, "waits");
        Conversation waitingEnded = client.begin(
                Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT).lasting(MINUTE));
        waitingEnded.send(Expenses.NOTE, "waits");
        waitingEnded.end();
        home.parley().close();
        home.clock().advance(MINUTE);
        restart();
        eventually()
                .holds(
                        "all to be told",
                        () -> client.endpoints().stream().allMatch(side -> side.state() == ConversationState.ERROR));
        assertThat(client.endpoints()).hasSize(4);
        for (int i = 0; i < 3; i++) {
            assertThat(codes(client.receive(HERE_SOON))).containsExactly(-8489);
        }
        assertThat(codes(desk.receive(THERE_SOON))).containsExactly(-8489);
        restart();
        assertThat(client.conversation(begun.handle()).state()).isEqualTo(ConversationState.ERROR);
        endAll();
    }

    /** Whoever has ended is told nothing; who hasn't is, though the other side has ended. */
    @Test
    void theLifetimeOfASideThatIsLeftAlone() throws Exception {
        Conversation open = submitted(MINUTE);
        open.end();
        home.clock().advance(MINUTE);
        List<Message> received = desk.receive(THERE_SOON);
        eventually()
                .holds(
                        "the error",
                        () -> client.endpoints().stream().anyMatch(side -> side.state() == ConversationState.ERROR));
        int rest = received.size() < 3 ? desk.receive(THERE_SOON).size() : 0;
        assertThat(received.size() + rest).isEqualTo(3);
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(client.receive(HERE)).isEmpty();
        client.endpoints().stream()
                .filter(side -> !side.initiator())
                .forEach(side -> desk.conversation(side.handle()).end());
        home.awaitNothingLeft();
    }

    /** Rule 10 of section 8: what had arrived before an error can still be received, whatever the sender does. */
    @Test
    void messagesBeforeTheExpiryStayWhenTheOtherSideFailsToo() throws Exception {
        Conversation open = submitted(MINUTE);
        open.send(Expenses.NOTE, "two");
        client.begin();
        open.send(Expenses.NOTE, "too late");
        open.endWithError(5, "too late as well");
        home.clock().advance(MINUTE);
        eventually().holds("the error", () -> client.endpoints().get(1).state() == ConversationState.ERROR);
        client.commit();
        eventually().holds("what came too late to be removed", () -> home.rows().get("MESSAGES") <= 3);
        List<Message> received = desk.receive(THERE_SOON);
        assertThat(codes(received)).containsExactly(-8489);
        assertThat(received).extracting(Message::text).endsWith("<expense/>", "two");
        assertThat(received).hasSize(3);
        desk.conversation(received.get(0).conversationHandle()).end();
        home.awaitNothingLeft();
    }

    /** An error that comes after the expiry is discarded, also when the server stops before it is removed. */
    @Test
    void aSecondErrorIsNotHeardAfterARestart() throws Exception {
        for (boolean received : new boolean[] {false, true}) {
            Conversation open = submitted(MINUTE);
            UUID there = farOf(open);
            client.begin();
            open.endWithError(5, "too late");
            home.clock().advance(MINUTE);
            eventually()
                    .holds(
                            "the expiry",
                            () -> client.endpoints(open.conversationId()).get(1).state() == ConversationState.ERROR);
            if (received) {
                assertThat(codes(desk.receive(THERE.ofConversation(there)))).containsExactly(-8489);
            }
            client.commit();
            restart();
            assertThat(codes(desk.receive(THERE.ofConversation(there))))
                    .isEqualTo(received ? List.of() : List.of(-8489));
            desk.conversation(there).end();
            home.awaitNothingLeft();
        }
    }

    @Test
    void theLifetimeIsNoTimeToLiveOfAMessage() throws Exception {
        Conversation open = submitted(Duration.ofHours(1));
        home.clock().advance(Duration.ofMinutes(59));
        open.send(Expenses.NOTE, "late");
        home.clock().advance(MINUTE);
        List<Message> received = desk.receive(THERE_SOON);
        if (received.size() == 2) {
            received = new ArrayList<>(received);
            received.addAll(0, desk.receive(THERE_SOON));
        }
        assertThat(codes(received)).containsExactly(-8489);
        assertThat(texts(received)).contains("<expense/>", "late");
    }

    @Test
    void nothingArrivesAfterItAndWhatWasThereCanBeRead() throws Exception {
        Conversation open = submitted(MINUTE);
        Conversation far = far(open);
        client.begin();
        open.send(Expenses.NOTE, "committed too late");
        home.clock().advance(MINUTE);
        eventually().holds("the expiry", () -> client.endpoints().get(1).state() == ConversationState.ERROR);
        client.commit();
        List<Message> received = desk.receive(THERE_SOON);
        assertThat(codes(received)).containsExactly(-8489);
        assertThat(texts(received)).contains("<expense/>").doesNotContain("committed too late");
        assertThat(far.state()).isEqualTo(ConversationState.ERROR);
        eventually().holds("initiator", () -> client.endpoints().get(0).state() == ConversationState.ERROR);
        endAll();
    }

    @Test
    void bothEndpointsShowTheSameExpiry() throws Exception {
        Conversation open = submitted(Duration.ofHours(1));
        assertThat(client.endpoints(open.conversationId()))
                .extracting(ConversationEndpoint::lifetime)
                .containsOnly(home.clock().instant().plus(Duration.ofHours(1)));
    }

    @Test
    void eachSideMustStillEnd() throws Exception {
        Conversation open = submitted(MINUTE);
        Conversation far = far(open);
        home.clock().advance(MINUTE);
        client.receive(HERE_SOON);
        desk.receive(THERE_SOON);
        restart();
        eventually()
                .becomes(
                        "states",
                        this::states,
                        states -> states.stream().allMatch(state -> state == ConversationState.ERROR));
        assertThat(client.endpoints()).hasSize(2);
        client.conversation(open.handle()).end();
        desk.conversation(far.handle()).endWithError(4, "nobody hears");
        home.awaitNothingLeft();
    }

    @Test
    void manyThatExpireWhileTheServerSleptAreAllTold() throws Exception {
        for (int i = 1; i <= 20; i++) {
            submitted(Duration.ofSeconds(i));
        }
        home.parley().close();
        home.clock().advance(Duration.ofDays(1));
        restart();
        int told = 0;
        for (int i = 0; i < 20; i++) {
            told += codes(client.receive(HERE_SOON)).size();
        }
        assertThat(told).isEqualTo(20);
        eventually()
                .becomes(
                        "states",
                        this::states,
                        states -> states.stream().allMatch(state -> state == ConversationState.ERROR));
        for (int i = 0; i < 20; i++) {
            assertThat(codes(desk.receive(THERE))).containsExactly(-8489);
        }
        endAll();
    }
}
