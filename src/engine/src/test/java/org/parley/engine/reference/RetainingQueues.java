package org.parley.engine.reference;

import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Select;

/** Two queues with RETENTION, and what their views show. */
abstract class RetainingQueues {

    static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    static final Receive THERE_SOON = THERE.waiting(Duration.ofDays(1));

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    LocalConnection client;
    LocalConnection desk;

    @BeforeEach
    void begin() {
        connect();
        retain(Expenses.DESK_QUEUE, true);
        retain(Expenses.CLIENT_QUEUE, true);
    }

    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    void restart() {
        home.restart();
        connect();
    }

    void retain(String queue, boolean on) {
        desk.catalog().alter(desk.catalog().queue(queue).orElseThrow().withRetention(on));
    }

    /** Status, number and type of what a queue's view shows, and the length of the body, in the order of sending. */
    List<String> shown(String queue) {
        return Select.rows(
                        client,
                        "SELECT STATUS, MESSAGE_SEQUENCE_NUMBER, MESSAGE_TYPE_NAME, LENGTH(MESSAGE_BODY) FROM " + queue
                                + " ORDER BY QUEUING_ORDER")
                .stream()
                .map(row -> row.replaceFirst("[^|]*/", ""))
                .toList();
    }

    UUID there(Conversation open) {
        return client.endpoints(client.conversation(open.handle()).conversationId())
                .get(1)
                .handle();
    }

    /** Lets a timer ring, and waits until its message can be received, and the queue's view has so many rows. */
    void ring(Conversation side, int rows) {
        long before = waiting(side);
        side.timer(Duration.ofSeconds(1));
        home.clock().advance(Duration.ofSeconds(2));
        eventually().becomes("rows shown", () -> shown(Expenses.DESK_QUEUE).size(), size -> size == rows);
        // the view reads the store, which knows of it a moment before the queue does
        eventually().becomes("messages waiting", () -> waiting(side), waiting -> waiting == before + 1);
    }

    private long waiting(Conversation side) {
        return desk.endpoints(side.conversationId()).stream()
                .filter(endpoint -> endpoint.handle().equals(side.handle()))
                .findFirst()
                .orElseThrow()
                .waitingMessages();
    }
}
