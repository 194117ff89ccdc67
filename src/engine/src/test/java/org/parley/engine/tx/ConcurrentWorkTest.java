package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.engine.fault.FaultPoint;

/** Threads that meet in one transaction, and ends that come from outside: an error or none, and no harm. */
class ConcurrentWorkTest {

    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final TestXid XID = TestXid.of(1, 1);

    private final AtomicReference<Object> globalTransaction = new AtomicReference<>();

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withCurrentTransaction(globalTransaction::get));

    private LocalConnection client;
    private LocalConnection desk;
    private XAResource first;

    @BeforeEach
    void connect() throws Exception {
        client = home.connect();
        desk = home.connect();
        first = client.channel().xaResource();
        sql(client, "CREATE TABLE BOOK (ID INT PRIMARY KEY)");
        sql(client, "INSERT INTO BOOK VALUES (-1)");
    }

    private static void sql(LocalConnection connection, String text) throws SQLException {
        try (Statement statement = connection.sql().createStatement()) {
            statement.execute(text);
        }
    }

    private static int booked(LocalConnection connection) throws SQLException {
        try (Statement statement = connection.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT COUNT(*) FROM BOOK WHERE ID >= 0")) {
            at.next();
            return at.getInt(1);
        }
    }

    /** Messages on one thread, tables on another, by two handles of one transaction. */
    @Test
    void twoThreadsInOneTransactionWaitForEachOther() throws Exception {
        XAResource second = desk.channel().xaResource();
        Conversation open = Expenses.submit(client, "<a/>");
        first.start(XID, XAResource.TMNOFLAGS);
        second.start(XID, XAResource.TMJOIN);
        Other<Void> books = Other.runs("books", () -> {
            for (int i = 0; i < 200; i++) {
                sql(desk, "INSERT INTO BOOK VALUES (" + i + ")");
            }
        });
        for (int i = 0; i < 200; i++) {
            open.send(Expenses.NOTE, "note " + i);
        }
        books.result();
        first.end(XID, XAResource.TMSUCCESS);
        second.end(XID, XAResource.TMSUCCESS);
        first.commit(XID, true);
        assertThat(booked(client)).isEqualTo(200);
        assertThat(desk.receive(THERE)).hasSize(201);
    }

    /** The clock's thread must not wait for the row, nor must anything of the transaction be left. */
    @Test
    void aTimeOutWhileAStatementWaitsForARow() throws Exception {
        Expenses.submit(desk, "<a/>");
        desk.begin();
        sql(desk, "UPDATE BOOK SET ID = -2 WHERE ID = -1");
        first.setTransactionTimeout(30);
        first.start(XID, XAResource.TMNOFLAGS);
        assertThat(client.receive(THERE)).hasSize(1);
        sql(client, "INSERT INTO BOOK VALUES (1)");
        Other<Void> waiting = Other.runs("waits for a row", () -> sql(client, "DELETE FROM BOOK WHERE ID < 0"))
                .awaitAsleep();
        Other.runs("clock", () -> home.clock().advance(Duration.ofSeconds(30))).result();
        assertThat(waiting.done()).isFalse();
        desk.commit();
        // the statement may still end well; its transaction has ended
        catchThrowable(waiting::result);
        assertThat(desk.receive(THERE.waiting(Duration.ofSeconds(10)))).hasSize(1);
        assertThat(booked(desk)).isZero();
        sql(desk, "DELETE FROM BOOK WHERE ID = -2");
        assertThat(catchThrowable(() -> sql(client, "INSERT INTO BOOK VALUES (2)")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("30 seconds");
        Failing.with(ErrorNumbers.TRANSACTION_ENDED, () -> client.receive(THERE));
        first.end(XID, XAResource.TMSUCCESS);
        assertThat(((XAException) catchThrowable(() -> first.commit(XID, true))).errorCode)
                .isEqualTo(XAException.XA_RBTIMEOUT);
    }

    /** However long the store needs for it. */
    @Test
    void theRollbackAfterATimeOutIsNotTheClocks() throws Exception {
        CountDownLatch rollsBack = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        first.setTransactionTimeout(30);
        first.start(XID, XAResource.TMNOFLAGS);
        sql(client, "INSERT INTO BOOK VALUES (1)");
        FaultPoint.arm(point -> {
            if (point == FaultPoint.STORE_ROLLS_BACK) {
                rollsBack.countDown();
                await(goOn);
            }
        });
        try {
            Other.runs("clock", () -> home.clock().advance(Duration.ofSeconds(30)))
                    .result();
            await(rollsBack);
        } finally {
            FaultPoint.arm(null);
            goOn.countDown();
        }
        Failing.with(ErrorNumbers.TRANSACTION_ENDED, () -> client.receive(THERE));
        sql(desk, "INSERT INTO BOOK VALUES (1)");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A transaction manager rolls back while a thread works on: what that does belongs to the transaction or fails; it never
     * gets into another transaction that uses the connection next.
     */
    @Test
    void aRollbackUnderAThreadThatWorksOn() throws Exception {
        globalTransaction.set("that of every thread");
        desk.channel().allowOutsideTransaction(true);
        AtomicInteger next = new AtomicInteger();
        for (int round = 1; round <= 60; round++) {
            TestXid xid = TestXid.of(round, 1);
            first.start(xid, XAResource.TMNOFLAGS);
            CountDownLatch working = new CountDownLatch(20);
            Other<Void> worker = Other.runs("worker", () -> insertUntilItFails(next, working));
            working.await();
            if (round % 2 == 0) {
                first.end(xid, XAResource.TMFAIL);
            }
            first.rollback(xid);
            for (int i = 0; i < 5; i++) {
                desk.begin();
                sql(desk, "INSERT INTO BOOK VALUES (" + (-100 - next.incrementAndGet()) + ")");
                desk.commit();
            }
            worker.result();
            assertThat(booked(desk)).as("round " + round).isZero();
        }
        try (Statement statement = desk.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT COUNT(*) FROM BOOK")) {
            at.next();
            assertThat(at.getInt(1)).isEqualTo(1 + 60 * 5);
        }
    }

    private void insertUntilItFails(AtomicInteger next, CountDownLatch working) throws SQLException {
        try (PreparedStatement insert = client.sql().prepareStatement("INSERT INTO BOOK VALUES (?)")) {
            for (int i = 0; i < 1_000_000 && client.channel().xaResource() != null; i++) {
                insert.setInt(1, next.incrementAndGet());
                insert.executeUpdate();
                working.countDown();
                if (i % 7 == 0) {
                    sql(client, "INSERT INTO BOOK VALUES (" + next.incrementAndGet() + ")");
                }
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.toString()).matches("40.*|25.*|XJ012|XCL16|08003");
        }
    }

    @Test
    void workOutsideAndAfterwardsIsRefused() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        first.start(XID, XAResource.TMNOFLAGS);
        open.send(Expenses.NOTE, "kept");
        client.close();
        Failing.with(ErrorNumbers.CLOSED, () -> open.send(Expenses.NOTE));
        assertThat(((XAException) catchThrowable(() -> first.start(TestXid.of(2, 1), XAResource.TMNOFLAGS))).errorCode)
                .isEqualTo(XAException.XAER_RMFAIL);
        first.end(XID, XAResource.TMSUCCESS);
        first.commit(XID, true);
        assertThat(desk.receive(THERE)).hasSize(2);
        assertThat(List.of(first.recover(XAResource.TMSTARTRSCAN))).isEmpty();
    }

    /** What lives in a branch that the connection has left may be ended by anybody at any moment: nothing of it is touched. */
    @Test
    void whatABranchHasOpenedIsNotTouchedOnceItIsLeft() throws Exception {
        globalTransaction.set(XID);
        first.start(XID, XAResource.TMNOFLAGS);
        PreparedStatement insert = client.sql().prepareStatement("INSERT INTO BOOK VALUES (?)");
        ResultSet rows = client.sql().createStatement().executeQuery("SELECT ID FROM BOOK");
        insert.setInt(1, 1);
        insert.executeUpdate();
        first.end(XID, XAResource.TMSUCCESS);

        assertThat(((SQLException) catchThrowable(rows::next)).getSQLState()).isEqualTo("XCL16");
        assertThat(rows.isClosed()).isTrue();
        rows.close();
        insert.setInt(1, 2);
        assertThat(catchThrowable(insert::executeUpdate)).isInstanceOf(SQLException.class);

        first.commit(XID, true);
        first.start(TestXid.of(2, 1), XAResource.TMNOFLAGS);
        insert.executeUpdate();
        insert.close();
        first.end(TestXid.of(2, 1), XAResource.TMSUCCESS);
        first.commit(TestXid.of(2, 1), true);
        globalTransaction.set(null);
        assertThat(booked(desk)).isEqualTo(2);
    }

    /** A statement that Derby has ended the transaction for gives the groups free at once, though nobody asks. */
    @Test
    void aRowThatIsNotFreeInTimeFreesTheGroups() throws Exception {
        Expenses.submit(desk, "<a/>");
        desk.begin();
        sql(desk, "UPDATE BOOK SET ID = -2 WHERE ID = -1");
        first.start(XID, XAResource.TMNOFLAGS);
        assertThat(client.receive(THERE)).hasSize(1);
        assertThat(catchThrowable(() -> sql(client, "DELETE FROM BOOK WHERE ID < 0")))
                .isInstanceOf(SQLException.class);
        assertThat(desk.receive(THERE)).hasSize(1);
        desk.rollback();
        first.end(XID, XAResource.TMSUCCESS);
        first.rollback(XID);
    }
}
