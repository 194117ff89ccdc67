package org.parley.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.routing.TwoDatabases.ANSWERING;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.engine.routing.TwoDatabases.texts;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.fault.NextFault;

/** What fails between two databases is put right when it comes again, or read anew from disk; nothing arrives twice. */
class FailureOnTheWayTest {

    /** Longer than the first pause before something is sent again. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final long PATIENCE_SECONDS = 30;

    @RegisterExtension
    @Order(1)
    final NextFault fault = new NextFault();

    @RegisterExtension
    @Order(2)
    final TwoDatabases two = new TwoDatabases();

    private static RuntimeException failure() {
        return new IllegalStateException("asked for");
    }

    private void awaitFailure() {
        eventually().holds("the failure", fault::happened);
    }

    /** Whatever is sent again for want of an acknowledgement is. */
    private void awaitEnd() {
        eventually()
                .becomes(
                        "rows of the target",
                        () -> {
                            two.clock().advance(PAUSE);
                            return two.rows(ANSWERING);
                        },
                        Map::isEmpty);
        two.heard().clear();
        two.awaitNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(names = {"ACK_PLANNED", "ACK_DELETED", "ACK_CLOSED"})
    void anEndThatWasAcknowledgedWhenSomethingFailedIsNotForgotten(FaultPoint point) throws Exception {
        LocalConnection asking = two.asking();
        Conversation asked = ask(asking, "one");
        LocalConnection answering = two.answering();
        Conversation target =
                answering.conversation(receive(answering, "Questions", 1).get(0).conversationHandle());
        two.passAcknowledgements();
        eventually().becomes("what the initiator keeps", () -> two.rows(ASKING).get("MESSAGES"), Objects::isNull);
        fault.at(point, failure());
        target.end();
        assertThat(texts(receive(asking, "Answers", 1))).containsExactly("end");
        awaitFailure();
        // nobody is left who would acknowledge it once more
        asked.end();
        awaitEnd();
    }

    @Test
    void aClosedTargetThatWasAnsweredWhenSomethingFailedGoes() throws Exception {
        LocalConnection asking = two.asking();
        asking.inTransaction(() -> {
            Conversation conversation = asking.begin(TwoDatabases.dialog());
            conversation.send(TwoDatabases.QUESTION, "one");
            conversation.end();
            return null;
        });
        LocalConnection answering = two.answering();
        UUID target = receive(answering, "Questions", 2).get(0).conversationHandle();
        eventually().becomes("rows of the initiator", () -> two.rows(ASKING), Map::isEmpty);
        fault.at(FaultPoint.ACK_PLANNED, failure());
        answering.conversation(target).end();
        eventually().holds("the failure", () -> {
            two.clock().advance(PAUSE);
            return fault.happened();
        });
        awaitEnd();
    }

    /** Where memory learns of an end in another order than when everything goes well. */
    @ParameterizedTest
    @EnumSource(names = {"OUTCOME_BEGINS", "OUTCOME_OWN_SIDES", "OUTCOME_SETTLED"})
    void endsThatMeetOnTheWayWhenSomethingFailsLeaveNothing(FaultPoint point) throws Exception {
        LocalConnection asking = two.asking();
        Conversation asked = ask(asking, "one");
        LocalConnection answering = two.answering();
        UUID target = receive(answering, "Questions", 1).get(0).conversationHandle();
        asking.begin();
        asked.end();
        answering.conversation(target).end();
        LocalConnection looking = two.asking();
        eventually()
                .becomes(
                        "what is heard of the target",
                        () -> looking.endpoints().get(0).state(),
                        ConversationState.DISCONNECTED_INBOUND::equals);
        fault.at(point, failure());
        assertThatThrownBy(asking::commit).isInstanceOf(BrokerException.class);
        awaitEnd();
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRIVE_STORED", "ENGINE_COMMITTED"})
    void aDialogThatIsOnDiskAndNotInMemoryIsNotBegunAgain(FaultPoint point) throws Exception {
        LocalConnection asking = two.asking();
        CountDownLatch comesAgain = new CountDownLatch(1);
        two.heard().whenDatabaseFails(() -> await(comesAgain));
        fault.at(point, failure());
        ask(asking, "one");
        awaitFailure();
        int before = fault.times(FaultPoint.ARRIVE_JUDGED);
        eventually().holds("the question comes again", () -> {
            two.clock().advance(PAUSE);
            return fault.times(FaultPoint.ARRIVE_JUDGED) > before;
        });
        comesAgain.countDown();
        eventually().becomes("health", () -> two.parley().server().health().reasons(), List::isEmpty);
        two.clock().advance(PAUSE);
        LocalConnection answering = two.answering();
        assertThat(texts(receive(answering, "Questions", 1))).containsExactly("one");
        assertThat(answering.endpoints()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TRANSMIT_PICKED", "TRANSMIT_PACKED", "TRANSMIT_DELIVERS", "ARRIVE_JUDGED"})
    void anErrorLosesNoTurn(FaultPoint point) throws Exception {
        fault.at(point, new StackOverflowError("asked for"));
        ask(two.asking(), "one");
        awaitFailure();
        eventually().holds("it is tried again later", () -> {
            two.clock().advance(PAUSE);
            return !two.answering().endpoints().isEmpty();
        });
        assertThat(texts(receive(two.answering(), "Questions", 1))).containsExactly("one");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
