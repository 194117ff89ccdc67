package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.fault.FaultPoint;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/**
 * An Xid that is used again right after its commit in two phases: what is left of the first transaction is never taken for
 * the second one's; decision 0068.
 */
class XidUsedAgainTest {

    private static final TestXid XID = TestXid.of(1, 1);
    private static final TestXid OTHER = TestXid.of(2, 1);

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();
    private Parley parley;
    private LocalConnection connection;
    private XAResource resource;

    @BeforeEach
    void open() throws SQLException {
        start();
        connection.catalog().define("""
                CREATE QUEUE Shop; CREATE SERVICE [//shop] ON QUEUE Shop;
                CREATE QUEUE Store; CREATE SERVICE [//store] ON QUEUE Store ([DEFAULT]);
                """);
        sql("CREATE TABLE BOOK (ID INT PRIMARY KEY)");
        // nothing that the engine does later is needed
        FaultPoint.arm(point -> {
            if (point == FaultPoint.ENGINE_BEGUN) {
                throw new IllegalStateException("made to fail");
            }
        });
    }

    private void start() {
        parley = Parley.open(ServerConfig.of(home).withClock(clock));
        connection = parley.connect("orders");
        resource = connection.channel().xaResource();
    }

    /** As a crash does. */
    private void restart() {
        parley.close();
        start();
    }

    @AfterEach
    void close() {
        FaultPoint.arm(null);
        parley.close();
    }

    private void sql(String text) throws SQLException {
        try (Statement statement = connection.sql().createStatement()) {
            statement.execute(text);
        }
    }

    private int number(String query) throws SQLException {
        try (Statement statement = connection.sql().createStatement();
                ResultSet at = statement.executeQuery(query)) {
            at.next();
            return at.getInt(1);
        }
    }

    private void send(String text) {
        connection.begin(Dialog.between("//shop", "//store")).send("DEFAULT", text);
    }

    private List<String> received() {
        return connection.receive(Receive.from("Store")).stream()
                .map(Message::text)
                .toList();
    }

    private int prepare(TestXid xid, ThrowingCallable work) throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
        try {
            work.call();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        resource.end(xid, XAResource.TMSUCCESS);
        return resource.prepare(xid);
    }

    private void commit(TestXid xid, ThrowingCallable work) throws XAException {
        assertThat(prepare(xid, work)).isEqualTo(XAResource.XA_OK);
        resource.commit(xid, false);
    }

    private void end(TestXid xid, boolean commit) throws XAException {
        if (commit) {
            resource.commit(xid, false);
        } else {
            resource.rollback(xid);
        }
    }

    @Test
    void itIsFreeAtOnce() throws Exception {
        commit(XID, () -> send("first"));
        commit(XID, () -> send("second"));
        restart();
        commit(XID, () -> send("third"));
        assertThat(received()).containsExactly("first");
        assertThat(received()).containsExactly("second");
        assertThat(received()).containsExactly("third");
        assertThat(received()).isEmpty();
    }

    @Test
    void aTransactionThatHasChangedNothingStaysReadOnly() throws Exception {
        commit(XID, () -> send("first"));
        assertThat(prepare(XID, () -> number("SELECT COUNT(*) FROM BOOK"))).isEqualTo(XAResource.XA_RDONLY);
        assertThat(prepare(XID, () -> {})).isEqualTo(XAResource.XA_RDONLY);
    }

    /** A manifest that names no endpoint: only tables of the application have changed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmptyManifest(boolean commit) throws Exception {
        commit(OTHER, () -> send("other"));
        assertThat(received()).containsExactly("other");
        commit(XID, () -> send("first"));
        assertThat(prepare(XID, () -> sql("INSERT INTO BOOK VALUES (1)"))).isEqualTo(XAResource.XA_OK);
        restart();
        assertThat(number("SELECT GROUP_COUNT + SENT_MESSAGES FROM PARLEY.IN_DOUBT_BRANCHES"))
                .isZero();
        assertThat(received()).containsExactly("first");
        end(XID, commit);
        assertThat(number("SELECT COUNT(*) FROM BOOK")).isEqualTo(commit ? 1 : 0);
        assertThat(received()).isEmpty();
    }

    /** The first one's has come back, since the transaction that had written over it was rolled back. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNewerOfTwoManifests(boolean commit) throws Exception {
        commit(XID, () -> send("first"));
        prepare(OTHER, () -> send("other"));
        prepare(XID, () -> send("second"));
        resource.rollback(OTHER);
        restart();
        assertThat(received()).containsExactly("first");
        assertThat(received()).isEmpty();
        end(XID, commit);
        assertThat(received()).hasSize(commit ? 1 : 0);
    }

    /**
     * The same, and the second has changed only tables: when it is prepared nobody can see what is below the other's. A process that
     * comes later reads that it is.
     */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void whatARollbackMayBringBack(boolean crash, boolean commit) throws Exception {
        commit(XID, () -> send("first"));
        prepare(OTHER, () -> send("other"));
        if (crash) {
            restart();
        }
        prepare(XID, () -> sql("INSERT INTO BOOK VALUES (1)"));
        resource.rollback(OTHER);
        restart();
        assertThat(received()).containsExactly("first");
        end(XID, commit);
        assertThat(number("SELECT COUNT(*) FROM BOOK")).isEqualTo(commit ? 1 : 0);
        assertThat(received()).isEmpty();
    }

    /** One after the other needs one row, and so do those that are rolled back. */
    @Test
    void rowsAreWrittenOver() throws Exception {
        String rows = "SELECT COUNT(*) FROM PARLEY_STORE.MANIFEST_SLOTS WITH UR";
        prepare(XID, () -> send("rolled back"));
        resource.rollback(XID);
        assertThat(number(rows)).isZero();
        for (int i = 0; i < 10; i++) {
            commit(XID, () -> send("first"));
            prepare(OTHER, () -> send("rolled back"));
            resource.rollback(OTHER);
        }
        assertThat(number(rows)).isOne();
        prepare(XID, () -> send("second"));
        commit(OTHER, () -> send("beside it"));
        restart();
        resource.commit(XID, false);
        commit(XID, () -> send("third"));
        assertThat(number(rows)).isEqualTo(2);
    }
}
