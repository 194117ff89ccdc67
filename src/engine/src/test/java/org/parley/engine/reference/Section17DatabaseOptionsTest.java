package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.engine.routing.TwoDatabases.texts;
import static org.parley.testkit.Eventually.eventually;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.routing.TwoDatabases;

/** Options of a database; service-broker.md, section 17. */
class Section17DatabaseOptionsTest {

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private void awaitStatus(Conversation conversation, String start) {
        eventually()
                .becomes(
                        "a status " + start,
                        () -> two.asking().transmissionStatus(conversation.handle()),
                        status -> status.startsWith(start));
    }

    @Test
    void disableKeepsGuidAndConversationsAndWhatIsSentPilesUp() throws Exception {
        Conversation question = ask(two.asking(), "1");
        receive(two.answering(), "Questions", 1);
        two.passAcknowledgements();
        eventually().holds("the acknowledgement", () -> !two.rows(ASKING).containsKey("MESSAGES"));
        UUID guid = two.asking().brokerInstance();
        List<ConversationEndpoint> before = two.asking().endpoints();
        two.asking().catalog().define("ALTER DATABASE CURRENT SET DISABLE_BROKER");
        assertThat(two.asking().brokerInstance()).isEqualTo(guid);
        assertThat(two.asking().endpoints()).isEqualTo(before);
        question.send(QUESTION, "2");
        question.send(QUESTION, "3");
        awaitStatus(question, "9791: ");
        assertThat(two.rows(ASKING)).containsEntry("MESSAGES", 2);
        two.restart();
        two.asking().catalog().define("ALTER DATABASE CURRENT SET ENABLE_BROKER WITH ROLLBACK IMMEDIATE");
        assertThat(two.asking().brokerInstance()).isEqualTo(guid);
        assertThat(texts(receive(two.answering(), "Questions", 2))).containsExactly("2", "3");
    }

    /** What is sent to a database whose broker is off waits with its sender. */
    @Test
    void nothingEntersTheQueuesOfADisabledDatabase() throws Exception {
        two.answering().catalog().setBrokerEnabled(false);
        Conversation question = ask(two.asking(), "?");
        awaitStatus(question, "28013: ");
        assertThat(two.answering().endpoints()).isEmpty();
        two.answering().catalog().setBrokerEnabled(true);
        assertThat(texts(receive(two.answering(), "Questions", 1))).containsExactly("?");
    }

    /** TRUSTWORTHY belongs to the database that begins: answers need none. */
    @Test
    void trustIsAskedOfTheInitiatorsDatabaseOnly() throws Exception {
        two.answering().catalog().setTrustworthy(false);
        ask(two.asking(), "?");
        Message question = receive(two.answering(), "Questions", 1).get(0);
        two.asking().catalog().setTrustworthy(false);
        two.answering().conversation(question.conversationHandle()).send(ANSWER, "!");
        assertThat(texts(receive(two.asking(), "Answers", 1))).containsExactly("!");
        awaitStatus(ask(two.asking(), "not any more"), "916: ");
    }

    @Test
    void optionsAreKeptOverARestartAndShown() throws Exception {
        LocalConnection asking = two.asking();
        asking.catalog().setHonorBrokerPriority(true);
        asking.catalog().setBrokerEnabled(false);
        two.restart();
        assertThat(two.asking().catalog().options().honorBrokerPriority()).isTrue();
        assertThat(two.asking().catalog().options().brokerEnabled()).isFalse();
        assertThat(two.asking().catalog().options().trustworthy()).isTrue();
    }
}
