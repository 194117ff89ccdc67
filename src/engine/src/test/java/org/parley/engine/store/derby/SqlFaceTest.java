package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.store.derby.StoreFixture.message;
import static org.parley.engine.store.derby.StoreFixture.xid;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.security.Access;
import org.parley.engine.store.SqlCaller;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;
import org.parley.engine.store.StoreTransaction;

class SqlFaceTest {

    @TempDir
    Path home;

    private StoreFixture fixture;
    private final Host host = new Host();
    private Connection sql;

    private final class Host implements Store.SqlHost {
        private StoreTransaction transaction;
        private Store.AutocommitSource autocommit;
        private BrokerException refusal;
        private int asked;
        private final List<String> savepoints = new ArrayList<>();

        @Override
        public Store.Hold hold() {
            StoreTransaction held = transaction;
            return new Store.Hold() {
                @Override
                public boolean covers(Store.SqlSource source) {
                    return source == held || NONE.covers(source);
                }

                @Override
                public void release() {
                    // one thread
                }
            };
        }

        @Override
        public Store.SqlSource source() {
            asked++;
            if (refusal != null) {
                throw refusal;
            }
            return inTransaction() ? transaction : autocommit;
        }

        @Override
        public SqlCaller caller() {
            return Access.OWNER_OF_DATABASE;
        }

        @Override
        public boolean inTransaction() {
            return transaction != null;
        }

        @Override
        public void savepointSet(String name) {
            savepoints.add("+" + name);
        }

        @Override
        public void rolledBackTo(String name) {
            savepoints.add("-" + name);
        }

        void begin() {
            transaction = fixture.store().begin();
        }

        void commit() {
            transaction.commit();
            transaction = null;
        }

        void rollback() {
            transaction.rollback();
            transaction = null;
        }
    }

    @BeforeEach
    void open() throws SQLException {
        fixture = new StoreFixture(home);
        host.autocommit = fixture.store().autocommit();
        sql = fixture.store().sqlFace(Connection.class, host);
        execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY, TEXT VARCHAR(100))");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void execute(String text) throws SQLException {
        try (Statement statement = sql.createStatement()) {
            statement.execute(text);
        }
    }

    private int count() throws SQLException {
        try (Statement statement = sql.createStatement();
                ResultSet at = statement.executeQuery("SELECT COUNT(*) FROM ORDERS")) {
            at.next();
            return at.getInt(1);
        }
    }

    @Test
    void changesCommitAndRollBackWithTheTransaction() throws SQLException {
        host.begin();
        execute("INSERT INTO ORDERS VALUES (1, 'a')");
        host.transaction.insertMessage(message(1, 0, null));
        assertThat(count()).isEqualTo(1);
        host.rollback();
        assertThat(count()).isZero();
        assertThat(fixture.store().peek(1, 0, 9, 9)).isEmpty();

        host.begin();
        execute("INSERT INTO ORDERS VALUES (1, 'a')");
        host.transaction.insertMessage(message(1, 0, null));
        host.commit();
        assertThat(count()).isEqualTo(1);
        assertThat(fixture.store().peek(1, 0, 9, 9)).hasSize(1);
    }

    @Test
    void worksInGlobalTransactions() throws Exception {
        host.transaction = fixture.store().begin(xid(1));
        execute("INSERT INTO ORDERS VALUES (1, 'a')");
        Savepoint savepoint = sql.setSavepoint();
        execute("INSERT INTO ORDERS VALUES (2, 'a')");
        sql.rollback(savepoint);
        assertThat(host.transaction.prepare()).isTrue();
        host.transaction.commitPrepared();
        host.transaction = null;
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void preparedStatementOutlivesTransactions() throws SQLException {
        PreparedStatement insert = sql.prepareStatement("INSERT INTO ORDERS VALUES (?, ?)");
        insert.setString(2, "kept");
        for (int id = 1; id <= 3; id++) {
            host.begin();
            insert.setInt(1, id);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            host.commit();
        }
        insert.setInt(1, 4);
        insert.executeUpdate();
        assertThat(count()).isEqualTo(4);
        assertThat(insert.getConnection()).isSameAs(sql);
        insert.close();
        assertThat(insert.isClosed()).isTrue();
        assertThatThrownBy(insert::executeUpdate).isInstanceOf(SQLException.class);
    }

    @Test
    void streamIsReadOnce() throws SQLException {
        PreparedStatement insert = sql.prepareStatement("INSERT INTO ORDERS VALUES (?, ?)");
        insert.setInt(1, 1);
        insert.setAsciiStream(2, new ByteArrayInputStream(new byte[] {'x'}));
        host.begin();
        insert.executeUpdate();
        host.commit();
        host.begin();
        insert.setInt(1, 2);
        assertThatThrownBy(insert::executeUpdate).isInstanceOf(SQLException.class);
        host.rollback();
    }

    @Test
    void batchesRunInOneTransaction() throws SQLException {
        host.begin();
        try (PreparedStatement insert = sql.prepareStatement("INSERT INTO ORDERS VALUES (?, ?)");
                Statement statement = sql.createStatement()) {
            for (int id = 1; id <= 3; id++) {
                insert.setInt(1, id);
                insert.setString(2, "x");
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            statement.addBatch("INSERT INTO ORDERS VALUES (4, 'x')");
            assertThatThrownBy(() -> statement.addBatch("DELETE FROM PARLEY_STORE.MESSAGES"))
                    .isInstanceOf(SQLException.class);
            statement.addBatch("INSERT INTO ORDERS VALUES (1, 'x')");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
            insert.setInt(1, 9);
            insert.addBatch();
            host.commit();
            host.begin();
            assertThatThrownBy(insert::executeBatch).hasMessageContaining("batch");
        }
        host.rollback();
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void cursorEndsWithItsTransaction() throws SQLException {
        execute("INSERT INTO ORDERS VALUES (1, 'a')");
        host.begin();
        Statement statement = sql.createStatement();
        ResultSet at = statement.executeQuery("SELECT * FROM ORDERS FOR UPDATE");
        assertThat(at.next()).isTrue();
        assertThat(at.getStatement()).isSameAs(statement);
        assertThat(at.getStatement().getConnection()).isSameAs(sql);
        host.commit();
        assertThatThrownBy(at::next).isInstanceOf(SQLException.class);
        assertThat(statement.executeUpdate("UPDATE ORDERS SET TEXT = 'b'")).isEqualTo(1);
    }

    @Test
    void updatableResultChangesUserTables() throws SQLException {
        execute("INSERT INTO ORDERS VALUES (1, 'a')");
        host.begin();
        Statement statement = sql.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
        ResultSet at = statement.executeQuery("SELECT * FROM ORDERS");
        at.next();
        at.deleteRow();
        host.commit();
        assertThat(count()).isZero();
    }

    @Test
    void transactionBelongsToItsOwner() throws SQLException {
        host.begin();
        assertThat(sql.getAutoCommit()).isFalse();
        sql.setAutoCommit(false);
        sql.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        sql.setReadOnly(false);
        sql.close();
        assertThat(sql.isClosed()).isFalse();
        refused(sql::commit);
        refused(sql::rollback);
        refused(() -> sql.setAutoCommit(true));
        refused(() -> sql.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
        refused(() -> sql.setReadOnly(true));
        refused(() -> sql.abort(Runnable::run));
        refused(() -> sql.setSchema("PARLEY_STORE"));
        refused(() -> sql.unwrap(org.apache.derby.iapi.jdbc.EngineConnection.class));
        refused(() -> sql.createStatement().unwrap(org.apache.derby.iapi.jdbc.EngineStatement.class));
        refused(() -> execute("SAVEPOINT S ON ROLLBACK RETAIN CURSORS"));
        refused(() -> sql.prepareStatement("DELETE FROM PARLEY_STORE.MESSAGES"));
        assertThat(sql.getMetaData().getConnection()).isSameAs(sql);
        host.rollback();
        assertThat(sql.getAutoCommit()).isTrue();
        refused(() -> sql.setAutoCommit(false));
        refused(sql::setSavepoint);
    }

    @FunctionalInterface
    private interface Call {
        void run() throws SQLException;
    }

    private static void refused(Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(ErrorNumbers.NOT_ALLOWED_IN_SQL));
    }

    @Test
    void savepointsPassThroughTheHost() throws SQLException {
        host.begin();
        execute("INSERT INTO ORDERS VALUES (1, 'a')");
        Savepoint first = sql.setSavepoint("mine");
        execute("INSERT INTO ORDERS VALUES (2, 'a')");
        Savepoint second = sql.setSavepoint("mine");
        execute("INSERT INTO ORDERS VALUES (3, 'a')");
        sql.rollback(second);
        assertThat(count()).isEqualTo(2);
        sql.releaseSavepoint(second);
        sql.rollback(first);
        assertThat(count()).isEqualTo(1);
        assertThat(first.getSavepointName()).isEqualTo("mine");
        assertThat(host.savepoints).containsExactly("+PARLEY_1", "+PARLEY_2", "-PARLEY_2", "-PARLEY_1");
        host.commit();
        host.begin();
        assertThatThrownBy(() -> sql.rollback(first)).isInstanceOf(SQLException.class);
        host.rollback();
    }

    @Test
    void schemaStaysWithTheFace() throws SQLException {
        execute("CREATE SCHEMA SHOP");
        execute("CREATE TABLE SHOP.ONLY_HERE (A INT)");
        Connection other = fixture.store().sqlFace(Connection.class, host);
        host.begin();
        execute("SET SCHEMA SHOP");
        execute("INSERT INTO ONLY_HERE VALUES (1)");
        try (Statement statement = other.createStatement()) {
            statement.execute("INSERT INTO ORDERS VALUES (1, 'a')");
        }
        execute("INSERT INTO ONLY_HERE VALUES (2)");
        host.commit();
        host.begin();
        execute("INSERT INTO ONLY_HERE VALUES (3)");
        sql.setSchema("APP");
        assertThat(count()).isEqualTo(1);
        host.commit();
        assertThat(sql.getSchema()).isEqualTo("APP");
    }

    @Test
    void hostIsAskedBeforeEachStatementAndItsRefusalIsAnSqlException() throws SQLException {
        PreparedStatement insert = sql.prepareStatement("INSERT INTO ORDERS VALUES (1, 'a')");
        int before = host.asked;
        insert.execute();
        assertThat(host.asked).isEqualTo(before + 1);
        host.refusal = new BrokerException(ErrorNumbers.NOT_ENLISTED, "not enlisted");
        assertThatThrownBy(insert::execute)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ErrorNumbers.NOT_ENLISTED))
                .hasMessage("not enlisted");
    }

    @Test
    void deadlineOnALockLosesTheTransaction() throws SQLException {
        execute("INSERT INTO ORDERS VALUES (1, 'a')");
        StoreTransaction blocker = fixture.store().begin();
        host.transaction = blocker;
        execute("UPDATE ORDERS SET TEXT = 'b'");
        host.transaction = fixture.store().begin();
        execute("INSERT INTO ORDERS VALUES (2, 'a')");
        assertThatThrownBy(() -> execute("UPDATE ORDERS SET TEXT = 'c'"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40XL1"));
        StoreTransaction lost = host.transaction;
        assertThat(lost.lost().kind()).isEqualTo(Kind.LOCK_TIMEOUT);
        assertThatThrownBy(() -> execute("INSERT INTO ORDERS VALUES (3, 'a')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("rolled back");
        assertThatThrownBy(() -> lost.insertMessage(message(1, 0, null))).isSameAs(lost.lost());
        lost.rollback();
        host.transaction = blocker;
        host.commit();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void deferredConstraintRollsBackAtTheCommit() throws Exception {
        execute("CREATE TABLE PARTS (A INT, CONSTRAINT POSITIVE CHECK (A > 0) INITIALLY DEFERRED)");
        for (boolean global : new boolean[] {false, true}) {
            host.transaction =
                    global ? fixture.store().begin(xid(1)) : fixture.store().begin();
            execute("INSERT INTO PARTS VALUES -1");
            StoreTransaction t = host.transaction;
            assertThatThrownBy(t::commit)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ROLLED_BACK));
            t.rollback();
        }
        host.transaction = fixture.store().begin(xid(1));
        execute("INSERT INTO PARTS VALUES -1");
        assertThatThrownBy(host.transaction::prepare).isInstanceOf(XAException.class);
        host.rollback();
        try (Statement statement = sql.createStatement();
                ResultSet at = statement.executeQuery("SELECT * FROM PARTS")) {
            assertThat(at.next()).isFalse();
        }
    }

    @Test
    void temporaryTablesGoWithTheTransaction() throws SQLException {
        host.begin();
        execute("DECLARE GLOBAL TEMPORARY TABLE T (A INT) NOT LOGGED");
        execute("INSERT INTO SESSION.T VALUES 1");
        host.commit();
        host.begin();
        assertThatThrownBy(() -> execute("INSERT INTO SESSION.T VALUES 1")).isInstanceOf(SQLException.class);
        host.rollback();
    }

    @Test
    void metadataIsReadWhereStatementsRun() throws SQLException {
        host.begin();
        execute("CREATE TABLE FRESH (A INT)");
        try (ResultSet at = sql.getMetaData().getTables(null, "APP", "FRESH", null)) {
            assertThat(at.next()).isTrue();
        }
        host.rollback();
    }
}
