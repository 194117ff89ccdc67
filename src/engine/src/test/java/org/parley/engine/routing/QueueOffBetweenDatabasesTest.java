package org.parley.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ANSWERER;
import static org.parley.engine.routing.TwoDatabases.ASKER;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.engine.routing.TwoDatabases.texts;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Select;

/** Queues that are off, for dialogs between two databases; service-broker.md, sections 5.7 and 10, design.md's overrides. */
class QueueOffBetweenDatabasesTest {

    private static final String WHY = "9617: Queue 'Questions' is off; the message waits until its STATUS is ON.";

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private static List<String> waiting(LocalConnection connection) {
        return Select.rows(
                connection,
                "SELECT MESSAGE_SEQUENCE_NUMBER, TO_SERVICE_NAME, FROM_SERVICE_NAME, TRANSMISSION_STATUS"
                        + " FROM PARLEY.TRANSMISSION_QUEUE ORDER BY MESSAGE_SEQUENCE_NUMBER");
    }

    private void pass() {
        two.clock().advance(Duration.ofSeconds(70));
    }

    /** A frame for a queue that is off is accepted: it waits where its queue is, and the sender is rid of it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatArrivesWaitsInTheTransmissionQueueOfTheTarget(boolean restarts) throws Exception {
        Conversation question = ask(two.asking(), "1");
        Message first = receive(two.answering(), "Questions", 1).get(0);
        two.answering().catalog().setQueueStatus("Questions", false);
        question.send(QUESTION, "2");
        ask(two.asking(), "new");
        eventually().becomes("arrivals", () -> waiting(two.answering()).size(), size -> size == 2);
        two.passAcknowledgements();
        eventually().becomes("the sender's transmission queue", () -> waiting(two.asking()), List::isEmpty);
        assertThat(two.asking().transmissionStatus(question.handle())).isEmpty();
        if (restarts) {
            two.restart();
        }
        LocalConnection answering = two.answering();
        assertThat(waiting(answering))
                .containsExactly("0|" + ANSWERER + "|" + ASKER + "|" + WHY, "1|" + ANSWERER + "|" + ASKER + "|" + WHY);
        assertThat(Select.rows(
                        answering,
                        "SELECT COUNT(*) FROM PARLEY.TRANSMISSION_QUEUE WHERE CONVERSATION_HANDLE = '"
                                + first.conversationHandle() + "'"))
                .containsExactly("1");
        assertThat(Select.rows(answering, "SELECT * FROM Questions")).isEmpty();
        answering.catalog().setQueueStatus("Questions", true);
        assertThat(waiting(answering)).isEmpty();
        assertThat(Select.rows(answering, "SELECT STATUS FROM Questions")).containsExactly("1", "1");
        assertThat(texts(receive(answering, "Questions", 2))).containsExactlyInAnyOrder("2", "new");
    }

    /** Section 5.7: what was sent before goes on its way, the EndDialog when the queue is on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndIsHeldBackWhileTheOwnQueueIsOff(boolean restarts) throws Exception {
        Conversation question = ask(two.asking(), "how much?");
        Message first = receive(two.answering(), "Questions", 1).get(0);
        two.answering().catalog().setQueueStatus("Questions", false);
        Conversation answer = two.answering().conversation(first.conversationHandle());
        answer.send(ANSWER, "a lot");
        answer.end();
        assertThat(texts(receive(two.asking(), "Answers", 1))).containsExactly("a lot");
        two.passAcknowledgements();
        if (restarts) {
            two.restart();
        }
        pass();
        LocalConnection answering = two.answering();
        eventually()
                .becomes(
                        "what waits",
                        () -> waiting(answering),
                        rows -> rows.size() == 1 && rows.get(0).contains("9617: Queue 'Questions' of this side"));
        assertThat(answering.transmissionStatus(first.conversationHandle())).contains("of this side");
        assertThat(two.asking().endpoints().get(0).waitingMessages()).isZero();
        answering.catalog().setQueueStatus("Questions", true);
        assertThat(texts(receive(two.asking(), "Answers", 1))).containsExactly("end");
        two.asking().conversation(question.handle()).end();
        eventually().holds("nothing to be left", () -> {
            pass();
            return two.answering().endpoints().isEmpty();
        });
        two.awaitNothingLeft();
    }

    @Test
    void fireAndForgetFromAQueueThatIsOffWaitsWithItsEnd() throws Exception {
        two.asking().catalog().setQueueStatus("Answers", false);
        ask(two.asking(), "take this").end();
        assertThat(texts(receive(two.answering(), "Questions", 1))).containsExactly("take this");
        pass();
        assertThat(two.rows(ASKING)).containsKey("ENDPOINTS");
        two.asking().catalog().setQueueStatus("Answers", true);
        assertThat(texts(receive(two.answering(), "Questions", 1))).containsExactly("end");
        eventually().becomes("rows of the initiator", () -> two.rows(ASKING), rows -> rows.isEmpty());
    }

    /** Only the EndDialog is held back: an Error goes at once, and what was sent before it is dropped. */
    @Test
    void anErrorIsNotHeldBack() throws Exception {
        Conversation question = ask(two.asking(), "how much?");
        Message first = receive(two.answering(), "Questions", 1).get(0);
        two.answering().catalog().setQueueStatus("Questions", false);
        two.answering().conversation(first.conversationHandle()).endWithError(42, "no");
        assertThat(receive(two.asking(), "Answers", 1).get(0).error().code()).isEqualTo(42);
        two.asking().conversation(question.handle()).end();
    }
}
