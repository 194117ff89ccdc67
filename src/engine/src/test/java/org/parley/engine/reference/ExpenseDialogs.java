package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.spi.ServerConfig;

/** What most sections need: the services of {@link Expenses} in one database, a session for each of the two sides. */
abstract class ExpenseDialogs {

    /** The initiator's messages. */
    static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);

    /** The target's messages. */
    static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    static final Receive HERE_SOON = HERE.waiting(Duration.ofDays(1));
    static final Receive THERE_SOON = THERE.waiting(Duration.ofDays(1));
    static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(this::configured);

    LocalConnection client;
    LocalConnection desk;

    /** For tests that need another server. */
    ServerConfig configured(ServerConfig config) {
        return config;
    }

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    void restart() {
        home.restart();
        connect();
    }

    Conversation submitted(String xml) throws Exception {
        return Expenses.submit(client, xml);
    }

    Conversation submitted(Duration lifetime) throws Exception {
        return client.inTransaction(() -> {
            Conversation conversation = client.begin(Expenses.dialog().lasting(lifetime));
            conversation.send(Expenses.SUBMIT, "<expense/>");
            return conversation;
        });
    }

    /** Handle of the target's side. */
    UUID farOf(Conversation conversation) {
        return client.endpoints(conversation.conversationId()).get(1).handle();
    }

    /** The target's side. */
    Conversation far(Conversation conversation) {
        return desk.conversation(farOf(conversation));
    }

    ConversationEndpoint endpoint(UUID handle) {
        return client.endpoints().stream()
                .filter(side -> side.handle().equals(handle))
                .findFirst()
                .orElseThrow();
    }

    ConversationState stateOf(UUID handle) {
        return endpoint(handle).state();
    }

    /** Committed states in the order of creation: of one dialog the initiator's first. */
    List<ConversationState> states() {
        return client.endpoints().stream().map(ConversationEndpoint::state).toList();
    }

    long waiting(UUID handle) {
        return endpoint(handle).waitingMessages();
    }

    /** Waits until the messages of a conversation wait with a status that begins so. */
    void awaitStatus(Conversation conversation, String start) {
        eventually()
                .becomes(
                        "a status " + start,
                        () -> client.transmissionStatus(conversation.handle()),
                        status -> status.startsWith(start));
    }

    /** Ends every side that has not ended, and waits until nothing is left. */
    void endAll() {
        for (ConversationEndpoint side : client.endpoints()) {
            try {
                client.conversation(side.handle()).end();
            } catch (BrokerException e) {
                assertThat(e.number()).isIn(8426, 8427);
            }
        }
        home.awaitNothingLeft();
    }

    static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }

    static List<String> types(List<Message> messages) {
        return messages.stream().map(Message::messageType).toList();
    }

    static List<Integer> codes(List<Message> messages) {
        return messages.stream()
                .filter(Message::isError)
                .map(message -> message.error().code())
                .toList();
    }
}
