package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;

/** POISON_MESSAGE_HANDLING of a queue; service-broker.md, section 12. What its default does is in QueueStatusTest. */
class PoisonMessagesTest {

    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void alter(String option) {
        client.catalog().define("ALTER QUEUE ExpenseQueue WITH " + option);
    }

    private void rollbacks(int times) {
        for (int i = 0; i < times; i++) {
            desk.begin();
            assertThat(desk.receive(THERE.top(1))).hasSize(1);
            desk.rollback();
        }
    }

    @Test
    void withoutPoisonMessageHandlingRollbacksHaveNoConsequence() throws Exception {
        alter("POISON_MESSAGE_HANDLING (STATUS = OFF)");
        Expenses.submit(client, "<poison/>");
        rollbacks(12);
        home.restart();
        connect();
        rollbacks(12);
        assertThat(home.heard().lines("queue off")).isEmpty();
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void rollbacksThatWereNotCountedAreNotRemembered() throws Exception {
        alter("POISON_MESSAGE_HANDLING (STATUS = OFF)");
        Expenses.submit(client, "<poison/>");
        rollbacks(7);
        alter("POISON_MESSAGE_HANDLING (STATUS = ON)");
        rollbacks(4);
        assertThat(home.heard().lines("queue off")).isEmpty();
        rollbacks(1);
        home.heard().await("queue off: " + Expenses.DESK_QUEUE);
    }
}
