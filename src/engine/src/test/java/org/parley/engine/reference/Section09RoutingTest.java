package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.engine.routing.TwoDatabases.texts;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.routing.TwoDatabases;

/**
 * Routing; service-broker.md, section 9. The choice itself, step by step, is a pure function:
 * {@link org.parley.engine.routing.WayChoiceTest}.
 */
class Section09RoutingTest {

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private void awaitStatus(Conversation conversation, String start) {
        eventually()
                .becomes(
                        "a status " + start,
                        () -> two.asking().transmissionStatus(conversation.handle()),
                        status -> status.startsWith(start));
    }

    private LocalConnection third() {
        LocalConnection third = two.connect("Third");
        third.catalog().define(TwoDatabases.TRUST + TwoDatabases.TYPES + TwoDatabases.ANSWERER_SIDE);
        return third;
    }

    private void arrives(LocalConnection connection, String text) {
        assertThat(texts(receive(connection, "Questions", 1))).containsExactly(text);
    }

    /** Section 1.7: a message without a route waits until there is one; that is no error. */
    @Test
    void withoutARouteMessagesWaitUntilThereIsOne() throws Exception {
        two.asking().catalog().dropRoute("AutoCreatedLocal");
        Conversation question = ask(two.asking(), "?");
        awaitStatus(question, "9750: ");
        assertThat(question.state().code()).isEqualTo("CO");
        two.asking().catalog().define("CREATE ROUTE r WITH SERVICE_NAME = '//answerer', ADDRESS = 'LOCAL'");
        arrives(two.answering(), "?");
    }

    @Test
    void anExpiredRouteIsIgnoredAndAlterRevivesIt() throws Exception {
        two.asking().catalog().dropRoute("AutoCreatedLocal");
        two.asking()
                .catalog()
                .define("CREATE ROUTE r WITH SERVICE_NAME = '//answerer', LIFETIME = 60, ADDRESS = 'LOCAL'");
        ask(two.asking(), "in time");
        arrives(two.answering(), "in time");
        two.clock().advance(Duration.ofSeconds(60));
        Conversation late = ask(two.asking(), "late");
        awaitStatus(late, "9750: ");
        assertThat(two.asking().catalog().routes()).hasSize(1);
        two.asking().catalog().define("ALTER ROUTE r WITH LIFETIME = 60");
        arrives(two.answering(), "late");
    }

    @Test
    void anExactServiceNameGoesBeforeARouteForAll() throws Exception {
        two.asking()
                .catalog()
                .define("CREATE ROUTE far WITH SERVICE_NAME = '//answerer', ADDRESS = 'TCP://elsewhere:4022'");
        Conversation question = ask(two.asking(), "?");
        awaitStatus(question, "9748: ");
        two.asking().catalog().dropRoute("far");
        arrives(two.answering(), "?");
    }

    @Test
    void aRouteToABrokerNamesTheDatabase() throws Exception {
        LocalConnection third = third();
        two.asking()
                .catalog()
                .define("CREATE ROUTE r WITH SERVICE_NAME = '//answerer', BROKER_INSTANCE = '" + third.brokerInstance()
                        + "', ADDRESS = 'LOCAL'");
        for (int i = 0; i < 5; i++) {
            ask(two.asking(), "" + i);
        }
        assertThat(texts(receive(third, "Questions", 5))).containsExactlyInAnyOrder("0", "1", "2", "3", "4");
        assertThat(two.answering().endpoints()).isEmpty();
    }

    @Test
    void aNamedBrokerWithoutTheServiceFailsTheConversation() throws Exception {
        Conversation question = two.asking()
                .begin(TwoDatabases.dialog().at(two.asking().brokerInstance().toString()));
        question.send(QUESTION, "?");
        assertThat(receive(two.asking(), "Answers", 1).get(0).error().code()).isEqualTo(-8490);
    }

    @Test
    void aNamedBrokerThatIsNotHereWaits() {
        Conversation question =
                two.asking().begin(TwoDatabases.dialog().at(UUID.randomUUID().toString()));
        question.send(QUESTION, "?");
        awaitStatus(question, "9795: ");
    }

    @Test
    void theDatabaseThatBeginsComesBeforeAllOthers() throws Exception {
        two.asking().catalog().define("CREATE SERVICE [//answerer] ON QUEUE Answers ([//asking]);");
        ask(two.asking(), "near");
        assertThat(texts(receive(two.asking(), "Answers", 1))).containsExactly("near");
        assertThat(two.answering().endpoints()).isEmpty();
    }

    @Test
    void aDatabaseThatDoesNotDeliverIsNoCandidate() throws Exception {
        LocalConnection third = third();
        two.answering().catalog().setBrokerEnabled(false);
        for (int i = 0; i < 5; i++) {
            ask(two.asking(), "" + i);
        }
        assertThat(receive(third, "Questions", 5)).hasSize(5);
        third.catalog().setBrokerEnabled(false);
        awaitStatus(ask(two.asking(), "nobody delivers"), "28013: ");
    }

    /** Section 9.5. */
    @Test
    void afterTheFirstAcknowledgementAConversationStaysWithItsBroker() throws Exception {
        Conversation question = ask(two.asking(), "1");
        arrives(two.answering(), "1");
        two.passAcknowledgements();
        eventually()
                .holds(
                        "the acknowledgement",
                        () -> !two.rows(TwoDatabases.ASKING).containsKey("MESSAGES"));
        LocalConnection third = third();
        two.asking()
                .catalog()
                .define("CREATE ROUTE r WITH SERVICE_NAME = '//answerer', BROKER_INSTANCE = '" + third.brokerInstance()
                        + "', ADDRESS = 'LOCAL'");
        two.restart();
        two.connect("Third");
        two.asking().conversation(question.handle()).send(QUESTION, "2");
        arrives(two.answering(), "2");
        assertThat(two.connect("Third").endpoints()).isEmpty();
    }

    /** What goes back to the initiator in this server needs no route. */
    @Test
    void answersNeedNoRoute() throws Exception {
        two.answering().catalog().dropRoute("AutoCreatedLocal");
        ask(two.asking(), "?");
        Message question = receive(two.answering(), "Questions", 1).get(0);
        two.answering().conversation(question.conversationHandle()).send(ANSWER, "!");
        assertThat(texts(receive(two.asking(), "Answers", 1))).containsExactly("!");
    }

    /** Conversations are spread, not messages; those of one group may go to different databases. */
    @Test
    void conversationsOfOneGroupMayGoToDifferentDatabases() throws Exception {
        LocalConnection third = third();
        UUID group = UUID.randomUUID();
        List<Conversation> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Conversation each = two.asking().begin(TwoDatabases.dialog().inGroup(group));
            each.send(QUESTION, "1");
            each.send(QUESTION, "2");
            all.add(each);
        }
        eventually().holds("all to arrive", () -> waitingIn(third) + waitingIn(two.answering()) == 40);
        for (LocalConnection each : List.of(third, two.answering())) {
            int conversations = each.endpoints().size();
            assertThat(conversations).isPositive();
            for (int i = 0; i < conversations; i++) {
                List<Message> received = each.receive(Receive.from("Questions").waiting(Duration.ofDays(1)));
                assertThat(texts(received)).containsExactly("1", "2");
            }
        }
        assertThat(all).extracting(Conversation::groupId).containsOnly(group);
    }

    private static long waitingIn(LocalConnection connection) {
        return connection.endpoints().stream()
                .mapToLong(endpoint -> endpoint.waitingMessages())
                .sum();
    }
}
