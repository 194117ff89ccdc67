package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ANSWERER;
import static org.parley.engine.routing.TwoDatabases.ASKER;
import static org.parley.engine.routing.TwoDatabases.CONTRACT;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Failing;
import org.parley.engine.routing.TwoDatabases;

/** DROP of services and contracts whose conversations have their other side in another database; sections 1.4 and 1.6. */
class Section01DropBetweenDatabasesTest {

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private LocalConnection asking() {
        return two.asking();
    }

    private LocalConnection answering() {
        return two.answering();
    }

    private UUID answered() {
        Message first = receive(answering(), "Questions", 1).get(0);
        answering().conversation(first.conversationHandle()).send(ANSWER, "yes");
        assertThat(receive(asking(), "Answers", 1).get(0).text()).isEqualTo("yes");
        return first.conversationHandle();
    }

    private static void end(LocalConnection connection, UUID handle) {
        try {
            connection.conversation(handle).end();
        } catch (BrokerException e) {
            assertThat(e.number()).isIn(8426, 8427);
        }
    }

    /** Time passes until every side that is left has ended and gone. */
    private void awaitNothingLeft() {
        for (LocalConnection connection : List.of(asking(), answering())) {
            eventually()
                    .becomes(
                            "endpoints of " + connection.database(),
                            () -> {
                                two.passAcknowledgements();
                                connection.endpoints().forEach(side -> end(connection, side.handle()));
                                return connection.endpoints();
                            },
                            List::isEmpty);
        }
        two.awaitNothingLeft();
    }

    @Test
    void theInitiatorOfADroppedTargetHears8470() throws Exception {
        Conversation question = ask(asking(), "really?");
        answered();
        answering().catalog().define("DROP SERVICE [" + ANSWERER + "]; DROP QUEUE Questions");
        Message error = receive(asking(), "Answers", 1).get(0);
        assertThat(error.error().code()).isEqualTo(-8470);
        assertThat(question.state()).isEqualTo(ConversationState.ERROR);
        awaitNothingLeft();
    }

    @Test
    void theTargetOfADroppedInitiatorHears8470AlsoAfterARestart() throws Exception {
        Conversation question = ask(asking(), "really?");
        UUID answer = answered();
        answering().catalog().setBrokerEnabled(false);
        asking().catalog().define("DROP SERVICE [" + ASKER + "]; DROP QUEUE Answers");
        Failing.with(8426, question::state);
        eventually()
                .becomes(
                        "the initiator's state",
                        () -> asking().endpoints().get(0).state(),
                        state -> state == ConversationState.DISCONNECTED_OUTBOUND);
        two.restart();
        assertThat(answering().receive(Receive.from("Questions"))).isEmpty();
        answering().catalog().setBrokerEnabled(true);
        Message error = receive(answering(), "Questions", 1).get(0);
        assertThat(error.error().code()).isEqualTo(-8470);
        assertThat(error.conversationHandle()).isEqualTo(answer);
        awaitNothingLeft();
    }

    @Test
    void aDroppedContractIsHeardOfAtBothSidesAlsoAfterARestart() throws Exception {
        Conversation question = ask(asking(), "really?");
        UUID answer = answered();
        answering().catalog().setBrokerEnabled(false);
        question.send(QUESTION, "and now?");
        asking().catalog().dropContract(CONTRACT);
        assertThat(receive(asking(), "Answers", 1).get(0).error().code()).isEqualTo(-8487);
        assertThat(question.state()).isEqualTo(ConversationState.ERROR);
        two.restart();
        asking().conversation(question.handle()).end();
        two.restart();
        answering().catalog().setBrokerEnabled(true);
        List<Message> there = receive(answering(), "Questions", 1);
        assertThat(there.get(0).error().code()).isEqualTo(-8487);
        assertThat(answering().conversation(answer).state()).isEqualTo(ConversationState.ERROR);
        awaitNothingLeft();
    }

    @Test
    void aContractDroppedAtTheTargetReachesTheInitiatorThatStaysOpen() throws Exception {
        Conversation question = ask(asking(), "really?");
        UUID answer = answered();
        answering()
                .catalog()
                .define("ALTER SERVICE [" + ANSWERER + "] (DROP CONTRACT [" + CONTRACT + "]); DROP CONTRACT ["
                        + CONTRACT + "]");
        assertThat(receive(answering(), "Questions", 1).get(0).error().code()).isEqualTo(-8487);
        assertThat(receive(asking(), "Answers", 1).get(0).error().code()).isEqualTo(-8487);
        assertThat(answering().conversation(answer).state()).isEqualTo(ConversationState.ERROR);
        assertThat(question.state()).isEqualTo(ConversationState.ERROR);
        two.passAcknowledgements();
        eventually()
                .becomes(
                        "messages that wait",
                        () -> two.rows(TwoDatabases.ANSWERING),
                        rows -> !rows.containsKey("MESSAGES"));
        awaitNothingLeft();
    }

    @Test
    void aMessageToAServiceThatIsGoneWaitsForOneOfThatName() throws Exception {
        answering().catalog().dropService(ANSWERER);
        ask(asking(), "anybody?");
        eventually()
                .becomes(
                        "reasons to wait",
                        () -> two.parley().server().health().reasons(),
                        reasons -> !reasons.isEmpty());
        answering().catalog().define("CREATE SERVICE [" + ANSWERER + "] ON QUEUE Questions ([" + CONTRACT + "])");
        assertThat(receive(answering(), "Questions", 1).get(0).text()).isEqualTo("anybody?");
    }
}
