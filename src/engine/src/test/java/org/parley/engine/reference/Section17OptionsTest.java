package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ANSWERING;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.engine.routing.TwoDatabases;
import org.parley.engine.tx.TestXid;

/** NEW_BROKER and ERROR_BROKER_CONVERSATIONS; service-broker.md, section 17. */
class Section17OptionsTest {

    private static final Receive QUESTIONS = Receive.from("Questions");
    private static final String OWN_SERVICE = "CREATE SERVICE [//own] ON QUEUE Answers ([//asking])";

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

    @Test
    void newBrokerRemovesAllConversationsInSilenceAndKeepsDefinitions() throws Exception {
        Conversation question = ask(asking(), "really?");
        UUID answer = answered();
        UUID before = asking().brokerInstance();
        asking().catalog().define("ALTER DATABASE CURRENT SET NEW_BROKER WITH ROLLBACK IMMEDIATE");
        assertThat(asking().brokerInstance()).isNotEqualTo(before);
        assertThat(two.rows(TwoDatabases.ASKING)).isEmpty();
        assertThat(asking().endpoints()).isEmpty();
        Failing.with(8426, () -> asking().conversation(question.handle()).state());
        assertThat(asking().catalog().options().brokerEnabled()).isTrue();
        answering().conversation(answer).send(ANSWER, "still there?");
        eventually()
                .becomes("status", () -> answering().transmissionStatus(answer), status -> status.startsWith("9795"));
        UUID after = asking().brokerInstance();
        two.restart();
        assertThat(asking().brokerInstance()).isEqualTo(after);
        ask(asking(), "again?");
        assertThat(receive(answering(), "Questions", 1).get(0).text()).isEqualTo("again?");
    }

    @Test
    void newBrokerTurnsDeliveryOnAndEndsWorkUnderWay() throws Exception {
        asking().catalog().setBrokerEnabled(false);
        LocalConnection works = asking();
        works.begin();
        Conversation open = works.begin(TwoDatabases.dialog());
        open.send(QUESTION, "never");
        LocalConnection reads = asking();
        Other<List<Message>> waits = Other.does(
                        "waits", () -> reads.receive(Receive.from("Answers").waiting(null)))
                .awaitAsleep();
        asking().catalog().newBroker();
        assertThat(waits.failsWith(3998)).hasMessageContaining("NEW_BROKER");
        Failing.with(3998, () -> open.send(QUESTION, "more"));
        works.rollback();
        assertThat(asking().catalog().options().brokerEnabled()).isTrue();
        assertThat(asking().endpoints()).isEmpty();
        ask(works, "works again");
        assertThat(receive(answering(), "Questions", 1).get(0).text()).isEqualTo("works again");
    }

    @Test
    void newBrokerIsRefusedWhileAnOutcomeIsAwaitedAndInAScriptWithMore() throws Exception {
        LocalConnection prepares = asking();
        TestXid xid = TestXid.of(1, 1);
        XAResource resource = prepares.channel().xaResource();
        resource.start(xid, XAResource.TMNOFLAGS);
        prepares.begin(TwoDatabases.dialog()).send(QUESTION, "in doubt");
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        Failing.with(5061, () -> asking().catalog().newBroker());
        resource.commit(xid, false);
        assertThat(receive(answering(), "Questions", 1).get(0).text()).isEqualTo("in doubt");
        Failing.with(226, () -> asking().catalog().define("CREATE QUEUE other; ALTER DATABASE CURRENT SET NEW_BROKER"));
        assertThat(asking().catalog().queue("other")).isEmpty();
        assertThat(asking().endpoints()).hasSize(1);
    }

    @Test
    void whoDoesNotOwnTheDatabaseMayNotAndNothingChanges() throws Exception {
        asking().catalog().define("CREATE USER ddl; ALTER ROLE db_ddladmin ADD MEMBER ddl");
        ask(asking(), "still there?");
        UUID before = asking().brokerInstance();
        LocalConnection ddl = new LocalConnection(two.parley().server().channel(TwoDatabases.ASKING, "ddl"));
        Failing.with(15247, () -> ddl.catalog().newBroker());
        Failing.with(15247, () -> ddl.catalog().define("ALTER DATABASE CURRENT SET NEW_BROKER"));
        Failing.with(15247, () -> ddl.catalog().errorBrokerConversations());
        Failing.with(15247, () -> ddl.catalog().setBrokerEnabled(false));
        assertThat(asking().brokerInstance()).isEqualTo(before);
        assertThat(asking().endpoints()).allMatch(side -> side.state() == ConversationState.CONVERSING);
        ddl.catalog().define("DROP SERVICE [//asker]");
        assertThat(receive(answering(), "Questions", 2)).anyMatch(Message::isError);
    }

    @Test
    void errorBrokerConversationsTellsBothSides() throws Exception {
        Conversation question = ask(asking(), "really?");
        UUID answer = answered();
        UUID before = asking().brokerInstance();
        asking().catalog().setBrokerEnabled(false);
        question.send(QUESTION, "waits");
        asking().catalog().define("ALTER DATABASE CURRENT SET ERROR_BROKER_CONVERSATIONS WITH ROLLBACK IMMEDIATE");
        assertThat(asking().brokerInstance()).isEqualTo(before);
        assertThat(receive(asking(), "Answers", 1).get(0).error().code()).isEqualTo(-9719);
        assertThat(question.state()).isEqualTo(ConversationState.ERROR);
        // what waited may still go its way before the Error does
        List<Message> heard = new ArrayList<>();
        eventually()
                .becomes(
                        "messages until the Error",
                        () -> {
                            heard.addAll(answering().receive(QUESTIONS));
                            return heard;
                        },
                        messages -> messages.stream().anyMatch(Message::isError));
        assertThat(heard)
                .filteredOn(Message::isError)
                .extracting(error -> error.error().code())
                .containsExactly(-9720);
        assertThat(heard)
                .filteredOn(message -> !message.isError())
                .allMatch(message -> message.text().equals("waits"));
        question.end();
        answering().conversation(answer).end();
        two.passAcknowledgements();
        two.awaitNothingLeft();
        ask(asking(), "a new one");
        assertThat(receive(answering(), "Questions", 1).get(0).text()).isEqualTo("a new one");
    }

    @Test
    void errorBrokerConversationsReachesBothSidesInOneDatabaseAndWhatIsBegunMeanwhile() throws Exception {
        asking().catalog().define(OWN_SERVICE);
        LocalConnection late = asking();
        late.begin();
        Conversation begun =
                late.begin(org.parley.Dialog.between("//own", "//own").on("//asking"));
        begun.send(QUESTION, "late");
        Conversation own = asking().inTransaction(() -> {
            Conversation conversation =
                    asking().begin(org.parley.Dialog.between("//own", "//own").on("//asking"));
            return conversation;
        });
        own.send(QUESTION, "to myself");
        asking().catalog().errorBrokerConversations();
        late.commit();
        eventually()
                .becomes(
                        "states",
                        () -> asking().endpoints().stream()
                                .map(side -> side.state())
                                .toList(),
                        states -> states.size() == 4
                                && states.stream().allMatch(state -> state == ConversationState.ERROR));
        two.restart();
        assertThat(asking().endpoints()).allMatch(side -> side.state() == ConversationState.ERROR);
        assertThat(asking().receive(Receive.from("Answers")).stream().filter(Message::isError))
                .allMatch(message -> message.error().code() == -9719);
        asking().endpoints()
                .forEach(side -> asking().conversation(side.handle()).end());
        two.awaitNothingLeft();
    }

    @Test
    void theOwnerOfTheInitiatingServiceNeedsSendOnTheTargetService() throws Exception {
        asking().catalog().createUser("anna");
        asking().catalog().define("ALTER AUTHORIZATION ON SERVICE::[//asker] TO anna");
        Conversation question = ask(asking(), "may I?");
        eventually()
                .becomes(
                        "status",
                        () -> asking().transmissionStatus(question.handle()),
                        status -> status.startsWith("916"));
        answering().catalog().createUser("anna");
        Message error = receive(asking(), "Answers", 1).get(0);
        assertThat(error.error().code()).isEqualTo(-8494);
        assertThat(answering().receive(QUESTIONS)).isEmpty();
        assertThat(two.rows(ANSWERING)).isEmpty();
        question.end();
        answering().catalog().define("GRANT SEND ON SERVICE::[//answerer] TO anna");
        ask(asking(), "now?");
        assertThat(receive(answering(), "Questions", 1).get(0).text()).isEqualTo("now?");
        answering()
                .catalog()
                .define(
                        "REVOKE SEND ON SERVICE::[//answerer] FROM anna; GRANT SEND ON SERVICE::[//answerer] TO public");
        ask(asking(), "as anybody?");
        assertThat(receive(answering(), "Questions", 1).get(0).text()).isEqualTo("as anybody?");
    }
}
