package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.parley.testkit.Eventually.eventually;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/**
 * A transaction that the store has rolled back is never continued in silence, its locks are free at once, and whoever
 * completes it is told; design.md, "The branch".
 */
class BranchFailureTest {

    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final TestXid XID = TestXid.of(1, 1);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(1)));

    private LocalConnection client;
    private LocalConnection desk;
    private XAResource resource;
    private Conversation open;
    private UUID there;

    @BeforeEach
    void connect() throws Exception {
        client = home.connect();
        desk = home.connect();
        resource = client.channel().xaResource();
        sql(client, "CREATE TABLE BOOK (ID INT PRIMARY KEY, AMOUNT INT)");
        sql(client, "INSERT INTO BOOK VALUES (1, 1), (2, 2)");
        open = Expenses.submit(client, "<a/>");
        there = client.endpoints().get(1).handle();
    }

    private static void sql(LocalConnection connection, String text) throws SQLException {
        connection.sql().createStatement().execute(text);
    }

    private static int amount(LocalConnection connection) throws SQLException {
        try (ResultSet at = connection.sql().createStatement().executeQuery("SELECT SUM(AMOUNT) FROM BOOK")) {
            at.next();
            return at.getInt(1);
        }
    }

    private static void fails(int code, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(XAException.class);
        assertThat(((XAException) thrown).errorCode).as(thrown.toString()).isEqualTo(code);
        assertThat(thrown.getCause()).isNotNull();
    }

    private static SQLException failsInSql(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(SQLException.class);
        return (SQLException) thrown;
    }

    /** A message was received and sent, a row of another transaction was waited for in vain: all of it is undone. */
    @Test
    void aRowThatIsNotFreeInTimeEndsTheTransaction() throws Exception {
        desk.begin();
        sql(desk, "UPDATE BOOK SET AMOUNT = 10 WHERE ID = 1");
        resource.start(XID, XAResource.TMNOFLAGS);
        client.receive(THERE);
        client.conversation(there).send(Expenses.ANSWER);
        sql(client, "UPDATE BOOK SET AMOUNT = 20 WHERE ID = 2");
        assertThat(failsInSql(() -> sql(client, "UPDATE BOOK SET AMOUNT = 20 WHERE ID = 1"))
                        .getSQLState())
                .startsWith("40");
        assertThat(failsInSql(() -> sql(client, "INSERT INTO BOOK VALUES (3, 3)"))
                        .getSQLState())
                .isEqualTo("40000");
        Failing.with(ErrorNumbers.TRANSACTION_ENDED, () -> client.receive(THERE));
        Failing.with(ErrorNumbers.TRANSACTION_ENDED, () -> open.send(Expenses.NOTE));
        assertThat(desk.receive(THERE)).hasSize(1);
        desk.commit();
        resource.end(XID, XAResource.TMSUCCESS);
        fails(XAException.XA_RBTIMEOUT, () -> resource.commit(XID, true));
        assertThat(amount(client)).isEqualTo(12);
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE))).isEmpty();
    }

    private void deferredViolation(LocalConnection connection) throws SQLException {
        sql(connection, "INSERT INTO UNIQUE_AT_COMMIT VALUES (1), (1)");
    }

    private void defineDeferred() throws SQLException {
        sql(
                client,
                "CREATE TABLE UNIQUE_AT_COMMIT (A INT NOT NULL CONSTRAINT ONCE UNIQUE DEFERRABLE INITIALLY DEFERRED)");
    }

    /** A constraint that is looked at when the transaction ends is refused then; everything goes back. */
    @Test
    void aCommitThatTheStoreRefuses() throws Exception {
        defineDeferred();
        desk.begin();
        assertThat(desk.receive(THERE)).hasSize(1);
        deferredViolation(desk);
        Failing.with(ErrorNumbers.STORE_FAILED, desk::commit);
        resource.start(XID, XAResource.TMNOFLAGS);
        assertThat(client.receive(THERE)).hasSize(1);
        deferredViolation(client);
        resource.end(XID, XAResource.TMSUCCESS);
        fails(XAException.XA_RBOTHER, () -> resource.commit(XID, true));
        assertThat(desk.receive(THERE)).hasSize(1);
        assertThat(home.heard().lines("failed")).isEmpty();
    }

    /** After XA_RB* from prepare no rollback comes: the groups must be free without it. */
    @Test
    void aPrepareThatTheStoreRefuses() throws Exception {
        defineDeferred();
        resource.start(XID, XAResource.TMNOFLAGS);
        assertThat(client.receive(THERE)).hasSize(1);
        deferredViolation(client);
        resource.end(XID, XAResource.TMSUCCESS);
        fails(XAException.XA_RBOTHER, () -> resource.prepare(XID));
        fails(XAException.XAER_NOTA, () -> resource.commit(XID, false));
        assertThat(desk.receive(THERE)).hasSize(1);
        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertThat(home.manifestSlots()).isZero();
    }

    /** What was held back could not be written: the commit has not even begun, so it is known to be rolled back. */
    @Test
    void aCommitThatFindsTheStoreDead() throws Exception {
        resource.start(XID, XAResource.TMNOFLAGS);
        assertThat(client.receive(THERE)).hasSize(1);
        pullThePlug();
        resource.end(XID, XAResource.TMSUCCESS);
        fails(XAException.XA_RBOTHER, () -> resource.commit(XID, true));
        home.heard().await("failed " + ExpenseHome.DATABASE);
        eventually()
                .holds("the database to be open again", () -> client.channel().isValid());
        assertThat(client.receive(THERE)).hasSize(1);
    }

    /** The store dies under a commit: nobody knows how it went, so memory is thrown away and read anew. */
    @Test
    void aCommitWhoseOutcomeNobodyKnows() throws Exception {
        resource.start(XID, XAResource.TMNOFLAGS);
        assertThat(client.receive(THERE)).hasSize(1);
        client.conversation(there).send(Expenses.ANSWER);
        desk.begin();
        desk.begin(Expenses.dialog());
        sql(client, "INSERT INTO BOOK VALUES (3, 3)");
        pullThePlug();
        resource.end(XID, XAResource.TMSUCCESS);
        fails(XAException.XAER_RMFAIL, () -> resource.commit(XID, true));
        home.heard().await("failed " + ExpenseHome.DATABASE);
        eventually()
                .holds("the database to be open again", () -> client.channel().isValid());
        assertThat(catchThrowable(() -> desk.commit())).isInstanceOf(BrokerException.class);
        assertThat(client.receive(THERE)).hasSize(1);
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE))).isEmpty();
        resource.start(XID, XAResource.TMNOFLAGS);
        client.conversation(there).send(Expenses.ANSWER);
        resource.end(XID, XAResource.TMSUCCESS);
        resource.commit(XID, true);
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE))).hasSize(1);
        assertThat(amount(client)).isEqualTo(3);
    }

    private void pullThePlug() {
        SQLException end = failsInSql(() -> DriverManager.getConnection(
                "jdbc:derby:" + home.home().resolve(ExpenseHome.DATABASE) + ";shutdown=true"));
        assertThat(end.getSQLState()).isEqualTo("08006");
    }

    /** A failure of one statement that leaves the transaction alive leaves the branch alive. */
    @Test
    void aStatementThatFailsAloneEndsNothing() throws Exception {
        desk.begin();
        assertThat(desk.receive(THERE)).hasSize(1);
        failsInSql(() -> sql(desk, "INSERT INTO BOOK VALUES (1, 1)"));
        failsInSql(() -> sql(desk, "SELECT * FROM NOWHERE"));
        sql(desk, "INSERT INTO BOOK VALUES (3, 3)");
        desk.commit();
        assertThat(amount(client)).isEqualTo(6);
        assertThat(client.receive(THERE)).isEmpty();
    }
}
