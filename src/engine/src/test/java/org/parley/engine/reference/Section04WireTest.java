package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.engine.routing.TwoDatabases.texts;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.routing.Frame;
import org.parley.engine.routing.Frame.Kind;

/**
 * What goes over the way between two databases: numbers, acknowledgements, repeats and back-off; service-broker.md,
 * sections 4.1 to 4.4. {@link org.parley.engine.UnreliableLinkTest} does all of it at random.
 */
class Section04WireTest extends LinkedDatabases {

    private Conversation answerTo(Message question) {
        return answering.conversation(question.conversationHandle());
    }

    @Test
    void messagesAndEndAreNumberedFromZeroInEachDirection() throws Exception {
        Conversation question = ask(asking, "1", "2");
        Message first = receive(answering, "Questions", 2).get(0);
        answerTo(first).send(ANSWER, "a");
        question.end();
        link.await(Kind.END_DIALOG, 1);
        assertThat(link.seen(Kind.MESSAGE))
                .filteredOn(frame -> !frame.header().toInitiator())
                .extracting(Frame::sequence)
                .containsExactly(0L, 1L);
        assertThat(link.seen(Kind.MESSAGE))
                .filteredOn(frame -> frame.header().toInitiator())
                .extracting(Frame::sequence)
                .containsExactly(0L);
        assertThat(link.seen(Kind.END_DIALOG)).extracting(Frame::sequence).containsExactly(2L);
    }

    @Test
    void acknowledgementsRideOnReturnTraffic() throws Exception {
        ask(asking, "1", "2");
        Message first = receive(answering, "Questions", 2).get(0);
        answerTo(first).send(ANSWER, "a");
        assertThat(receive(asking, "Answers", 1)).hasSize(1);
        assertThat(link.seen(Kind.MESSAGE))
                .filteredOn(frame -> frame.header().toInitiator())
                .extracting(Frame::acknowledges)
                .containsExactly(2L);
        eventually()
                .becomes(
                        "sender's rows",
                        () -> column(asking, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE"),
                        List::isEmpty);
        assertThat(link.seen(Kind.ACKNOWLEDGEMENT))
                .filteredOn(frame -> frame.header().toInitiator())
                .isEmpty();
    }

    /** One that covers all, after a second; O12. No application ever sees it. */
    @Test
    void withoutReturnTrafficOneAcknowledgementFollowsAfterASecond() throws Exception {
        ask(asking, "1", "2", "3");
        receive(answering, "Questions", 3);
        eventually()
                .becomes(
                        "the pause",
                        () -> clock.nextAlarm().orElse(Instant.MAX),
                        due -> !due.isAfter(clock.instant().plusSeconds(1)));
        assertThat(link.seen(Kind.ACKNOWLEDGEMENT)).isEmpty();
        assertThat(column(asking, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE")).hasSize(3);
        clock.advance(Duration.ofSeconds(1));
        link.await(Kind.ACKNOWLEDGEMENT, 1);
        assertThat(link.seen(Kind.ACKNOWLEDGEMENT))
                .singleElement()
                .extracting(Frame::sequence, Frame::acknowledges)
                .containsExactly(-1L, 3L);
        eventually()
                .becomes(
                        "sender's rows",
                        () -> column(asking, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE"),
                        List::isEmpty);
        assertThat(asking.receive(Receive.from("Answers"))).isEmpty();
        assertThat(answering.receive(Receive.from("Questions"))).isEmpty();
    }

    @Test
    void whatIsNotAcknowledgedIsSentAgainAfter4And8And16And32AndThenEvery64Seconds() throws Exception {
        link.breakDown(9753);
        Conversation question = ask(asking, "?");
        List<Long> pauses = new ArrayList<>();
        Instant next = clock.instant();
        for (int attempt = 1; attempt <= 7; attempt++) {
            int attempts = attempt;
            clock.set(next);
            eventually().holds("attempt " + attempt, () -> link.attempts() >= attempts);
            Instant now = next;
            next = eventually()
                    .becomes(
                            "next attempt",
                            () -> clock.nextAlarm().orElse(now),
                            due -> due.isAfter(now) && due.isBefore(now.plusSeconds(1000)));
            pauses.add(Duration.between(now, next).toSeconds());
            assertThat(link.attempts()).isEqualTo(attempts);
        }
        assertThat(pauses).containsExactly(4L, 8L, 16L, 32L, 64L, 64L, 64L);
        assertThat(asking.transmissionStatus(question.handle())).startsWith("9753: ");
        link.mend();
        clock.set(next);
        assertThat(texts(receive(answering, "Questions", 1))).containsExactly("?");
        eventually().becomes("status", () -> asking.transmissionStatus(question.handle()), String::isEmpty);
    }

    @Test
    void aLostAcknowledgementMakesADuplicateThatIsDropped() throws Exception {
        link.lose(frame -> frame.kind() == Kind.ACKNOWLEDGEMENT);
        ask(asking, "once");
        receive(answering, "Questions", 1);
        eventually().holds("sent again", () -> {
            clock.advance(Duration.ofSeconds(4));
            return link.seen(Kind.MESSAGE).size() >= 2;
        });
        link.mend();
        eventually()
                .becomes(
                        "sender's rows",
                        () -> {
                            clock.advance(Duration.ofSeconds(4));
                            return column(asking, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE");
                        },
                        List::isEmpty);
        assertThat(answering.receive(Receive.from("Questions"))).isEmpty();
    }

    /** Otherwise it would be sent again, four seconds later, to somebody who isn't there. */
    @Test
    void whoIsGoneBeforeItsAcknowledgementIsSentAcknowledgesAllTheSame() throws Exception {
        Conversation question = ask(asking, "1");
        Conversation answer = answerTo(receive(answering, "Questions", 1).get(0));
        answer.send(ANSWER, "a");
        receive(asking, "Answers", 1);
        // the answerer hears that the first message can't come again
        question.send(QUESTION, "2");
        receive(answering, "Questions", 1);
        answer.send(ANSWER, "b");
        receive(asking, "Answers", 1);
        link.holdBehind();
        question.endWithError(5, "never mind");
        assertThat(receive(answering, "Questions", 1).get(0).isError()).isTrue();
        answer.end();
        assertThat(answering.endpoints()).isEmpty();
        link.release();
        eventually().becomes("asking side", asking::endpoints, List::isEmpty);
        assertThat(link.seen(Kind.ERROR)).hasSize(1);
    }

    @Test
    void initiatorThatIsGoneBeforeItsAcknowledgementIsSentAcknowledgesAllTheSame() throws Exception {
        Conversation question = ask(asking, "1");
        Conversation answer = answerTo(receive(answering, "Questions", 1).get(0));
        link.holdBehind();
        answer.end();
        assertThat(receive(asking, "Answers", 1).get(0).isEndDialog()).isTrue();
        question.end();
        assertThat(asking.endpoints()).isEmpty();
        link.release();
        eventually()
                .becomes(
                        "sender's rows",
                        () -> column(answering, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE"),
                        List::isEmpty);
        assertThat(link.seen(Kind.END_DIALOG)).hasSize(1);
    }

    /** CLEANUP tells the other side nothing; section 5.7. */
    @Test
    void whoIsCleanedUpAcknowledgesNothing() throws Exception {
        ask(asking, "1");
        link.holdBehind();
        Conversation answer = answerTo(receive(answering, "Questions", 1).get(0));
        answer.cleanup();
        link.release();
        ask(asking, "of another dialog");
        receive(answering, "Questions", 1);
        assertThat(link.seen(Kind.ACKNOWLEDGEMENT)).isEmpty();
        assertThat(column(asking, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE")).hasSize(2);
    }

    /** Status 2 until the gap closes. */
    @Test
    void whatComesBeforeItsTurnIsKeptAndNotReceivable() throws Exception {
        Conversation question = ask(asking, "1");
        receive(answering, "Questions", 1);
        link.lose(frame -> frame.sequence() == 1);
        question.send(QUESTION, "2");
        question.send(QUESTION, "3");
        eventually()
                .becomes(
                        "statuses",
                        () -> column(answering, "SELECT STATUS FROM Questions"),
                        statuses -> statuses.equals(List.of("2")));
        assertThat(answering.receive(Receive.from("Questions"))).isEmpty();
        link.mend();
        assertThat(texts(receiveWithNextAttempts(2))).containsExactly("2", "3");
    }

    /** A later message for which there is no conversation is not taken: it comes again behind the first one. */
    @Test
    void aConversationBeginsWithItsFirstMessage() throws Exception {
        link.lose(frame -> frame.sequence() == 0);
        ask(asking, "1", "2");
        link.await(Kind.MESSAGE, 1);
        assertThat(answering.endpoints()).isEmpty();
        link.mend();
        assertThat(texts(receiveWithNextAttempts(2))).containsExactly("1", "2");
    }

    /** The clock goes on until so many messages are there: when an attempt is noted isn't told. */
    private List<Message> receiveWithNextAttempts(int messages) {
        List<Message> all = new ArrayList<>();
        eventually()
                .becomes(
                        messages + " messages",
                        () -> {
                            clock.advance(Duration.ofSeconds(4));
                            all.addAll(answering.receive(Receive.from("Questions")));
                            return all.size();
                        },
                        received -> received >= messages);
        return all;
    }

    @Test
    void theBrokerThatAnsweredFirstKeepsTheConversation() throws Exception {
        Conversation question = ask(asking, "1");
        Message first = receive(answering, "Questions", 1).get(0);
        answerTo(first).send(ANSWER, "mine");
        assertThat(texts(receive(asking, "Answers", 1))).containsExactly("mine");
        assertThat(column(asking, "SELECT FAR_BROKER_INSTANCE FROM PARLEY.CONVERSATION_ENDPOINTS"))
                .containsExactly(answering.brokerInstance().toString());
        Frame real = link.seen(Kind.MESSAGE).get(1);
        Frame.Header header = real.header();
        Frame.Header other = new Frame.Header(
                header.conversation(),
                true,
                UUID.randomUUID(),
                header.fromService(),
                header.toService(),
                header.contract(),
                header.lifetime(),
                header.encrypted(),
                null);
        link.forge(asking.brokerInstance(), new Frame(Kind.MESSAGE, other, 1, ANSWER, new byte[] {1}, 0, 0, 0));
        assertThat(asking.receive(Receive.from("Answers"))).isEmpty();
        assertThat(question.state().code()).isEqualTo("CO");
    }

    /** Held with 9779 or 9784 until this side ends too, and dropped then. */
    @Test
    void whatIsUnsentWhenTheOtherSideHasEndedIsHeld() throws Exception {
        for (boolean error : new boolean[] {false, true}) {
            Conversation question = ask(asking, "1");
            Message first = receive(answering, "Questions", 1).get(0);
            clock.advance(Duration.ofSeconds(1));
            eventually()
                    .becomes(
                            "sender's rows",
                            () -> column(asking, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE"),
                            List::isEmpty);
            link.lose(frame -> !frame.header().toInitiator() && frame.kind() == Kind.MESSAGE);
            question.send(QUESTION, "unsent");
            if (error) {
                answerTo(first).endWithError(5, "five");
            } else {
                answerTo(first).end();
            }
            receive(asking, "Answers", 1);
            assertThat(asking.transmissionStatus(question.handle())).startsWith(error ? "9784: " : "9779: ");
            assertThat(column(asking, "SELECT TRANSMISSION_STATUS FROM PARLEY.TRANSMISSION_QUEUE"))
                    .singleElement()
                    .asString()
                    .startsWith(error ? "9784: " : "9779: ");
            question.end();
            assertThat(column(asking, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE"))
                    .isEmpty();
            link.mend();
        }
    }

    @Test
    void timersNeverTravel() throws Exception {
        Conversation question = ask(asking, "1");
        receive(answering, "Questions", 1);
        question.timer(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30));
        assertThat(receive(asking, "Answers", 1)).singleElement().matches(Message::isTimer);
        assertThat(answering.receive(Receive.from("Questions"))).isEmpty();
        assertThat(link.seen()).extracting(Frame::kind).containsOnly(Kind.MESSAGE, Kind.ACKNOWLEDGEMENT);
    }

    /** Inside one database nothing goes over any way. */
    @Test
    void withinOneDatabaseNothingIsTransmitted() throws Exception {
        asking.catalog().define("CREATE SERVICE [//answerer] ON QUEUE Answers ([//asking]);");
        ask(asking, "1").end();
        assertThat(asking.receive(Receive.from("Answers"))).hasSize(2);
        assertThat(link.seen()).isEmpty();
        assertThat(column(asking, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE")).isEmpty();
    }
}
