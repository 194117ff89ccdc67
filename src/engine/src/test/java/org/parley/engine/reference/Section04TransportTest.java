package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ANSWERER;
import static org.parley.engine.routing.TwoDatabases.ANSWERING;
import static org.parley.engine.routing.TwoDatabases.ASKER;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.CONTRACT;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.engine.routing.TwoDatabases.texts;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.Select;
import org.parley.engine.routing.TwoDatabases;
import org.parley.spi.Counter;

/** Dialogs between two broker databases of one server; service-broker.md, sections 4 and 5.7. */
class Section04TransportTest {

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private LocalConnection asking() {
        return two.asking();
    }

    private LocalConnection answering() {
        return two.answering();
    }

    @Test
    void aDialogNeedsNothingElseForAServiceInAnotherDatabase() {
        Parley parley = two.parley();
        try (LocalConnection asking = parley.connect("Asking")) {
            Conversation conversation =
                    asking.begin(Dialog.between("//asker", "//answerer").on("//asking"));
            conversation.send("//question", "how much?");
        }
        assertThat(texts(receive(answering(), "Questions", 1))).containsExactly("how much?");
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
        LocalConnection connection = answering();
        connection.inTransaction(() -> {
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
    void anErrorThatWaitsOverARestartIsNotAcknowledgedWithWhatWasBeforeIt() throws Exception {
        Conversation question = ask(asking(), "how much?", "when?");
        Message first = receive(answering(), "Questions", 2).get(0);
        asking().catalog().setTrustworthy(false);
        question.endWithError(5, "never mind");
        two.restart();
        // goes with the acknowledgement of both questions, and is dropped, as the other side has ended
        answering().conversation(first.conversationHandle()).send(ANSWER, "a lot");
        eventually()
                .becomes(
                        "dropped",
                        () -> two.parley().server().statistics().of(ASKING, Counter.DROPPED_MESSAGES),
                        dropped -> dropped == 1);
        asking().catalog().setTrustworthy(true);
        Message error = receive(answering(), "Questions", 1).get(0);
        assertThat(error.error().code()).isEqualTo(5);
        answering().conversation(first.conversationHandle()).end();
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

    @Test
    void bothSidesEndAtTheSameTime() throws Exception {
        Conversation question = ask(asking(), "how much?");
        Message first = receive(answering(), "Questions", 1).get(0);
        LocalConnection asker = asking();
        LocalConnection answerer = answering();
        asker.begin();
        answerer.begin();
        asker.conversation(question.handle()).end();
        answerer.conversation(first.conversationHandle()).end();
        asker.commit();
        answerer.commit();
        two.awaitNothingLeft();
    }

    @Test
    void everyPairOfEndsLeavesNothing() throws Exception {
        List<Consumer<Conversation>> ends =
                List.of(Conversation::end, each -> each.endWithError(7, "no"), Conversation::cleanup);
        for (Consumer<Conversation> here : ends) {
            for (Consumer<Conversation> there : ends) {
                Conversation question = ask(asking(), "how much?", "when?");
                Message first = receive(answering(), "Questions", 2).get(0);
                Conversation answer = answering().conversation(first.conversationHandle());
                answer.send(ANSWER, "a lot");
                // what isn't acknowledged would begin the dialog again behind CLEANUP; section 5.7
                eventually().holds("the questions to be acknowledged", () -> {
                    two.clock().advance(Duration.ofSeconds(1));
                    return Select.rows(asking(), "SELECT 1 FROM PARLEY.TRANSMISSION_QUEUE")
                            .isEmpty();
                });
                here.accept(asking().conversation(question.handle()));
                there.accept(answer);
                eventually().holds("the end", () -> {
                    two.clock().advance(Duration.ofSeconds(4));
                    return asking().endpoints().isEmpty()
                            && answering().endpoints().isEmpty();
                });
                two.awaitNothingLeft();
            }
        }
    }

    @Test
    void aSideThatWasCleanedUpIsGone() throws Exception {
        Conversation question = ask(asking(), "how much?");
        Message first = receive(answering(), "Questions", 1).get(0);
        asking().conversation(question.handle()).cleanup();
        Conversation answer = answering().conversation(first.conversationHandle());
        answer.send(ANSWER, "for nobody");
        Message error = receive(answering(), "Questions", 1).get(0);
        assertThat(error.error().code()).isEqualTo(-8462);
        answer.end();
        two.awaitNothingLeft();
    }

    @Test
    void aClosedTargetStaysUntilItsFirstMessageCanNotComeAgain() throws Exception {
        LocalConnection asker = asking();
        Conversation question = ask(asker, "how much?");
        Message first = receive(answering(), "Questions", 1).get(0);
        // whoever holds the initiator's group keeps the engine from deleting the message there
        asker.begin();
        asker.conversation(question.handle()).timer(Duration.ofSeconds(600));
        answering().conversation(first.conversationHandle()).end();
        eventually()
                .holds("the end to arrive", () -> asking().endpoints().get(0).waitingMessages() == 1);
        two.clock().advance(Duration.ofSeconds(4));
        assertThat(answering().endpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.state())
                        .isIn(ConversationState.CLOSED, ConversationState.DISCONNECTED_OUTBOUND));
        asker.commit();
        eventually().holds("the guard to go", () -> {
            two.clock().advance(Duration.ofSeconds(4));
            return answering().endpoints().isEmpty();
        });
        asking().conversation(question.handle()).end();
        two.awaitNothingLeft();
    }

    @Test
    void whatTheTargetDoesNotAcceptComesBackAsAnError() throws Exception {
        asking().catalog().define("""
                CREATE CONTRACT [//unknown there] ([//question] SENT BY INITIATOR);
                CREATE CONTRACT [//not accepted] ([//question] SENT BY INITIATOR);
                CREATE MESSAGE TYPE [//strict] VALIDATION = NONE;
                CREATE CONTRACT [//strictly] ([//question] SENT BY INITIATOR, [//strict] SENT BY INITIATOR);""");
        answering().catalog().define("""
                CREATE CONTRACT [//not accepted] ([//question] SENT BY INITIATOR);
                CREATE MESSAGE TYPE [//strict] VALIDATION = WELL_FORMED_XML;
                CREATE CONTRACT [//strictly] ([//question] SENT BY INITIATOR, [//strict] SENT BY INITIATOR);
                CREATE SERVICE [//strict answerer] ON QUEUE Questions ([//strictly]);""");
        fails(Dialog.between(ASKER, ANSWERER).on("//unknown there"), QUESTION, -8425);
        fails(Dialog.between(ASKER, ANSWERER).on("//not accepted"), QUESTION, -8408);
        fails(Dialog.between(ASKER, "//strict answerer").on("//strictly"), "//strict", -9615);
        two.awaitNothingLeft();
    }

    private void fails(Dialog dialog, String type, int code) throws Exception {
        LocalConnection asker = asking();
        Conversation conversation = asker.inTransaction(() -> {
            Conversation begun = asker.begin(dialog);
            begun.send(type, "not xml");
            return begun;
        });
        Message error = receive(asker, "Answers", 1).get(0);
        assertThat(error.error().code()).isEqualTo(code);
        asker.conversation(conversation.handle()).end();
        assertThat(answering().endpoints()).isEmpty();
    }

    @Test
    void aBadMessageInTheMiddleFailsBothSides() throws Exception {
        String types = """
                CREATE MESSAGE TYPE [//strict] VALIDATION = %s;
                CREATE CONTRACT [//strictly] ([//strict] SENT BY INITIATOR);""";
        asking().catalog().define(types.formatted("NONE"));
        answering()
                .catalog()
                .define(types.formatted("WELL_FORMED_XML")
                        + "CREATE SERVICE [//strict answerer] ON QUEUE Questions ([//strictly]);");
        Conversation conversation =
                asking().begin(Dialog.between(ASKER, "//strict answerer").on("//strictly"));
        conversation.send("//strict", "<good/>");
        conversation.send("//strict", "bad");
        assertThat(receive(asking(), "Answers", 1).get(0).error().code()).isEqualTo(-9615);
        List<Message> there = receive(answering(), "Questions", 2);
        assertThat(there.stream()
                        .filter(Message::isError)
                        .findFirst()
                        .orElseThrow()
                        .error()
                        .code())
                .isEqualTo(-9616);
        answering().conversation(there.get(0).conversationHandle()).end();
        asking().conversation(conversation.handle()).end();
        eventually().holds("nothing to be left", () -> {
            two.clock().advance(Duration.ofSeconds(4));
            return answering().endpoints().isEmpty();
        });
        two.awaitNothingLeft();
    }

    @Test
    void aServiceThatIsDefinedLaterGetsWhatWaits() throws Exception {
        Conversation conversation =
                asking().begin(Dialog.between(ASKER, "//later").on(CONTRACT));
        conversation.send(QUESTION, "1");
        eventually()
                .holds(
                        "it to wait",
                        () -> !two.parley().server().health().reasons().isEmpty());
        answering().catalog().define("CREATE SERVICE [//later] ON QUEUE Questions ([//asking]);");
        assertThat(texts(receive(answering(), "Questions", 1))).containsExactly("1");
        assertThat(two.parley().server().health().reasons()).isEmpty();
    }

    @Test
    void theLifetimeEndsBothSides() throws Exception {
        Conversation conversation = asking().begin(TwoDatabases.dialog().lasting(Duration.ofSeconds(60)));
        conversation.send(QUESTION, "how much?");
        Message first = receive(answering(), "Questions", 1).get(0);
        two.clock().advance(Duration.ofSeconds(61));
        assertThat(receive(asking(), "Answers", 1).get(0).error().code()).isEqualTo(-8489);
        assertThat(receive(answering(), "Questions", 1).get(0).error().code()).isEqualTo(-8489);
        asking().conversation(conversation.handle()).end();
        answering().conversation(first.conversationHandle()).end();
        eventually().holds("nothing to be left", () -> {
            two.clock().advance(Duration.ofSeconds(4));
            return answering().endpoints().isEmpty();
        });
        two.awaitNothingLeft();
    }

    @Test
    void conversationsAreSpreadOverDatabasesThatOfferTheService() throws Exception {
        LocalConnection third = two.connect("Third");
        third.catalog().define(TwoDatabases.TRUST + TwoDatabases.TYPES + TwoDatabases.ANSWERER_SIDE);
        for (int i = 0; i < 40; i++) {
            ask(asking(), "1", "2", "3");
        }
        eventually()
                .holds(
                        "all to arrive",
                        () -> third.endpoints().size() + answering().endpoints().size() == 40
                                && waiting(third) + waiting(answering()) == 120);
        assertThat(third.endpoints()).hasSizeBetween(5, 35);
    }

    private static long waiting(LocalConnection connection) {
        return connection.endpoints().stream()
                .mapToLong(endpoint -> endpoint.waitingMessages())
                .sum();
    }

    @Test
    void theBrokerThatIsNamedIsTaken() throws Exception {
        LocalConnection third = two.connect("Third");
        third.catalog().define(TwoDatabases.TRUST + TwoDatabases.TYPES + TwoDatabases.ANSWERER_SIDE);
        String broker = third.brokerInstance().toString();
        for (int i = 0; i < 5; i++) {
            asking().begin(TwoDatabases.dialog().at(broker)).send(QUESTION, "?");
        }
        eventually().holds("all to arrive", () -> third.endpoints().size() == 5);
        assertThat(answering().endpoints()).isEmpty();
    }
}
