package org.parley.engine.store.derby;

import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.Executor;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.SqlCaller;
import org.parley.engine.store.Store;
import org.parley.engine.store.Store.SqlHost;
import org.parley.engine.store.StoreException;
import org.parley.spi.ForwardingConnection;

/**
 * The JDBC face of a session: one connection for its whole life, whose statements run wherever the host says at that
 * moment. Closing it does nothing, it belongs to the session. Statements outlive transactions: they are prepared again
 * where they are next used.
 */
final class SqlFace extends ForwardingConnection {

    private final SqlHost host;
    private String schema = JdbcUse.FIRST_SCHEMA;

    SqlFace(SqlHost host) {
        this.host = host;
    }

    /** Opens a statement on a connection. */
    @FunctionalInterface
    interface Opener {
        Statement open(EmbedConnection connection) throws SQLException;
    }

    /** Where the next statement runs, with this face's schema set; asks the host. */
    JdbcSource source() throws SQLException {
        JdbcSource source;
        try {
            source = (JdbcSource) host.source();
        } catch (BrokerException e) {
            throw translated(e);
        } catch (StoreException e) {
            throw new SQLException(e.getMessage(), "08000", ErrorNumbers.STORE_FAILED, e);
        }
        EmbedConnection connection = source.jdbc();
        if (!schema.equals(source.schema())) {
            connection.setSchema(schema);
            source.schemaChanged(schema);
        }
        return source;
    }

    /** Keeps the transaction from being ended by other threads. */
    Store.Hold hold() {
        return host.hold();
    }

    /** Who asks at this moment; asks the host. */
    SqlCaller caller() throws SQLException {
        try {
            return host.caller();
        } catch (BrokerException e) {
            throw translated(e);
        }
    }

    /** Lets a statement pass or refuses it; tells whether it may change the current schema. */
    boolean check(String sql, boolean updatable) throws SQLException {
        return SqlRules.check(sql, updatable, caller());
    }

    private static SQLException translated(BrokerException e) {
        String state =
                switch (e.number()) {
                    case ErrorNumbers.DEADLOCK_VICTIM, ErrorNumbers.LOCK_TIMEOUT, ErrorNumbers.TRANSACTION_ENDED ->
                        "40000";
                    case ErrorNumbers.CLOSED, ErrorNumbers.NOT_RUNNING -> "08003";
                    case ErrorNumbers.UNKNOWN_USER, ErrorNumbers.LOGIN_FAILED -> "28000";
                    case ErrorNumbers.STORE_FAILED -> "08000";
                    default -> "25000";
                };
        return new SQLException(e.getMessage(), state, e.number(), e);
    }

    /** A statement has set the current schema. */
    void schemaSet(JdbcSource source) throws SQLException {
        schema = source.jdbc().getSchema();
        source.schemaChanged(schema);
    }

    @Override
    protected Connection delegate() throws SQLException {
        return source().jdbc();
    }

    private <S extends Statement> S guarded(Class<S> type, String sql, boolean updatable, Opener opener)
            throws SQLException {
        boolean setsSchema = sql != null && check(sql, updatable);
        GuardedStatement guard = new GuardedStatement(this, opener, updatable, setsSchema);
        Store.Hold hold = hold();
        try {
            return type.cast(guard.open(hold, type, sql != null));
        } finally {
            hold.release();
        }
    }

    private static boolean updatable(int concurrency) {
        return concurrency == ResultSet.CONCUR_UPDATABLE;
    }

    @Override
    public Statement createStatement() throws SQLException {
        return guarded(Statement.class, null, false, EmbedConnection::createStatement);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return guarded(Statement.class, null, updatable(concurrency), c -> c.createStatement(type, concurrency));
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return guarded(
                Statement.class, null, updatable(concurrency), c -> c.createStatement(type, concurrency, holdability));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return guarded(PreparedStatement.class, sql, false, c -> c.prepareStatement(sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return guarded(PreparedStatement.class, sql, false, c -> c.prepareStatement(sql, autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return guarded(PreparedStatement.class, sql, false, c -> c.prepareStatement(sql, columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return guarded(PreparedStatement.class, sql, false, c -> c.prepareStatement(sql, columnNames));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return guarded(
                PreparedStatement.class, sql, updatable(concurrency), c -> c.prepareStatement(sql, type, concurrency));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return guarded(
                PreparedStatement.class,
                sql,
                updatable(concurrency),
                c -> c.prepareStatement(sql, type, concurrency, holdability));
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return guarded(CallableStatement.class, sql, false, c -> c.prepareCall(sql));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return guarded(
                CallableStatement.class, sql, updatable(concurrency), c -> c.prepareCall(sql, type, concurrency));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        return guarded(
                CallableStatement.class,
                sql,
                updatable(concurrency),
                c -> c.prepareCall(sql, type, concurrency, holdability));
    }

    @Override
    public DatabaseMetaData getMetaData() {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                SqlFace.class.getClassLoader(), new Class<?>[] {DatabaseMetaData.class}, new GuardedMetaData(this));
    }

    @Override
    public void setSchema(String name) throws SQLException {
        SqlRules.checkSchema(name);
        Store.Hold hold = hold();
        try {
            JdbcSource source = source();
            source.jdbc().setSchema(name);
            schema = name;
            source.schemaChanged(name);
        } finally {
            hold.release();
        }
    }

    @Override
    public String getSchema() {
        return schema;
    }

    @Override
    public void commit() throws SQLException {
        throw SqlRules.transaction("Connection.commit");
    }

    @Override
    public void rollback() throws SQLException {
        throw SqlRules.transaction("Connection.rollback");
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit != getAutoCommit()) {
            throw SqlRules.transaction("Connection.setAutoCommit(" + autoCommit + ")");
        }
    }

    @Override
    public boolean getAutoCommit() {
        return !host.inTransaction();
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        if (level != TRANSACTION_READ_COMMITTED) {
            throw SqlRules.refused(
                    "25000",
                    "Connection.setTransactionIsolation(" + level + ") is not allowed here; allowed is "
                            + TRANSACTION_READ_COMMITTED + ", READ COMMITTED. A single query may say WITH RR.");
        }
    }

    @Override
    public int getTransactionIsolation() {
        return TRANSACTION_READ_COMMITTED;
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        if (readOnly) {
            throw SqlRules.refused(
                    "25000", "Connection.setReadOnly(true) is not allowed here: others share the transaction.");
        }
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        throw SqlRules.transaction("Connection.abort");
    }

    @Override
    public void close() {
        // The face lives as long as its session.
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return setSavepoint(null);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        if (!host.inTransaction()) {
            throw SqlRules.refused("25000", "A savepoint needs a transaction; none is open.");
        }
        Store.Hold hold = hold();
        try {
            JdbcSource source = source();
            String unique = source.savepointName();
            FaceSavepoint savepoint = new FaceSavepoint(source, source.jdbc().setSavepoint(unique), unique, name);
            host.savepointSet(unique);
            return savepoint;
        } finally {
            hold.release();
        }
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        Store.Hold hold = hold();
        try {
            FaceSavepoint own = own(savepoint);
            own.source().jdbc().rollback(own.derbys());
            host.rolledBackTo(own.unique());
        } finally {
            hold.release();
        }
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        Store.Hold hold = hold();
        try {
            FaceSavepoint own = own(savepoint);
            own.source().jdbc().releaseSavepoint(own.derbys());
        } finally {
            hold.release();
        }
    }

    private FaceSavepoint own(Savepoint savepoint) throws SQLException {
        if (savepoint instanceof FaceSavepoint own && own.source() == source()) {
            return own;
        }
        throw SqlRules.refused("3B001", "The savepoint was not set in this transaction.");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw SqlRules.refused("0A000", "There is no way past Parley's guard to a " + type.getName() + ".");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
