package org.parley.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

/** Conversation groups: how they come, move and go, and who holds them; service-broker.md, sections 2, 5.4 and 5.5. */
class ConversationGroupsTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(2)));

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void restart() {
        home.restart();
        connect();
    }

    private UUID farOf(Conversation conversation) {
        return client.endpoints(conversation.conversationId()).get(1).handle();
    }

    private Set<UUID> groups() {
        Set<UUID> groups = new TreeSet<>();
        client.endpoints().forEach(side -> groups.add(side.groupId()));
        return groups;
    }

    private void endAll() {
        for (ConversationEndpoint side : client.endpoints()) {
            try {
                client.conversation(side.handle()).end();
            } catch (BrokerException e) {
                assertThat(e.number()).isIn(8426, 8427);
            }
        }
        home.awaitNothingLeft();
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
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

    /** Section 5.4: several calls collect several groups, then the transaction has them all. */
    @Test
    void severalCallsCollectSeveralGroups() throws Exception {
        for (int i = 0; i < 3; i++) {
            Expenses.submit(client, "<n" + i + "/>");
        }
        desk.begin();
        Set<UUID> collected = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            desk.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO).ifPresent(collected::add);
        }
        assertThat(collected).hasSize(3);
        LocalConnection other = home.connect();
        assertThat(other.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO))
                .isEmpty();
        for (UUID group : collected) {
            assertThat(desk.receive(THERE.ofGroup(group))).hasSize(1);
        }
        assertThat(desk.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO))
                .isEmpty();
        Other<Optional<UUID>> waits = Other.does("waits", () -> other.getConversationGroup(Expenses.DESK_QUEUE, null))
                .awaitAsleep();
        Expenses.submit(client, "<next/>");
        assertThat(waits.result()).isPresent();
        desk.commit();
        assertThat(other.receive(THERE)).hasSize(1);
    }

    /** Eight readers that wait are served in the order in which they came, each once in a round. */
    @Test
    void waitingReadersAreServedFirstComeFirstServed() throws Exception {
        List<LocalConnection> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            readers.add(home.connect());
        }
        for (int round = 0; round < 3; round++) {
            List<Other<List<Message>>> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                LocalConnection reader = readers.get((i + round) % 8);
                waiting.add(Other.does("reader-" + i, () -> reader.receive(THERE.waiting(null)))
                        .awaitAsleep());
            }
            client.begin();
            for (int i = 0; i < 8; i++) {
                client.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<n" + i + "/>");
            }
            client.commit();
            for (int i = 0; i < 8; i++) {
                assertThat(texts(waiting.get(i).result())).containsExactly("<n" + i + "/>");
            }
        }
        endAll();
    }
}
