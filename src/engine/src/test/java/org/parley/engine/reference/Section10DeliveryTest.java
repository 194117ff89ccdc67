package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

/**
 * What is wrong at the receiving side never fails the statement that sends: the news comes as an Error message, or the
 * message waits; service-broker.md, sections 1.3, 8, 9.4 and 10, and rules 7 and 8 of section 26.
 */
class Section10DeliveryTest extends ExpenseDialogs {

    private static final String LATER = """
            CREATE QUEUE LaterQueue;
            CREATE SERVICE [//later] ON QUEUE LaterQueue ([//Adventure-Works.com/Expenses/ExpenseSubmission]);
            """;

    @Test
    void xmlIsJudgedWhereItArrives() throws Exception {
        Conversation bad = Expenses.submit(client, "<expense/>");
        bad.send(Expenses.NOTE, "before");
        bad.send(Expenses.SUBMIT, "<expense>");
        List<Message> here = client.receive(Receive.from(Expenses.CLIENT_QUEUE));
        assertThat(here).hasSize(1);
        assertThat(here.get(0).error().code()).isEqualTo(-9615);
        assertThat(here.get(0).error().description()).contains(Expenses.SUBMIT);
        Failing.with(8429, () -> bad.send(Expenses.NOTE));

        List<Message> there = desk.receive(Receive.from(Expenses.DESK_QUEUE));
        assertThat(there).hasSize(3);
        assertThat(there.get(0).error().code()).isEqualTo(-9616);
        assertThat(there.get(0).sequenceNumber()).isEqualTo(-1);
        assertThat(there.subList(1, 3)).extracting(Message::text).containsExactly("<expense/>", "before");
        Conversation other = desk.conversation(there.get(0).conversationHandle());
        Failing.with(8429, () -> other.send(Expenses.ANSWER));
        assertThat(List.of(bad.state(), other.state())).containsOnly(ConversationState.ERROR);
        bad.end();
        other.endWithError(5, "told nobody");
        home.awaitNothingLeft();
    }

    @Test
    void whatIsSentAfterTheRefusalInOneTransactionIsDropped() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        client.inTransaction(() -> {
            open.send(Expenses.NOTE, "before");
            open.send(Expenses.SUBMIT, "no xml");
            open.send(Expenses.NOTE, "after");
            open.send(Expenses.SUBMIT, "no xml either");
            return null;
        });
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE))).hasSize(1);
        List<Message> there = desk.receive(Receive.from(Expenses.DESK_QUEUE));
        assertThat(there).extracting(Message::isError).containsExactly(true, false, false);
        assertThat(there.get(2).text()).isEqualTo("before");
        endBoth(open);
    }

    private void endBoth(Conversation open) {
        client.endpoints(open.conversationId())
                .forEach(side -> client.conversation(side.handle()).end());
        home.awaitNothingLeft();
    }

    @Test
    void anEmptyTypeTakesNoBody() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        UUID there = client.endpoints(open.conversationId()).get(1).handle();
        desk.conversation(there).send(Expenses.ANSWER, new byte[0]);
        desk.conversation(there).send(Expenses.ANSWER, new byte[] {1});
        Message refused = desk.receive(Receive.from(Expenses.DESK_QUEUE)).get(0);
        assertThat(refused.error().code()).isEqualTo(-8430);
        List<Message> here = client.receive(Receive.from(Expenses.CLIENT_QUEUE));
        assertThat(here).hasSize(2);
        assertThat(here.get(0).error().code()).isEqualTo(-8430);
        assertThat(here.get(1).body()).isNull();
        endBoth(open);
    }

    @Test
    void aFirstMessageThatIsRefusedBeginsNoTarget() throws Exception {
        desk.catalog().define("CREATE QUEUE Q; CREATE SERVICE [//deaf] ON QUEUE Q");
        Conversation deaf =
                client.begin(Dialog.between(Expenses.CLIENT, "//deaf").on(Expenses.CONTRACT));
        deaf.send(Expenses.SUBMIT, "<expense/>");
        Conversation bad = Expenses.submit(client, "no xml");
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE))
                        .get(0)
                        .error()
                        .code())
                .isEqualTo(-8408);
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE))
                        .get(0)
                        .error()
                        .code())
                .isEqualTo(-9615);
        assertThat(client.endpoints()).hasSize(2);
        home.restart();
        client = home.connect();
        assertThat(client.conversation(deaf.handle()).state()).isEqualTo(ConversationState.ERROR);
        client.conversation(deaf.handle()).end();
        client.conversation(bad.handle()).endWithError(1, "nobody hears");
        home.awaitNothingLeft();
    }

    /** In one transaction: begun, refused, ended. Nobody ever hears of it. */
    @Test
    void refusedAndEndedAtOnceLeavesNothing() throws Exception {
        client.inTransaction(() -> {
            Conversation bad = client.begin(Expenses.dialog());
            bad.send(Expenses.SUBMIT, "no xml");
            bad.end();
            Conversation late = client.begin(Expenses.dialog());
            late.send(Expenses.SUBMIT, "<expense/>");
            late.send(Expenses.SUBMIT, "no xml");
            late.endWithError(9, "too late");
            return null;
        });
        List<Message> there = desk.receive(Receive.from(Expenses.DESK_QUEUE));
        assertThat(there).extracting(Message::isError).containsExactly(true, false);
        assertThat(there.get(0).error().code()).isEqualTo(-9616);
        desk.conversation(there.get(0).conversationHandle()).end();
        home.awaitNothingLeft();
    }

    @Test
    void messagesForAMissingServiceWaitForIt() throws Exception {
        Conversation early = toLater("<one/>");
        early.send(Expenses.NOTE, "two");
        eventually()
                .becomes("reasons", () -> home.parley().server().health().reasons(), reasons -> reasons.size() == 1);
        desk.catalog().define(LATER);
        Receive waiting = Receive.from("LaterQueue").waiting(Duration.ofMinutes(1));
        List<Message> there = desk.receive(waiting);
        assertThat(there).extracting(Message::text).containsExactly("<one/>", "two");
        eventually().becomes("reasons", () -> home.parley().server().health().reasons(), List::isEmpty);
        early.send(Expenses.NOTE, "three");
        assertThat(desk.receive(waiting)).extracting(Message::sequenceNumber).containsExactly(2L);
        desk.conversation(there.get(0).conversationHandle()).send(Expenses.ANSWER);
        // the engine may hold the group for a moment, to see whether anything waits still
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE).waiting(Duration.ofMinutes(1))))
                .hasSize(1);
        endBoth(early);
    }

    private Conversation toLater(String xml) throws Exception {
        return client.inTransaction(() -> {
            Conversation conversation =
                    client.begin(Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT));
            conversation.send(Expenses.SUBMIT, xml);
            return conversation;
        });
    }

    @Test
    void theyWaitAcrossRestartsWithTheEndBehindThem() throws Exception {
        Conversation open = toLater("<open/>");
        Conversation ended = toLater("<ended/>");
        ended.end();
        assertThat(ended.state()).isEqualTo(ConversationState.DISCONNECTED_OUTBOUND);
        home.restart();
        client = home.connect();
        desk = home.connect();
        assertThat(client.conversation(open.handle()).state()).isEqualTo(ConversationState.CONVERSING);
        assertThat(client.conversation(ended.handle()).state()).isEqualTo(ConversationState.DISCONNECTED_OUTBOUND);
        client.conversation(open.handle()).send(Expenses.NOTE, "more");
        desk.catalog().define(LATER);
        eventually().holds("both to arrive", () -> desk.endpoints().size() == 4);
        home.restart();
        client = home.connect();
        desk = home.connect();
        List<Message> first = desk.receive(Receive.from("LaterQueue"));
        List<Message> second = desk.receive(Receive.from("LaterQueue"));
        assertThat(first).extracting(Message::text).containsExactly("<open/>", "more");
        assertThat(second).extracting(Message::text).containsExactly("<ended/>", null);
        assertThat(second.get(1).isEndDialog()).isTrue();
        desk.conversation(second.get(0).conversationHandle()).end();
        endBoth(client.conversation(open.handle()));
    }

    /** Every way out of a conversation whose messages nobody has taken yet; none of them is told to anybody. */
    @Test
    void theyCanBeGivenUp() throws Exception {
        toLater("<a/>").endWithError(1, "x");
        toLater("<b/>").cleanup();
        Conversation ending = toLater("<c/>");
        ending.end();
        ending.cleanup();
        client.inTransaction(() -> {
            Conversation all =
                    client.begin(Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT));
            all.send(Expenses.SUBMIT, "<d/>");
            all.end();
            all.cleanup();
            return null;
        });
        home.awaitNothingLeft();
        desk.catalog().define(LATER);
        home.awaitNothingLeft();
    }

    @Test
    void aWaitingMessageIsJudgedWhenItArrives() throws Exception {
        Conversation bad = toLater("no xml");
        Conversation badAndEnded = toLater("no xml");
        badAndEnded.end();
        desk.catalog().define(LATER);
        List<Message> here = client.receive(Receive.from(Expenses.CLIENT_QUEUE).waiting(Duration.ofMinutes(1)));
        assertThat(here).hasSize(1);
        assertThat(here.get(0).conversationHandle()).isEqualTo(bad.handle());
        assertThat(here.get(0).error().code()).isEqualTo(-9615);
        bad.end();
        home.awaitNothingLeft();
    }

    /** As when the target is there already: what stood before the bad message is kept, what follows it is dropped. */
    @Test
    void onlyWhatFollowsABadMessageIsDropped() throws Exception {
        for (boolean ends : new boolean[] {false, true}) {
            desk.catalog().define("CREATE QUEUE LaterQueue");
            Conversation open = toLater("<good/>");
            UUID id = open.conversationId();
            open.send(Expenses.SUBMIT, "no xml");
            open.send(Expenses.NOTE, "after");
            if (ends) {
                open.end();
            }
            desk.catalog().define(LATER.substring(LATER.indexOf(';') + 1));
            List<Message> there = desk.receive(Receive.from("LaterQueue").waiting(Duration.ofMinutes(1)));
            assertThat(there).extracting(Message::isError).containsExactly(true, false);
            assertThat(there.get(0).error().code()).isEqualTo(-9616);
            assertThat(there.get(1).text()).isEqualTo("<good/>");
            if (!ends) {
                Message here = client.receive(
                                Receive.from(Expenses.CLIENT_QUEUE).waiting(Duration.ofMinutes(1)))
                        .get(0);
                assertThat(here.error().code()).isEqualTo(-9615);
                home.restart();
                client = home.connect();
                desk = home.connect();
                assertThat(client.endpoints(id))
                        .extracting(ConversationEndpoint::state)
                        .containsOnly(ConversationState.ERROR);
                client.conversation(open.handle()).end();
            }
            desk.conversation(there.get(1).conversationHandle()).end();
            home.awaitNothingLeft();
            desk.catalog().dropService("//later");
        }
    }

    @Test
    void whoSendsToASideThatWasCleanedUpIsTold() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        UUID there = client.endpoints(open.conversationId()).get(1).handle();
        desk.conversation(there).cleanup();
        assertThat(client.endpoints()).hasSize(1);
        Failing.with(8426, () -> desk.conversation(there).state());
        open.send(Expenses.NOTE, "hello?");
        Receive waiting = Receive.from(Expenses.CLIENT_QUEUE).waiting(Duration.ofMinutes(1));
        assertThat(client.receive(waiting).get(0).error().code()).isEqualTo(-8462);
        Failing.with(8429, () -> open.send(Expenses.NOTE));
        open.end();
        home.awaitNothingLeft();
    }

    /** Its group goes to who waited for it before the broker can tell: what it had sent goes all the same. */
    @Test
    void whoEndsBeforeItCanBeToldLeavesNothing() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        desk.conversation(client.endpoints(open.conversationId()).get(1).handle())
                .cleanup();
        client.begin();
        open.send(Expenses.NOTE, "to nobody");
        Other<Void> end = Other.runs(
                        "ender", () -> desk.conversation(open.handle()).end())
                .awaitAsleep();
        client.commit();
        end.result();
        home.awaitNothingLeft();
    }

    /** The cleaned-up side stays known to the engine alone, also across a restart before anybody has sent to it. */
    @Test
    void cleanupInTheTransactionAndAfterARestart() throws Exception {
        Conversation open = Expenses.submit(client, "<expense/>");
        UUID there = client.endpoints(open.conversationId()).get(1).handle();
        desk.begin();
        desk.conversation(there).cleanup();
        Failing.with(8426, () -> desk.conversation(there).state());
        Failing.with(8426, () -> desk.conversation(there).cleanup());
        desk.commit();
        home.restart();
        client = home.connect();
        Failing.with(8426, () -> client.conversation(there).cleanup());
        client.conversation(open.handle()).send(Expenses.NOTE, "hello?");
        Receive waiting = Receive.from(Expenses.CLIENT_QUEUE).waiting(Duration.ofMinutes(1));
        assertThat(client.receive(waiting).get(0).error().code()).isEqualTo(-8462);
        client.conversation(open.handle()).end();
        home.awaitNothingLeft();
    }
}
