package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ASKER;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.engine.routing.TwoDatabases.texts;
import static org.parley.testkit.Eventually.eventually;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.routing.TwoDatabases;

/** The rules of service-broker.md, section 26, that need two databases; the others are in {@link Section26RulesTest}. */
class Section26BetweenDatabasesTest {

    private static final String STRICT_TYPES = """
            CREATE MESSAGE TYPE [//strict] VALIDATION = %s;
            CREATE MESSAGE TYPE [//lax] VALIDATION = %s;
            CREATE CONTRACT [//both] ([//strict] SENT BY ANY, [//lax] SENT BY ANY);""";

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private void awaitStatus(Conversation conversation, String start) {
        eventually()
                .becomes(
                        "a status",
                        () -> two.asking().transmissionStatus(conversation.handle()),
                        status -> status.startsWith(start));
    }

    @Test
    void rule08ValidationUsesTheReceiversDefinition() throws Exception {
        two.asking().catalog().define(STRICT_TYPES.formatted("NONE", "WELL_FORMED_XML"));
        two.answering()
                .catalog()
                .define(STRICT_TYPES.formatted("WELL_FORMED_XML", "NONE")
                        + "CREATE SERVICE [//validating] ON QUEUE Questions ([//both]);");
        Dialog dialog = Dialog.between(ASKER, "//validating").on("//both");
        Conversation lax = two.asking().begin(dialog);
        lax.send("//lax", "no xml");
        assertThat(texts(receive(two.answering(), "Questions", 1))).containsExactly("no xml");
        Conversation strict = two.asking().begin(dialog);
        strict.send("//strict", "no xml");
        Message error = receive(two.asking(), "Answers", 1).get(0);
        assertThat(error.conversationHandle()).isEqualTo(strict.handle());
        assertThat(error.error().code()).isEqualTo(-9615);
    }

    @Test
    void rule10AQueueThatIsOffIsNoErrorForTheSender() throws Exception {
        two.answering().catalog().setQueueStatus("Questions", false);
        Conversation question = ask(two.asking(), "1");
        question.send(QUESTION, "2");
        assertThat(question.state()).isEqualTo(ConversationState.CONVERSING);
        two.passAcknowledgements();
        two.answering().catalog().setQueueStatus("Questions", true);
        assertThat(texts(receive(two.answering(), "Questions", 2))).containsExactly("1", "2");
    }

    @Test
    void rule11WhatADatabaseWithItsBrokerOffSendsWaitsThere() throws Exception {
        Conversation open = ask(two.asking(), "before");
        receive(two.answering(), "Questions", 1);
        two.passAcknowledgements();
        eventually().holds("the acknowledgement", () -> !two.rows(ASKING).containsKey("MESSAGES"));
        two.asking().catalog().setBrokerEnabled(false);
        open.send(QUESTION, "1");
        Conversation fresh = ask(two.asking(), "2");
        awaitStatus(open, "9791");
        awaitStatus(fresh, "9791");
        assertThat(two.rows(ASKING)).containsEntry("MESSAGES", 2);
        assertThat(two.answering().endpoints()).hasSize(1);
        two.restart();
        awaitStatus(open, "9791");
        two.asking().catalog().setBrokerEnabled(true);
        assertThat(texts(receive(two.answering(), "Questions", 2))).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void rule15EndWithErrorDropsWhatIsUnsentAPlainEndSendsItFirst() throws Exception {
        Conversation failing = ask(two.asking(), "failing");
        Conversation ending = ask(two.asking(), "ending");
        receive(two.answering(), "Questions", 2);
        two.passAcknowledgements();
        eventually().holds("the acknowledgements", () -> !two.rows(ASKING).containsKey("MESSAGES"));
        two.answering().catalog().setBrokerEnabled(false);
        failing.send(QUESTION, "dropped");
        ending.send(QUESTION, "sent first");
        awaitStatus(failing, "28013");
        awaitStatus(ending, "28013");
        failing.endWithError(3, "over");
        ending.end();
        assertThat(two.rows(ASKING)).containsEntry("MESSAGES", 3);
        two.answering().catalog().setBrokerEnabled(true);
        List<Message> received = receive(two.answering(), "Questions", 3);
        assertThat(texts(received)).containsExactlyInAnyOrder("error", "sent first", "end");
    }

    /** Parley asks the initiator's database and lets the row go as soon as it says that nothing can come again. */
    @Test
    void rule19AClosedTargetRemainsWhileItsFirstMessageCanComeAgain() throws Exception {
        LocalConnection asker = two.asking();
        Conversation question = ask(asker, "?");
        Message first = receive(two.answering(), "Questions", 1).get(0);
        asker.begin();
        // whoever holds the initiator's group keeps the engine from deleting the message there
        asker.conversation(question.handle()).timer(Duration.ofMinutes(10));
        two.answering().conversation(first.conversationHandle()).end();
        eventually()
                .holds(
                        "the end to arrive",
                        () -> two.asking().endpoints().get(0).waitingMessages() == 1);
        two.clock().advance(Duration.ofMinutes(40));
        eventually()
                .holds(
                        "the end to be acknowledged",
                        () -> two.answering().endpoints().get(0).state() == ConversationState.CLOSED);
        try (Statement statement = two.answering().sql().createStatement();
                ResultSet at = statement.executeQuery(
                        "SELECT CLOSED_REASON, REMOVED_AT, LIFETIME FROM PARLEY.CONVERSATION_ENDPOINTS")) {
            assertThat(at.next()).isTrue();
            assertThat(at.getString(1)).as("why it is still there").isNotBlank();
            assertThat(at.getTimestamp(2).toInstant())
                    .as("when it goes at the latest")
                    .isEqualTo(at.getTimestamp(3).toInstant().plus(Duration.ofMinutes(30)));
        }
        asker.commit();
        eventually().holds("the guard to go", () -> {
            two.clock().advance(Duration.ofSeconds(64));
            return two.answering().endpoints().isEmpty();
        });
        two.asking().conversation(question.handle()).end();
        two.awaitNothingLeft();
    }

    @Test
    void rule24TwoDatabasesNeedTrustAtTheInitiatorAndMasterKeysInBoth() throws Exception {
        two.asking().catalog().setTrustworthy(false);
        two.answering().catalog().setTrustworthy(false);
        two.asking().catalog().dropMasterKey();
        two.answering().catalog().dropMasterKey();
        Conversation question = ask(two.asking(), "?");
        awaitStatus(question, "916");
        two.asking().catalog().setTrustworthy(true);
        awaitStatus(question, "28050");
        two.asking().catalog().createMasterKey("one");
        awaitStatus(question, "28054");
        assertThat(two.answering().endpoints()).isEmpty();
        Conversation plain = two.asking().begin(TwoDatabases.dialog().encrypted(false));
        plain.send(QUESTION, "needs no key");
        assertThat(texts(receive(two.answering(), "Questions", 1))).containsExactly("needs no key");
        two.answering().catalog().createMasterKey("two");
        assertThat(texts(receive(two.answering(), "Questions", 1))).containsExactly("?");
    }
}
