package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.engine.routing.TwoDatabases;

/** GET_TRANSMISSION_STATUS; service-broker.md, sections 4.4 and 19. */
class Section19TransmissionStatusTest extends LinkedDatabases {

    private String status(UUID handle) {
        return column(asking, "VALUES PARLEY.GET_TRANSMISSION_STATUS('" + handle + "')")
                .get(0);
    }

    @Test
    void itIsEmptyForWhatIsUnknownUntriedOrFine() throws Exception {
        assertThat(status(UUID.randomUUID())).isEmpty();
        Conversation untried = asking.begin(TwoDatabases.dialog());
        assertThat(status(untried.handle())).isEmpty();
        Conversation fine = ask(asking, "?");
        receive(answering, "Questions", 1);
        assertThat(status(fine.handle())).isEmpty();
    }

    @Test
    void itIsTheTextOfTheLastAttempt() throws Exception {
        link.breakDown(9753);
        Conversation question = ask(asking, "?");
        eventually().becomes("status", () -> status(question.handle()), text -> text.startsWith("9753: "));
        assertThat(column(asking, "SELECT TRANSMISSION_STATUS FROM PARLEY.TRANSMISSION_QUEUE"))
                .isEqualTo(List.of(status(question.handle())))
                .isEqualTo(List.of(asking.transmissionStatus(question.handle())));
        link.breakDown(9754);
        clock.advance(Duration.ofSeconds(4));
        eventually().becomes("status", () -> status(question.handle()), text -> text.startsWith("9754: "));
        link.mend();
        clock.advance(Duration.ofSeconds(8));
        receive(answering, "Questions", 1);
        eventually().becomes("status", () -> status(question.handle()), String::isEmpty);
    }

    /** Also without a message in the queue: an acknowledgement that can't be sent. */
    @Test
    void itIsThereForAnAcknowledgementThatFails() throws Exception {
        Conversation question = ask(asking, "?");
        UUID there = receive(answering, "Questions", 1).get(0).conversationHandle();
        question.send(QUESTION, "!");
        receive(answering, "Questions", 1);
        link.breakDown(9755);
        clock.advance(Duration.ofSeconds(1));
        eventually().becomes("status", () -> answering.transmissionStatus(there), text -> text.startsWith("9755: "));
        assertThat(column(answering, "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE")).isEmpty();
        link.mend();
        clock.advance(Duration.ofSeconds(4));
        eventually().becomes("status", () -> answering.transmissionStatus(there), String::isEmpty);
    }
}
