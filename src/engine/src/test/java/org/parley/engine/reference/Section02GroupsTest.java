package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
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
}
