package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.routing.TwoDatabases;

/** The lifetime of a dialog between two databases; service-broker.md, section 7. */
class Section07BetweenDatabasesTest extends LinkedDatabases {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Conversation question() {
        Conversation question = asking.begin(TwoDatabases.dialog().lasting(MINUTE));
        question.send(QUESTION, "?");
        return question;
    }

    @Test
    void theTargetLearnsItFromTheFirstMessage() {
        question();
        clock.advance(Duration.ofSeconds(1));
        receive(answering, "Questions", 1);
        assertThat(answering.endpoints().get(0).lifetime())
                .isEqualTo(asking.endpoints().get(0).lifetime());
    }

    /** Each side keeps track by itself: no message has to get through. */
    @Test
    void eachSideIsToldByItsOwnBroker() {
        Conversation question = question();
        UUID there = receive(answering, "Questions", 1).get(0).conversationHandle();
        link.breakDown(9753);
        clock.advance(MINUTE);
        Message here = receive(asking, "Answers", 1).get(0);
        Message far = receive(answering, "Questions", 1).get(0);
        assertThat(here.error().code()).isEqualTo(-8489);
        assertThat(far.error().code()).isEqualTo(-8489);
        assertThat(question.state()).isEqualTo(ConversationState.ERROR);
        assertThat(answering.conversation(there).state()).isEqualTo(ConversationState.ERROR);
    }

    /** A first message that gets through too late begins nothing. */
    @Test
    void whatArrivesAfterItBeginsNoTarget() {
        link.lose(frame -> true);
        Conversation question = question();
        eventually().holds("an attempt", () -> link.attempts() > 0);
        clock.advance(MINUTE);
        assertThat(receive(asking, "Answers", 1).get(0).error().code()).isEqualTo(-8489);
        link.mend();
        clock.advance(Duration.ofMinutes(2));
        question.end();
        eventually().holds("the initiator to go", () -> {
            clock.advance(Duration.ofSeconds(64));
            return asking.endpoints().isEmpty();
        });
        assertThat(answering.endpoints()).isEmpty();
        assertThat(answering.receive(Receive.from("Questions"))).isEmpty();
    }

    /** Whoever has ended is told nothing; the other side is told though it never heard of the end. */
    @Test
    void onlyTheSideThatHasNotEndedIsTold() {
        Conversation question = question();
        receive(answering, "Questions", 1);
        link.breakDown(9753);
        question.end();
        clock.advance(MINUTE);
        assertThat(receive(answering, "Questions", 1).get(0).error().code()).isEqualTo(-8489);
        assertThat(asking.receive(Receive.from("Answers"))).isEmpty();
    }
}
