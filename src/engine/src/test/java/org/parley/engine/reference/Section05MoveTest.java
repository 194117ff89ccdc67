package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.spi.ServerConfig;

/** MOVE CONVERSATION; service-broker.md, section 5.5. */
class Section05MoveTest extends ExpenseDialogs {

    @Override
    ServerConfig configured(ServerConfig config) {
        return config.withLockTimeout(Duration.ofSeconds(2));
    }

    private Set<UUID> groups() {
        Set<UUID> groups = new TreeSet<>();
        client.endpoints().forEach(side -> groups.add(side.groupId()));
        return groups;
    }

    @Test
    void aMovedConversationTakesItsMessagesAlong() throws Exception {
        Conversation one = Expenses.submit(client, "<a/>");
        Conversation two = Expenses.submit(client, "<b/>");
        desk.conversation(farOf(one)).send(Expenses.NOTE, "to one");
        desk.conversation(farOf(two)).send(Expenses.NOTE, "to two");
        UUID left = one.groupId();
        UUID group = two.groupId();
        one.moveTo(group);
        assertThat(one.groupId()).isEqualTo(group);
        assertThat(groups()).contains(group).doesNotContain(left);
        Failing.with(8436, () -> client.receive(HERE.ofGroup(left)));
        Failing.with(8436, () -> two.moveTo(left));
        List<Message> received = client.receive(HERE);
        assertThat(texts(received)).containsExactlyInAnyOrder("to one", "to two");
        assertThat(received).extracting(Message::conversationGroupId).containsOnly(group);
        // what arrives later belongs to the group too, over a restart
        desk.conversation(farOf(one)).send(Expenses.NOTE, "later");
        restart();
        assertThat(texts(client.receive(HERE.ofGroup(group)))).containsExactly("later");
        endAll();
    }

    @Test
    void bothGroupsAreLockedUntilTheEnd() throws Exception {
        Conversation one = Expenses.submit(client, "<a/>");
        Conversation two = Expenses.submit(client, "<b/>");
        Conversation stays = client.begin(Expenses.dialog().relatedTo(one.handle()));
        LocalConnection other = home.connect();
        client.begin();
        one.moveTo(two.groupId());
        desk.conversation(farOf(two)).send(Expenses.NOTE, "arrives all the same");
        assertThat(other.receive(HERE)).isEmpty();
        for (Conversation each : List.of(one, two, stays)) {
            Other<Void> waits = Other.runs(
                            "waits", () -> other.conversation(each.handle()).state())
                    .awaitAsleep();
            home.clock().advance(Duration.ofSeconds(3));
            waits.failsWith(1222);
        }
        client.commit();
        assertThat(other.receive(HERE)).hasSize(1);
        endAll();
    }

    @Test
    void whoWaitsForAConversationThatMovesAwayGetsItsNextGroup() throws Exception {
        Conversation one = Expenses.submit(client, "<a/>");
        UUID group = Expenses.submit(client, "<b/>").groupId();
        LocalConnection other = home.connect();
        client.begin();
        one.moveTo(group);
        Other<UUID> waits = Other.does(
                        "waits", () -> other.conversation(one.handle()).groupId())
                .awaitAsleep();
        client.commit();
        assertThat(waits.result()).isEqualTo(group);
        endAll();
    }

    @Test
    void inItsTransactionTheConversationIsInTheOtherGroupAlready() throws Exception {
        Conversation one = Expenses.submit(client, "<a/>");
        Conversation two = Expenses.submit(client, "<b/>");
        UUID from = one.groupId();
        UUID to = two.groupId();
        desk.conversation(farOf(one)).send(Expenses.NOTE, "to one");
        client.begin();
        Savepoint before = client.sql().setSavepoint();
        one.moveTo(to);
        assertThat(client.receive(HERE.ofGroup(from))).isEmpty();
        assertThat(texts(client.receive(HERE.ofGroup(to)))).containsExactly("to one");
        client.sql().rollback(before);
        assertThat(one.groupId()).isEqualTo(from);
        assertThat(client.receive(HERE.ofGroup(to))).isEmpty();
        one.moveTo(to);
        client.sql().rollback(before);
        client.commit();
        restart();
        assertThat(client.conversation(one.handle()).groupId()).isEqualTo(from);
        client.begin();
        client.moveConversation(one.handle(), to);
        client.rollback();
        assertThat(client.conversation(one.handle()).groupId()).isEqualTo(from);
        assertThat(texts(client.receive(HERE.ofGroup(from)))).containsExactly("to one");
        endAll();
    }

    @Test
    void movedAndEndedAtOnce() throws Exception {
        Conversation one = Expenses.submit(client, "<a/>");
        UUID to = Expenses.submit(client, "<b/>").groupId();
        UUID from = one.groupId();
        client.inTransaction(() -> {
            one.moveTo(to);
            one.send(Expenses.NOTE, "from there");
            one.end();
            return null;
        });
        eventually().holds("the first group to go", () -> !groups().contains(from));
        client.inTransaction(() -> {
            Conversation begun = client.begin(Expenses.dialog());
            begun.moveTo(to);
            begun.send(Expenses.SUBMIT, "<c/>");
            assertThat(begun.groupId()).isEqualTo(to);
            return null;
        });
        assertThat(client.endpoints().stream().filter(side -> side.groupId().equals(to)))
                .hasSize(3);
        endAll();
    }

    @Test
    void aMoveThatIsNotAllowed() throws Exception {
        Conversation one = Expenses.submit(client, "<a/>");
        UUID group = Expenses.submit(client, "<b/>").groupId();
        UUID there = desk.conversation(farOf(one)).groupId();
        Failing.with(8418, () -> client.moveConversation(null, group));
        Failing.with(8426, () -> client.moveConversation(UUID.randomUUID(), group));
        Failing.with(8420, () -> one.moveTo(null));
        Failing.with(8436, () -> one.moveTo(UUID.randomUUID()));
        assertThat(Failing.with(8439, () -> one.moveTo(there))).hasMessageContaining(Expenses.DESK);
        // one queue isn't enough: a group belongs to one service
        client.catalog().define("CREATE SERVICE Neighbour ON QUEUE ExpenseClientQueue;");
        Conversation neighbour =
                client.begin(Dialog.between("Neighbour", Expenses.DESK).on(Expenses.CONTRACT));
        UUID next = neighbour.groupId();
        Failing.with(8439, () -> one.moveTo(next));
        Failing.with(9610, () -> client.begin(Expenses.dialog().inGroup(next)));
        one.moveTo(one.groupId());
        one.end();
        assertThat(Failing.with(8438, () -> one.moveTo(group))).hasMessageContaining("CD");
        neighbour.end();
        endAll();
    }
}
