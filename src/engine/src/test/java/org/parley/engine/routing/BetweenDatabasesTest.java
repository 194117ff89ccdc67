package org.parley.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ANSWERING;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.engine.routing.TwoDatabases.texts;
import static org.parley.testkit.Eventually.eventually;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;

/** Dialogs between two broker databases of one server; service-broker.md, sections 4 and 5.7. */
class BetweenDatabasesTest {

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private LocalConnection asking() {
        return two.asking();
    }

    private LocalConnection answering() {
        return two.answering();
    }

    @Test
    void aWholeDialogLeavesNothing() throws Exception {
        Conversation question = ask(asking(), "how much?", "when?");
        List<Message> questions = receive(answering(), "Questions", 2);
        assertThat(texts(questions)).containsExactly("how much?", "when?");
        Conversation answer = answering().conversation(questions.get(0).conversationHandle());
        assertThat(answer.conversationId()).isEqualTo(question.conversationId());
        answer.send(ANSWER, "a lot");
        answer.end();
        assertThat(texts(receive(asking(), "Answers", 2))).containsExactly("a lot", "end");
        asking().conversation(question.handle()).end();
        two.awaitNothingLeft();
    }

    @Test
    void theInitiatorEndsFirst() throws Exception {
        Conversation question = ask(asking(), "how much?");
        question.end();
        List<Message> questions = receive(answering(), "Questions", 2);
        assertThat(texts(questions)).containsExactly("how much?", "end");
        answering().conversation(questions.get(0).conversationHandle()).end();
        two.awaitNothingLeft();
    }

    @Test
    void fireAndForgetGoesWhenItHasArrived() throws Exception {
        Conversation question = ask(asking(), "take this");
        question.end();
        eventually().becomes("rows of the initiator", () -> two.rows(ASKING), rows -> rows.isEmpty());
        assertThat(texts(receive(answering(), "Questions", 2))).containsExactly("take this", "end");
    }

    @Test
    void anErrorArrivesThoughWhatWasBeforeItIsDropped() throws Exception {
        Conversation question = ask(asking(), "how much?");
        Message first = receive(answering(), "Questions", 1).get(0);
        answering().inTransaction(() -> {
            LocalConnection connection = answering();
            Conversation answer = connection.conversation(first.conversationHandle());
            answer.send(ANSWER, "never read");
            answer.endWithError(42, "no answer");
            return null;
        });
        List<Message> answers = receive(asking(), "Answers", 1);
        assertThat(answers.get(0).isError()).isTrue();
        assertThat(answers.get(0).error().code()).isEqualTo(42);
        assertThat(asking().conversation(question.handle()).state()).isEqualTo(ConversationState.ERROR);
        asking().conversation(question.handle()).end();
        two.awaitNothingLeft();
    }

    @Test
    void whatIsSentOverARestartArrivesOnce() throws Exception {
        Conversation question = ask(asking(), "1", "2");
        two.restart();
        Conversation again = asking().conversation(question.handle());
        again.send(QUESTION, "3");
        two.restart();
        assertThat(texts(receive(answering(), "Questions", 3))).containsExactly("1", "2", "3");
        two.passAcknowledgements();
        eventually().becomes("transmission queue", () -> two.rows(ASKING).get("MESSAGES"), left -> left == null);
        two.restart();
        asking().conversation(question.handle()).send(QUESTION, "4");
        assertThat(texts(receive(answering(), "Questions", 1))).containsExactly("4");
        assertThat(two.rows(ANSWERING)).doesNotContainKey("MESSAGES");
        assertThat(answering().receive(Receive.from("Questions"))).isEmpty();
    }
}
