package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Other;

/** Waits for conversation groups: bounded, and one victim of each dead-lock; design.md, "Two sides in one database". */
class DeadlockTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(20)));

    @Test
    void twoGroupsInOppositeOrderHaveOneVictim() throws Exception {
        LocalConnection one = home.connect();
        LocalConnection two = home.connect();
        Conversation first = Expenses.submit(one, "<first/>");
        Conversation second = Expenses.submit(one, "<second/>");
        one.begin();
        two.begin();
        one.conversation(first.handle()).send(Expenses.NOTE, "by one");
        two.conversation(second.handle()).send(Expenses.NOTE, "by two");
        Other<Throwable> crossing = Other.does(
                "one", () -> failure(() -> one.conversation(second.handle()).send(Expenses.NOTE, "by one")));
        crossing.awaitAsleep();

        Throwable closing = failure(() -> two.conversation(first.handle()).send(Expenses.NOTE, "by two"));
        Throwable other = crossing.result();

        assertOneVictim(closing, other);
        finish(one, other);
        finish(two, closing);
    }

    @Test
    void aCycleThroughARowOfATableHasOneVictim() throws Exception {
        LocalConnection one = home.connect();
        LocalConnection two = home.connect();
        update(one, "CREATE TABLE APP.BOOK (ID INT PRIMARY KEY, AMOUNT INT)");
        update(one, "INSERT INTO APP.BOOK VALUES (1, 0)");
        Conversation conversation = Expenses.submit(one, "<first/>");
        one.begin();
        two.begin();
        one.conversation(conversation.handle()).send(Expenses.NOTE, "holds the group");
        update(two, "UPDATE APP.BOOK SET AMOUNT = 2 WHERE ID = 1");
        Other<Throwable> inDerby =
                Other.does("one", () -> failure(() -> update(one, "UPDATE APP.BOOK SET AMOUNT = 1 WHERE ID = 1")));
        inDerby.awaitAsleep();

        Throwable victim = failure(() -> two.conversation(conversation.handle()).send(Expenses.NOTE, "waits"));

        assertThat(victim)
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.DEADLOCK_VICTIM));
        assertThat(inDerby.result()).isNull();
        finish(two, victim);
        one.commit();
    }

    @Test
    void aWaitIsBounded() throws Exception {
        LocalConnection one = home.connect();
        LocalConnection two = home.connect();
        Conversation conversation = Expenses.submit(one, "<first/>");
        one.begin();
        one.conversation(conversation.handle()).send(Expenses.NOTE, "holds the group");
        Other<Throwable> waiting = Other.does(
                "two",
                () -> failure(() -> two.conversation(conversation.handle()).send(Expenses.NOTE, "waits")));
        waiting.awaitAsleep();
        home.clock().advance(Duration.ofSeconds(20));
        assertThat(waiting.result())
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.LOCK_TIMEOUT));
        one.commit();
        two.conversation(conversation.handle()).send(Expenses.NOTE, "now it is free");
    }

    @Test
    void aHolderSuspendedOnTheSameThreadIsNotWaitedFor() throws Exception {
        LocalConnection outer = home.connect();
        LocalConnection inner = home.connect();
        Conversation conversation = Expenses.submit(outer, "<first/>");
        outer.begin();
        outer.conversation(conversation.handle()).send(Expenses.NOTE, "holds the group");
        inner.begin();
        assertThatThrownBy(() -> inner.conversation(conversation.handle()).send(Expenses.NOTE, "would wait for ever"))
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.LOCK_TIMEOUT))
                .hasMessageContaining("suspended on this thread");
        inner.rollback();
        outer.commit();
    }

    @Test
    void waitersAreServedInTheirOrder() throws Exception {
        LocalConnection holder = home.connect();
        Conversation conversation = Expenses.submit(holder, "<first/>");
        holder.begin();
        holder.conversation(conversation.handle()).send(Expenses.NOTE, "0");
        List<Other<Void>> waiters = Stream.of("1", "2", "3")
                .map(text -> Other.runs("waiter " + text, () -> {
                            try (LocalConnection connection = home.connect()) {
                                connection.conversation(conversation.handle()).send(Expenses.NOTE, text);
                            }
                        })
                        .awaitAsleep())
                .toList();
        holder.commit();
        for (Other<Void> waiter : waiters) {
            waiter.result();
        }
        assertThat(home.connect().receive(Receive.from(Expenses.DESK_QUEUE)).stream()
                        .skip(1)
                        .map(Message::text))
                .containsExactly("0", "1", "2", "3");
    }

    private static void assertOneVictim(Throwable... failures) {
        assertThat(Stream.of(failures).filter(Objects::nonNull))
                .singleElement()
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.DEADLOCK_VICTIM));
    }

    /** The victim's transaction has been rolled back and says so; the other one commits. */
    private static void finish(LocalConnection connection, Throwable failure) {
        if (failure == null) {
            connection.commit();
        } else {
            assertThatThrownBy(connection::commit)
                    .isInstanceOfSatisfying(
                            BrokerException.class,
                            e -> assertThat(e.number()).isEqualTo(ErrorNumbers.TRANSACTION_ENDED));
        }
    }

    private static void update(LocalConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.sql().createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Work that may fail. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    private static Throwable failure(Attempt attempt) {
        try {
            attempt.run();
            return null;
        } catch (Exception e) {
            return e;
        }
    }
}
