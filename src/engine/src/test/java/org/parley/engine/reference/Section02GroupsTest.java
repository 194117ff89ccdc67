package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Savepoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.spi.ServerConfig;

/** Conversations, groups, handles and locks; service-broker.md, section 2. */
class Section02GroupsTest extends ExpenseDialogs {

    @Override
    ServerConfig configured(ServerConfig config) {
        return config.withLockTimeout(Duration.ofSeconds(2));
    }

    private Set<UUID> groups() {
        Set<UUID> groups = new TreeSet<>();
        client.endpoints().forEach(side -> groups.add(side.groupId()));
        return groups;
    }

    /** Section 2: a group that doesn't exist is created by the name that a dialog gives it. */
    @Test
    void aDialogCreatesTheGroupThatItNames() {
        UUID named = UUID.randomUUID();
        Conversation one = client.begin(Expenses.dialog().inGroup(named));
        assertThat(one.groupId()).isEqualTo(named);
        Conversation two = client.begin(Expenses.dialog().inGroup(named));
        assertThat(groups()).containsExactly(named);
        one.end();
        assertThat(two.groupId()).isEqualTo(named);
        two.end();
        home.awaitNothingLeft();
        client.begin();
        client.begin(Expenses.dialog().inGroup(named));
        client.rollback();
        Conversation other = client.begin(Expenses.dialog());
        Failing.with(8436, () -> other.moveTo(named));
        other.end();
    }

    @Test
    void relatedConversationsAreOneGroup() throws Exception {
        Conversation first = client.begin(Expenses.dialog());
        Conversation related = client.begin(Expenses.dialog().relatedTo(first.handle()));
        UUID own = UUID.randomUUID();
        Conversation grouped = client.begin(Expenses.dialog().inGroup(own));
        Conversation alsoGrouped = client.begin(Expenses.dialog().inGroup(own));
        assertThat(related.groupId()).isEqualTo(first.groupId());
        assertThat(List.of(grouped.groupId(), alsoGrouped.groupId())).containsOnly(own);
        for (Conversation each : List.of(first, grouped, related, alsoGrouped)) {
            each.send(Expenses.SUBMIT, "<a/>");
            desk.conversation(farOf(each)).send(Expenses.ANSWER);
        }
        assertThat(client.endpoints().stream().map(e -> e.groupId()).distinct()).hasSize(6);
        home.restart();
        client = home.connect();
        assertThat(client.receive(HERE))
                .extracting(Message::conversationHandle)
                .containsExactly(first.handle(), related.handle());
        assertThat(client.receive(HERE))
                .extracting(Message::conversationHandle)
                .containsExactly(grouped.handle(), alsoGrouped.handle());
    }

    /** Every statement of the table in section 2.1: the group is locked until the end of the transaction, no longer. */
    @Test
    void everyStatementLocksTheGroupOfItsConversationUntilTheEnd() throws Exception {
        Conversation peer = submitted("<other/>");
        UUID elsewhere = peer.groupId();
        Map<String, ThrowingConsumer<Conversation>> statements = new LinkedHashMap<>();
        statements.put("BEGIN DIALOG", open -> client.begin(Expenses.dialog().relatedTo(open.handle())));
        statements.put(
                "BEGIN DIALOG in group",
                open -> client.begin(
                        Expenses.dialog().inGroup(endpoint(open.handle()).groupId())));
        statements.put("SEND", open -> open.send(Expenses.NOTE, "x"));
        statements.put(
                "RECEIVE",
                open -> assertThat(client.receive(HERE.ofConversation(open.handle())))
                        .hasSize(1));
        statements.put("GET CONVERSATION GROUP", open -> {
            assertThat(client.getConversationGroup(Expenses.CLIENT_QUEUE, Duration.ZERO))
                    .contains(endpoint(open.handle()).groupId());
        });
        statements.put("MOVE", open -> open.moveTo(elsewhere));
        statements.put("END", Conversation::end);
        statements.put("END WITH ERROR", open -> open.endWithError(1, "x"));
        statements.put("TIMER", open -> open.timer(MINUTE));
        LocalConnection other = home.connect();
        for (Map.Entry<String, ThrowingConsumer<Conversation>> each : statements.entrySet()) {
            Conversation open = submitted("<a/>");
            UUID handle = open.handle();
            UUID group = open.groupId();
            far(open).send(Expenses.NOTE, "unread");
            client.begin();
            each.getValue().accept(open);
            assertThat(other.receive(HERE)).as(each.getKey()).isEmpty();
            Other<Void> waits = Other.runs(
                            "waits", () -> other.conversation(handle).timer(MINUTE))
                    .awaitAsleep();
            home.clock().advance(Duration.ofSeconds(2));
            assertThat(waits.failsWith(1222)).as(each.getKey()).hasMessageContaining(group.toString());
            client.rollback();
            assertThat(other.receive(HERE)).as(each.getKey()).hasSize(1);
            open.cleanup();
        }
    }

    @Test
    void withoutATransactionTheLockLastsForTheStatement() throws Exception {
        Conversation open = submitted("<a/>");
        far(open).send(Expenses.NOTE, "one");
        assertThat(client.getConversationGroup(Expenses.CLIENT_QUEUE, Duration.ZERO))
                .contains(open.groupId());
        assertThat(home.connect().receive(HERE)).hasSize(1);
    }

    @Test
    void workOnOneSideNeverWaitsForTheOther() throws Exception {
        Conversation open = submitted("<a/>");
        Conversation far = far(open);
        client.begin();
        open.send(Expenses.NOTE, "held");
        desk.begin();
        assertThat(desk.receive(THERE)).hasSize(1);
        far.send(Expenses.ANSWER);
        far.end();
        desk.commit();
        client.commit();
        endAll();
    }

    @Test
    void aSavepointGivesMessagesBackAndKeepsTheLock() throws Exception {
        submitted("<a/>");
        desk.begin();
        Savepoint before = desk.sql().setSavepoint();
        assertThat(desk.receive(THERE)).hasSize(1);
        desk.sql().rollback(before);
        LocalConnection other = home.connect();
        assertThat(other.receive(THERE)).isEmpty();
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>");
        desk.commit();
        assertThat(other.receive(THERE)).isEmpty();
    }

    @Test
    void theInitiatorExistsFromBeginTheTargetFromTheFirstMessage() throws Exception {
        Conversation open = client.begin(Expenses.dialog());
        assertThat(client.endpoints()).singleElement().matches(ConversationEndpoint::initiator);
        client.begin();
        open.send(Expenses.SUBMIT, "<a/>");
        assertThat(desk.endpoints()).hasSize(1);
        client.commit();
        assertThat(desk.endpoints(open.conversationId()))
                .extracting(ConversationEndpoint::initiator)
                .containsExactly(true, false);
    }

    @Test
    void aGroupLivesUntilItsLastConversationHasEnded() throws Exception {
        Conversation first = client.begin(Expenses.dialog());
        UUID group = first.groupId();
        Conversation second = client.begin(Expenses.dialog().relatedTo(first.handle()));
        first.end();
        assertThat(client.receive(HERE.ofGroup(group))).isEmpty();
        second.end();
        Failing.with(8436, () -> client.receive(HERE.ofGroup(group)));
        home.awaitNothingLeft();
    }

    /** Groups never travel: related dialogs meet in one group here and in as many as there are dialogs there. */
    @Test
    void groupsAreLocalToOneSide() throws Exception {
        Conversation first = submitted("<a/>");
        Conversation second = client.begin(Expenses.dialog().relatedTo(first.handle()));
        second.send(Expenses.SUBMIT, "<b/>");
        assertThat(first.groupId()).isEqualTo(second.groupId());
        assertThat(far(first).groupId()).isNotEqualTo(far(second).groupId()).isNotEqualTo(first.groupId());
    }
}
