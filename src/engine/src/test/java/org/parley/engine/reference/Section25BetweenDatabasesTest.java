package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.Message;
import org.parley.engine.routing.Frame.Kind;

/** Open points of service-broker.md, section 25, that need two databases. */
class Section25BetweenDatabasesTest extends LinkedDatabases {

    @Test
    void o07AnErrorIsTakenThoughMessagesBeforeItAreMissing() throws Exception {
        Conversation question = ask(asking, "?");
        Message first = receive(answering, "Questions", 1).get(0);
        Conversation answer = answering.conversation(first.conversationHandle());
        link.lose(frame -> frame.kind() == Kind.MESSAGE);
        answer.send(ANSWER, "lost on the way");
        answer.send(ANSWER, "lost too");
        answer.endWithError(7, "seven");
        Message error = receive(asking, "Answers", 1).get(0);
        assertThat(error.error().code()).isEqualTo(7);
        assertThat(question.state().code()).isEqualTo("ER");
    }

    @Test
    void o12AnAcknowledgementWaitsOneSecondForReturnTraffic() throws Exception {
        ask(asking, "?");
        receive(answering, "Questions", 1);
        Instant due = eventually()
                .becomes(
                        "the acknowledgement's time",
                        () -> clock.nextAlarm().orElse(Instant.MAX),
                        next -> !next.isAfter(clock.instant().plusSeconds(1)));
        assertThat(due).isEqualTo(clock.instant().plusSeconds(1));
        assertThat(link.seen(Kind.ACKNOWLEDGEMENT)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        link.await(Kind.ACKNOWLEDGEMENT, 1);
    }
}
