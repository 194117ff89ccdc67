package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.SuspendedGroup;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Select;
import org.parley.testkit.Eventually;

/** Dialogs between {@link Expenses} whose desk sets groups aside that fail five times in a row. */
abstract class PoisonedDialogs {

    static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(2)));

    LocalConnection client;
    LocalConnection desk;

    @BeforeEach
    void suspendGroups() {
        connect();
        alter("POISON_MESSAGE_HANDLING (ACTION = SUSPEND_GROUP)");
    }

    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    void restart() {
        home.restart();
        connect();
    }

    void alter(String option) {
        client.catalog().define("ALTER QUEUE ExpenseQueue WITH " + option);
    }

    /** Begins a dialog; gives its other side. */
    ConversationEndpoint submit(String xml) throws Exception {
        UUID conversation = Expenses.submit(client, xml).conversationId();
        return client.endpoints(conversation).get(1);
    }

    Conversation initiatorOf(ConversationEndpoint there) {
        return client.conversation(
                client.endpoints(there.conversationId()).get(0).handle());
    }

    void rollbacks(ConversationEndpoint there, int times) {
        for (int i = 0; i < times; i++) {
            desk.begin();
            assertThat(desk.receive(THERE.ofConversation(there.handle()).top(1)))
                    .hasSize(1);
            desk.rollback();
        }
    }

    /** A dialog whose first message can't be processed, suspended. */
    ConversationEndpoint poison() throws Exception {
        ConversationEndpoint there = submit("<poison/>");
        rollbacks(there, 5);
        home.heard().await("suspended: " + there.groupId());
        // the engine holds the group while it sets it aside
        Eventually.eventually()
                .becomes(
                        "the group to be free",
                        () -> Select.rows(
                                client,
                                "SELECT HELD_BY FROM PARLEY.CONVERSATION_GROUPS WHERE CONVERSATION_GROUP_ID = ?",
                                there.groupId()),
                        List.of("-")::equals);
        return there;
    }

    static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }

    List<UUID> suspended() {
        return client.suspendedGroups().stream().map(SuspendedGroup::groupId).toList();
    }

    /** Ends what is open from both sides; then nothing may be left, also no row of a suspension. */
    void endAll() {
        for (ConversationEndpoint side : client.endpoints()) {
            try {
                client.conversation(side.handle()).end();
            } catch (BrokerException e) {
                assertThat(e.number()).isIn(8426, 8427);
            }
        }
        home.awaitNothingLeft();
        assertThat(suspended()).isEmpty();
    }
}
