package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.engine.Expenses;
import org.parley.engine.Other;

/** GET CONVERSATION GROUP; service-broker.md, section 5.4. */
class Section05GetConversationGroupTest extends ExpenseDialogs {

    private LocalConnection second;

    @BeforeEach
    void connectAnother() {
        second = home.connect();
    }

    @Test
    void aGroupStaysLockedAfterItsMessagesAreGone() throws Exception {
        Conversation first = submitted("<a/>");
        desk.begin();
        UUID group = desk.getConversationGroup(Expenses.DESK_QUEUE, null).orElseThrow();
        submitted("<b/>");
        Optional<UUID> other = second.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO);
        assertThat(other).isPresent().isNotEqualTo(Optional.of(group));
        assertThat(desk.receive(THERE.ofGroup(group))).hasSize(1);
        first.send(Expenses.NOTE, "next");
        assertThat(second.receive(THERE.ofGroup(group))).isEmpty();
        desk.commit();
        assertThat(texts(second.receive(THERE.ofGroup(group)))).containsExactly("next");
    }

    @Test
    void severalGroupsCanBeCollected() throws Exception {
        submitted("<a/>");
        submitted("<b/>");
        desk.begin();
        UUID first =
                desk.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO).orElseThrow();
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>");
        UUID next =
                desk.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO).orElseThrow();
        assertThat(next).isNotEqualTo(first);
        assertThat(second.receive(THERE)).isEmpty();
        desk.commit();
        assertThat(texts(second.receive(THERE))).containsExactly("<b/>");
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
}
