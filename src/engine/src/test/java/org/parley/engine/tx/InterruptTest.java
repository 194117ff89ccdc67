package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;

/** Derby closes the connection of an interrupted thread: that ends its transaction, and nobody else's. */
class InterruptTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    @Test
    void anInterruptedThreadTakesNobodyElseAlong() throws Exception {
        LocalConnection interrupted = home.connect();
        LocalConnection other = home.connect();
        Conversation first = Expenses.submit(interrupted, "<first/>");
        Conversation second = Expenses.submit(other, "<second/>");
        other.begin();
        other.conversation(second.handle()).send(Expenses.NOTE, "under way");

        interrupted.begin();
        interrupted.conversation(first.handle()).send(Expenses.NOTE, "before");
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> {
            interrupted.receive(Receive.from(Expenses.DESK_QUEUE));
            interrupted.commit();
        });
        // whether a statement noticed is Derby's affair; what it left must be whole either way
        boolean committed = failure == null;
        Thread.interrupted();

        other.commit();
        assertThat(home.connect().endpoints()).hasSize(4);
        assertThat(home.connect().endpoints().get(0).sendSequence()).isEqualTo(committed ? 2 : 1);
        assertThat(home.connect().endpoints().get(2).sendSequence()).isEqualTo(2);
        assertThat(home.heard().lines("failed")).isEmpty();
    }
}
