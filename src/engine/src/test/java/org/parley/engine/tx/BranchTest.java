package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

/** Branches of global transactions: design.md, "The branch"; containers.md, "One branch, one phase". */
class BranchTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final TestXid XID = TestXid.of(1, 1);

    private final AtomicReference<Object> globalTransaction = new AtomicReference<>();

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withCurrentTransaction(globalTransaction::get));

    private LocalConnection client;
    private LocalConnection desk;
    private XAResource first;
    private XAResource second;

    @BeforeEach
    void connect() throws Exception {
        client = home.connect();
        desk = home.connect();
        first = client.channel().xaResource();
        second = desk.channel().xaResource();
        client.sql().createStatement().execute("CREATE TABLE BOOK (ID INT PRIMARY KEY, TEXT VARCHAR(99))");
        home.heard().clear();
    }

    private static void fails(int code, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(XAException.class);
        assertThat(((XAException) thrown).errorCode).as(thrown.toString()).isEqualTo(code);
        assertThat(thrown.getCause()).isNotNull();
    }

    private void book(LocalConnection connection, int id) throws SQLException {
        connection.sql().createStatement().execute("INSERT INTO BOOK VALUES (" + id + ", 'x')");
    }

    private int booked(LocalConnection connection) throws SQLException {
        try (ResultSet at = connection.sql().createStatement().executeQuery("SELECT COUNT(*) FROM BOOK")) {
            at.next();
            return at.getInt(1);
        }
    }

    /** Table, receive and send through two handles: one branch, one commit, one phase. */
    @Test
    void everythingInOneTransactionIsOneCommit() throws Exception {
        Expenses.submit(client, "<a/>");
        home.heard().clear();
        first.start(XID, XAResource.TMNOFLAGS);
        assertThat(second.isSameRM(first)).isTrue();
        second.start(XID, XAResource.TMJOIN);
        Message message = desk.receive(THERE).get(0);
        book(client, 1);
        assertThat(booked(desk)).isEqualTo(1);
        client.conversation(message.conversationHandle()).send(Expenses.ANSWER);
        Failing.with(ErrorNumbers.TRANSACTION_ENDED, client::begin);
        first.end(XID, XAResource.TMSUCCESS);
        second.end(XID, XAResource.TMSUCCESS);
        second.end(XID, XAResource.TMSUCCESS);
        LocalConnection third = home.connect();
        assertThat(third.receive(HERE)).isEmpty();
        first.commit(XID, true);
        assertThat(home.heard().lines()).contains("committed one phase");
        assertThat(home.heard().lines("prepared")).isEmpty();
        assertThat(third.receive(HERE)).hasSize(1);
        assertThat(booked(third)).isEqualTo(1);
    }

    @Test
    void theSameDatabaseIsFoundBehindAWrapper() throws Exception {
        Object wrapper = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {XAResource.class, Wrapper.class},
                (proxy, method, arguments) -> method.getName().equals("getResource") ? second : null);
        assertThat(first.isSameRM((XAResource) wrapper)).isTrue();
        assertThat(first.isSameRM(null)).isFalse();
        LocalConnection elsewhere = home.parley().connect("elsewhere");
        assertThat(first.isSameRM(elsewhere.channel().xaResource())).isFalse();
        XAResource recovery = home.parley().server().recoveryResources().get(0);
        assertThat(first.isSameRM(recovery)).isTrue();
    }

    /** As a server's wrapper. */
    public interface Wrapper {

        /** What it wraps. */
        XAResource getResource();
    }

    /** A server that gives each resource a qualifier of its own: the first carries, the others are read-only. */
    @Test
    void theFirstQualifierCarriesTheOthers() throws Exception {
        Expenses.submit(client, "<a/>");
        home.heard().clear();
        TestXid other = TestXid.of(1, 2);
        first.start(XID, XAResource.TMNOFLAGS);
        second.start(other, XAResource.TMNOFLAGS);
        book(client, 1);
        assertThat(booked(desk)).isEqualTo(1);
        desk.receive(THERE);
        second.end(other, XAResource.TMSUCCESS);
        first.end(XID, XAResource.TMSUCCESS);
        assertThat(second.prepare(other)).isEqualTo(XAResource.XA_RDONLY);
        first.commit(XID, true);
        assertThat(home.heard().lines("committed")).containsExactly("committed one phase");
        fails(XAException.XAER_NOTA, () -> second.commit(other, false));
        assertThat(booked(desk)).isEqualTo(1);
        assertThat(desk.receive(THERE)).isEmpty();
    }

    @Test
    void inTwoPhasesTooAndWhateverTheOrder() throws Exception {
        TestXid other = TestXid.of(1, 2);
        first.start(XID, XAResource.TMNOFLAGS);
        second.start(other, XAResource.TMNOFLAGS);
        book(desk, 1);
        first.end(XID, XAResource.TMSUCCESS);
        second.end(other, XAResource.TMSUCCESS);
        assertThat(first.prepare(XID)).isEqualTo(XAResource.XA_OK);
        assertThat(second.prepare(other)).isEqualTo(XAResource.XA_RDONLY);
        fails(XAException.XAER_PROTO, () -> first.commit(XID, true));
        first.commit(XID, false);
        assertThat(booked(client)).isEqualTo(1);
        assertThat(home.heard().lines("committed")).contains("committed two phases");
    }

    @Test
    void theRollbackOfOneQualifierDoomsAll() throws Exception {
        TestXid other = TestXid.of(1, 2);
        first.start(XID, XAResource.TMNOFLAGS);
        second.start(other, XAResource.TMNOFLAGS);
        book(client, 1);
        second.end(other, XAResource.TMFAIL);
        Failing.with(ErrorNumbers.TRANSACTION_ENDED, () -> client.receive(HERE));
        assertThatThrownBy(() -> book(client, 2)).isInstanceOf(SQLException.class);
        second.rollback(other);
        first.end(XID, XAResource.TMSUCCESS);
        fails(XAException.XA_RBROLLBACK, () -> first.prepare(XID));
        fails(XAException.XAER_NOTA, () -> first.rollback(XID));
        assertThat(booked(client)).isZero();
    }

    @Test
    void aTransactionThatChangesNothingIsReadOnly() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        home.heard().clear();
        for (boolean reads : new boolean[] {false, true}) {
            first.start(XID, XAResource.TMNOFLAGS);
            open.state();
            client.receive(HERE);
            if (reads) {
                booked(client);
            }
            first.end(XID, XAResource.TMSUCCESS);
            assertThat(first.prepare(XID)).isEqualTo(XAResource.XA_RDONLY);
            fails(XAException.XAER_NOTA, () -> first.commit(XID, false));
            open.send(Expenses.NOTE);
        }
        assertThat(home.heard().lines("committed")).contains("committed two phases, read-only");
    }

    @Test
    void endAgainAndEndAfterRollbackAreNoErrors() throws Exception {
        first.start(XID, XAResource.TMNOFLAGS);
        second.start(XID, XAResource.TMJOIN);
        book(client, 1);
        first.end(XID, XAResource.TMSUCCESS);
        first.end(XID, XAResource.TMSUCCESS);
        first.rollback(XID);
        second.end(XID, XAResource.TMFAIL);
        assertThat(booked(desk)).isZero();
        first.start(XID, XAResource.TMNOFLAGS);
        book(client, 1);
        first.end(XID, XAResource.TMSUCCESS);
        first.commit(XID, true);
        assertThat(booked(desk)).isEqualTo(1);
    }

    /** A late end of one transaction must not take the connection out of the next one. */
    @Test
    void aLateEndTouchesNoOtherTransaction() throws Exception {
        first.start(XID, XAResource.TMNOFLAGS);
        second.start(XID, XAResource.TMJOIN);
        first.end(XID, XAResource.TMSUCCESS);
        first.rollback(XID);
        TestXid next = TestXid.of(2, 1);
        second.start(next, XAResource.TMNOFLAGS);
        second.end(XID, XAResource.TMSUCCESS);
        book(desk, 1);
        second.end(next, XAResource.TMSUCCESS);
        second.rollback(next);
        assertThat(booked(client)).isZero();
    }

    @Test
    void aTransactionIsSuspendedAndResumed() throws Exception {
        first.start(XID, XAResource.TMNOFLAGS);
        book(client, 1);
        first.end(XID, XAResource.TMSUSPEND);
        assertThat(client.receive(HERE)).isEmpty();
        TestXid next = TestXid.of(2, 1);
        first.start(next, XAResource.TMNOFLAGS);
        book(client, 2);
        first.end(next, XAResource.TMSUCCESS);
        first.commit(next, true);
        fails(XAException.XAER_PROTO, () -> second.start(XID, XAResource.TMRESUME));
        first.start(XID, XAResource.TMRESUME);
        book(client, 3);
        first.end(XID, XAResource.TMSUCCESS);
        second.rollback(XID);
        assertThat(booked(client)).isEqualTo(1);
    }

    @Test
    void whatIsUnknownOrOutOfOrderIsTold() throws Exception {
        TestXid unknown = TestXid.of(9, 9);
        fails(XAException.XAER_NOTA, () -> first.start(unknown, XAResource.TMJOIN));
        fails(XAException.XAER_NOTA, () -> first.start(unknown, XAResource.TMRESUME));
        fails(XAException.XAER_NOTA, () -> first.end(unknown, XAResource.TMSUCCESS));
        fails(XAException.XAER_NOTA, () -> first.prepare(unknown));
        fails(XAException.XAER_NOTA, () -> first.commit(unknown, true));
        fails(XAException.XAER_NOTA, () -> first.commit(unknown, false));
        fails(XAException.XAER_NOTA, () -> first.rollback(unknown));
        fails(XAException.XAER_NOTA, () -> first.forget(unknown));
        fails(XAException.XAER_INVAL, () -> first.start(unknown, 77));
        fails(XAException.XAER_INVAL, () -> first.end(unknown, 77));
        fails(XAException.XAER_INVAL, () -> first.recover(77));
        fails(XAException.XAER_INVAL, () -> first.setTransactionTimeout(-1));
        fails(XAException.XAER_INVAL, () -> first.recover(XAResource.TMENDRSCAN));
        first.start(XID, XAResource.TMNOFLAGS);
        fails(XAException.XAER_PROTO, () -> first.start(unknown, XAResource.TMNOFLAGS));
        fails(XAException.XAER_DUPID, () -> second.start(XID, XAResource.TMNOFLAGS));
        book(client, 1);
        first.end(XID, XAResource.TMSUCCESS);
        fails(XAException.XAER_PROTO, () -> first.commit(XID, false));
        assertThat(first.prepare(XID)).isEqualTo(XAResource.XA_OK);
        fails(XAException.XAER_PROTO, () -> first.prepare(XID));
        fails(XAException.XAER_PROTO, () -> first.start(XID, XAResource.TMJOIN));
        assertThat(first.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                .hasSize(1);
        first.rollback(XID);
        assertThat(booked(desk)).isZero();
    }

    @Test
    void aScanOfRecoverBelongsToItsResource() throws Exception {
        first.start(XID, XAResource.TMNOFLAGS);
        book(client, 1);
        first.end(XID, XAResource.TMSUCCESS);
        first.prepare(XID);
        fails(XAException.XAER_INVAL, () -> first.recover(XAResource.TMNOFLAGS));
        assertThat(first.recover(XAResource.TMSTARTRSCAN)).hasSize(1);
        fails(XAException.XAER_INVAL, () -> second.recover(XAResource.TMNOFLAGS));
        assertThat(first.recover(XAResource.TMNOFLAGS)).isEmpty();
        assertThat(first.recover(XAResource.TMSTARTRSCAN)).hasSize(1);
        assertThat(first.recover(XAResource.TMENDRSCAN)).isEmpty();
        fails(XAException.XAER_INVAL, () -> first.recover(XAResource.TMENDRSCAN));
        assertThat(first.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                .hasSize(1);
        fails(XAException.XAER_INVAL, () -> first.recover(XAResource.TMNOFLAGS));
        second.rollback(XID);
    }

    /** A handle in a transaction in which its connection isn't enlisted is an error, never autocommit in silence. */
    @Test
    void aHandleThatIsNotEnlistedDoesNothing() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        globalTransaction.set("a transaction of this thread");
        Failing.with(ErrorNumbers.NOT_ENLISTED, () -> open.send(Expenses.NOTE));
        Failing.with(ErrorNumbers.NOT_ENLISTED, () -> client.receive(HERE));
        assertThatThrownBy(() -> book(client, 1)).isInstanceOf(SQLException.class);
        first.start(XID, XAResource.TMNOFLAGS);
        open.send(Expenses.NOTE);
        book(client, 1);
        first.end(XID, XAResource.TMSUCCESS);
        Failing.with(ErrorNumbers.NOT_ENLISTED, () -> open.send(Expenses.NOTE));
        first.rollback(XID);
        client.channel().allowOutsideTransaction(true);
        open.send(Expenses.NOTE);
        book(client, 2);
        globalTransaction.set(null);
        assertThat(booked(desk)).isEqualTo(1);
        assertThat(desk.receive(THERE)).hasSize(2);
    }

    @Test
    void aTimeOutFreesEverythingAtOnce() throws Exception {
        Expenses.submit(client, "<a/>");
        first.setTransactionTimeout(30);
        assertThat(first.getTransactionTimeout()).isEqualTo(30);
        first.start(XID, XAResource.TMNOFLAGS);
        client.receive(THERE);
        book(client, 1);
        home.clock().advance(Duration.ofSeconds(29));
        assertThat(desk.receive(THERE)).isEmpty();
        home.clock().advance(Duration.ofSeconds(1));
        assertThat(desk.receive(THERE.waiting(Duration.ofSeconds(10)))).hasSize(1);
        assertThat(booked(desk)).isZero();
        assertThat(Failing.with(ErrorNumbers.TRANSACTION_ENDED, () -> client.receive(HERE)))
                .hasMessageContaining("30 seconds");
        assertThatThrownBy(() -> book(client, 2)).isInstanceOf(SQLException.class);
        fails(XAException.XA_RBTIMEOUT, () -> second.start(XID, XAResource.TMJOIN));
        first.end(XID, XAResource.TMSUCCESS);
        fails(XAException.XA_RBTIMEOUT, () -> first.commit(XID, true));
        assertThat(booked(desk)).isZero();
    }

    @Test
    void aTimeOutNeverTouchesAPreparedTransaction() throws Exception {
        first.setTransactionTimeout(30);
        first.start(XID, XAResource.TMNOFLAGS);
        book(client, 1);
        first.end(XID, XAResource.TMSUCCESS);
        first.prepare(XID);
        home.clock().advance(Duration.ofHours(1));
        first.commit(XID, false);
        assertThat(booked(desk)).isEqualTo(1);
    }

    /** A wait inside a transaction ends when another thread rolls that back, as transaction managers do on time-outs. */
    @Test
    void aRollbackFromAnotherThreadEndsAWait() throws Exception {
        first.start(XID, XAResource.TMNOFLAGS);
        Other<List<Message>> waiting =
                Other.does("reader", () -> client.receive(HERE.waiting(null))).awaitAsleep();
        first.end(XID, XAResource.TMFAIL);
        waiting.failsWith(ErrorNumbers.TRANSACTION_ENDED);
        first.rollback(XID);
        first.start(XID, XAResource.TMNOFLAGS);
        waiting = Other.does("reader", () -> client.receive(HERE.waiting(null))).awaitAsleep();
        first.rollback(XID);
        waiting.failsWith(ErrorNumbers.TRANSACTION_ENDED);
    }

    @Test
    void closingAConnectionLeavesTheTransactionToItsManager() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        first.start(XID, XAResource.TMNOFLAGS);
        open.send(Expenses.NOTE, "kept");
        client.close();
        Failing.with(ErrorNumbers.CLOSED, () -> open.send(Expenses.NOTE));
        second.commit(XID, true);
        assertThat(desk.receive(THERE)).hasSize(2);
    }

    @Test
    void aLongXidIsKept() throws Exception {
        TestXid longest = TestXid.longest(1);
        UUID there = beginAndPrepare(longest);
        home.restart();
        connectAgain();
        assertThat(first.recover(XAResource.TMSTARTRSCAN)).allMatch(longest::sameAs);
        first.commit(longest, false);
        assertThat(desk.receive(THERE)).hasSize(1);
        assertThat(client.endpoints()).hasSize(2);
        assertThat(there).isNotNull();
    }

    private UUID beginAndPrepare(TestXid xid) throws Exception {
        first.start(xid, XAResource.TMNOFLAGS);
        Conversation open = client.begin(Expenses.dialog());
        open.send(Expenses.SUBMIT, "<a/>");
        first.end(xid, XAResource.TMSUCCESS);
        first.prepare(xid);
        return open.handle();
    }

    private void connectAgain() {
        client = home.connect();
        desk = home.connect();
        first = client.channel().xaResource();
        second = desk.channel().xaResource();
    }

    @Test
    void theJdbcFaceKeepsOffTheTransaction() throws Exception {
        first.start(XID, XAResource.TMNOFLAGS);
        Connection sql = client.sql();
        assertThat(sql.getAutoCommit()).isFalse();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                sql::commit,
                sql::rollback,
                () -> sql.setAutoCommit(true),
                () -> sql.createStatement().execute("COMMIT"))) {
            assertThatThrownBy(call).isInstanceOf(SQLException.class);
        }
        book(client, 1);
        sql.close();
        book(client, 2);
        first.end(XID, XAResource.TMSUCCESS);
        first.commit(XID, true);
        assertThat(client.sql().getAutoCommit()).isTrue();
        assertThat(booked(desk)).isEqualTo(2);
    }
}
