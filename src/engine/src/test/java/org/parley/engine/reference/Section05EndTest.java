package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

/**
 * END CONVERSATION, row by row of its table, from the initiator's side and from the target's; service-broker.md, section
 * 5.7. All orders of two ends are in {@link Section05EndOrdersTest}, numbers in {@link Section05ErrorsTest}.
 */
class Section05EndTest extends ExpenseDialogs {

    /** One side ends, the other one hears of it. */
    private record Roles(Conversation ends, Receive own, Conversation hears, Receive other) {}

    private final List<Function<Conversation, Roles>> bothRoles =
            List.of(open -> new Roles(open, HERE, far(open), THERE), open -> new Roles(far(open), THERE, open, HERE));

    /** A dialog with a message unread at each side. */
    private Conversation spoken() throws Exception {
        Conversation open = submitted("<a/>");
        desk.receive(THERE);
        open.send(Expenses.NOTE, "unread there");
        far(open).send(Expenses.NOTE, "unread here");
        return open;
    }

    @Test
    void aPlainEndDeletesWhatWaitsHereAndComesAfterWhatWasSent() throws Exception {
        for (Function<Conversation, Roles> role : bothRoles) {
            Roles roles = role.apply(spoken());
            roles.ends().send(Expenses.NOTE, "last");
            roles.ends().end();
            assertThat(desk.receive(roles.own())).isEmpty();
            List<Message> heard = desk.receive(roles.other());
            assertThat(heard).hasSize(3);
            assertThat(texts(heard.subList(1, 2))).containsExactly("last");
            assertThat(heard.get(2).isEndDialog()).isTrue();
            assertThat(heard.get(2).body()).isNull();
            assertThat(roles.hears().state()).isEqualTo(ConversationState.DISCONNECTED_INBOUND);
            endAll();
        }
    }

    @Test
    void aPlainEndAfterTheOtherHasEndedTellsNobody() throws Exception {
        for (Function<Conversation, Roles> role : bothRoles) {
            Roles roles = role.apply(spoken());
            roles.hears().end();
            roles.ends().end();
            assertThat(desk.receive(roles.other())).isEmpty();
            assertThat(desk.receive(roles.own())).isEmpty();
            home.awaitNothingLeft();
        }
    }

    @Test
    void anEndWithErrorGivesTheOtherCodeAndText() throws Exception {
        for (Function<Conversation, Roles> role : bothRoles) {
            Roles roles = role.apply(spoken());
            roles.ends().endWithError(2147483647, "text");
            assertThat(desk.receive(roles.own())).isEmpty();
            List<Message> heard = desk.receive(roles.other());
            assertThat(heard.get(0).error().code()).isEqualTo(2147483647);
            assertThat(heard.get(0).error().description()).isEqualTo("text");
            assertThat(roles.hears().state()).isEqualTo(ConversationState.ERROR);
            endAll();
        }
    }

    /** What was sent in the transaction that ends with an error is unsent yet, and dropped. */
    @Test
    void anEndWithErrorDropsWhatItsTransactionHasSent() throws Exception {
        Conversation waits =
                client.begin(Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT));
        waits.send(Expenses.SUBMIT, "<unsent/>");
        waits.endWithError(1, "never mind");
        home.awaitNothingLeft();
        client.catalog().define("CREATE SERVICE [//later] ON QUEUE ExpenseQueue ([" + Expenses.CONTRACT + "]);");
        assertThat(desk.receive(THERE)).isEmpty();
    }

    @Test
    void anEndWithErrorAfterTheOtherHasEndedJustEnds() throws Exception {
        for (Function<Conversation, Roles> role : bothRoles) {
            Roles roles = role.apply(spoken());
            roles.hears().end();
            roles.ends().endWithError(9, "told nobody");
            assertThat(desk.receive(roles.other())).isEmpty();
            home.awaitNothingLeft();
        }
    }

    @Test
    void cleanupRemovesThisSideAndTheOtherHearsWhenItSends() throws Exception {
        for (Function<Conversation, Roles> role : bothRoles) {
            Roles roles = role.apply(spoken());
            roles.ends().cleanup();
            Failing.with(8426, () -> roles.ends().state());
            assertThat(desk.receive(roles.own())).isEmpty();
            assertThat(desk.receive(roles.other())).extracting(Message::isError).containsExactly(false);
            roles.hears().send(Expenses.NOTE, "anybody?");
            assertThat(codes(desk.receive(roles.other().waiting(MINUTE)))).containsExactly(-8462);
            roles.hears().end();
            home.awaitNothingLeft();
        }
    }

    @Test
    void anEndMayStandInTheTransactionThatReceives() throws Exception {
        Conversation open = submitted("<a/>");
        desk.begin();
        Message message = desk.receive(THERE).get(0);
        desk.conversation(message.conversationHandle()).send(Expenses.ANSWER);
        desk.conversation(message.conversationHandle()).end();
        desk.commit();
        assertThat(client.receive(HERE)).extracting(Message::isEndDialog).containsExactly(false, true);
        open.end();
        home.awaitNothingLeft();
    }

    /** An unread EndDialog goes with the rest. */
    @Test
    void anEndDeletesAnUnreadEndToo() throws Exception {
        Conversation open = spoken();
        far(open).end();
        assertThat(waiting(open.handle())).isEqualTo(2);
        open.end();
        assertThat(client.receive(HERE)).isEmpty();
        home.awaitNothingLeft();
    }

    @Test
    void nobodyEndsTwice() throws Exception {
        Conversation open = submitted("<a/>");
        open.end();
        Failing.with(8427, open::end);
        Failing.with(8427, () -> open.endWithError(1, "x"));
        far(open).end();
        home.awaitNothingLeft();
        Failing.with(8426, open::end);
    }

    /** Two sessions end the same side at once: one has, the other hears that it is over. */
    @Test
    void twoSessionsEndOneSideOnce() throws Exception {
        Conversation open = submitted("<a/>");
        LocalConnection other = home.connect();
        client.begin();
        open.end();
        Other<Void> second = Other.runs(
                        "second", () -> other.conversation(open.handle()).end())
                .awaitAsleep();
        client.commit();
        second.failsWith(8427);
        assertThat(desk.receive(THERE)).extracting(Message::isEndDialog).containsExactly(false, true);
    }
}
