package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.apache.derby.iapi.store.access.XATransactionController;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.apache.derby.shared.common.error.StandardException;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.Bodies;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.store.DecisionRow;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.store.SuspensionRow;
import org.parley.engine.store.TransitRow;

/** A transaction on a physical connection, which it gives back when it ends. */
final class DerbyTransaction implements StoreTransaction, JdbcSource {

    private final DerbyStore store;
    private final Xid xid;
    private final PhysicalConnection connection;
    private final MessageTable messages;
    private volatile State state = State.ACTIVE;
    private volatile StoreException lost;
    /** Prepared, and about to be found in the database by whoever opens it next. */
    private volatile boolean evacuated;
    /** Null until definitions are written. */
    private WrittenDefinitions definitions;
    /** Null until the JDBC face comes. */
    private JdbcUse use;

    private enum State {
        ACTIVE,
        PREPARED,
        ENDED
    }

    /** Begins; global with an xid, local without. */
    DerbyTransaction(DerbyStore store, PhysicalConnection connection, Xid xid) {
        this.store = store;
        this.connection = connection;
        this.xid = xid;
        this.messages = new MessageTable(connection, store.largeBodies());
        if (xid != null) {
            try {
                connection.makeGlobal(xid);
            } catch (StandardException e) {
                store.pool().drop(connection);
                throw Failure.of("Beginning global transaction " + xid, e);
            }
        }
        connection.belongsTo(this);
    }

    /** Does something, if the transaction lives; a failure is translated, and ends it when Derby has rolled back. */
    <T> T run(String doing, ConnectionPool.Work<T> work) {
        requireActive(doing);
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw failed(doing, e);
        }
    }

    private void requireActive(String doing) {
        StoreException reason = lost;
        if (reason != null) {
            throw reason;
        }
        if (state != State.ACTIVE) {
            throw new StoreException(Kind.STATEMENT, doing + ": the transaction is " + state + ".", null);
        }
    }

    /**
     * Translates; after a fatal one nothing of the transaction is left at Derby, nor are its locks. One that is prepared waits for
     * its outcome, and one that has ended is left alone: its connection may be another's.
     */
    StoreException failed(String doing, SQLException e) {
        StoreException failure = Failure.of(doing, e);
        if (failure.kind().fatal() && state == State.ACTIVE) {
            lost = failure;
            rollbackAtDerby();
        }
        return failure;
    }

    @Override
    public EmbedConnection jdbc() throws SQLException {
        StoreException reason = lost;
        if (reason != null) {
            throw new SQLException("The transaction was rolled back: " + reason.getMessage(), "40000", reason);
        }
        if (state != State.ACTIVE) {
            throw new SQLException("The transaction is " + state + ".", "25000");
        }
        return connection.jdbc();
    }

    @Override
    public boolean usable() {
        return lost == null && state == State.ACTIVE;
    }

    @Override
    public void failed(SQLException e) {
        failed("Statement of the JDBC face", e);
    }

    @Override
    public void leaveThread() {
        // The connection does when it is given back.
    }

    private JdbcUse use() {
        if (use == null) {
            use = new JdbcUse();
        }
        return use;
    }

    @Override
    public void opened(Statement statement) {
        use().opened(statement);
    }

    @Override
    public void closed(Statement statement) {
        use().closed(statement);
    }

    @Override
    public String schema() {
        return use().schema();
    }

    @Override
    public void schemaChanged(String schema) {
        use().schemaChanged(schema);
    }

    @Override
    public String savepointName() {
        return use().savepointName();
    }

    private int update(String doing, Sql sql, Object... values) {
        return run(doing, c -> {
            PreparedStatement statement = c.statement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        });
    }

    @Override
    public void insertEndpoint(EndpointRow row) {
        run("Inserting endpoint", c -> EndpointTable.insert(c, row));
    }

    @Override
    public void updateEndpoint(long id, EndpointRow.Stage stage, long received) {
        run("Updating endpoint", c -> EndpointTable.update(c, id, stage, received));
    }

    @Override
    public void moveEndpoint(long id, UUID group) {
        update("Moving endpoint", Sql.MOVE_ENDPOINT, Uuids.bytes(group), Scatter.of(id), id);
    }

    @Override
    public void deleteEndpoint(long id) {
        update("Deleting endpoint", Sql.DELETE_ENDPOINT, Scatter.of(id), id);
    }

    @Override
    public void insertMessage(MessageRow row) {
        run("Inserting message", c -> messages.insert(row));
    }

    @Override
    public List<MessageRow> readMessages(long endpoint, long from, long to, int most) {
        return run("Reading messages", c -> messages.read(endpoint, from, to, most));
    }

    @Override
    public int deleteMessages(long endpoint, long from, long to) {
        return run("Deleting messages", c -> messages.delete(endpoint, from, to));
    }

    @Override
    public int takeMessages(long endpoint, long from, long to) {
        return run("Deleting messages", c -> messages.take(endpoint, from, to));
    }

    @Override
    public Bodies bodies() {
        return BodyTable.of(this, store.largeBodies());
    }

    @Override
    public void retain(long endpoint, boolean sent, MessageRow message) {
        run("Retaining message", c -> new RetainedTable(c, store.largeBodies()).insert(endpoint, sent, message));
    }

    @Override
    public void deleteRetained(long endpoint) {
        run("Deleting retained messages", c -> new RetainedTable(c, store.largeBodies()).delete(endpoint));
    }

    @Override
    public void setTimer(long endpoint, long due) {
        if (update("Setting timer", Sql.UPDATE_TIMER, due, Scatter.of(endpoint), endpoint) == 0) {
            update("Setting timer", Sql.INSERT_TIMER, Scatter.of(endpoint), endpoint, due);
        }
    }

    @Override
    public void clearTimer(long endpoint) {
        update("Clearing timer", Sql.DELETE_TIMER, Scatter.of(endpoint), endpoint);
    }

    @Override
    public void putTransit(TransitRow row) {
        byte[] broker = Uuids.bytes(row.farBroker());
        long id = row.endpoint();
        int scatter = Scatter.of(id);
        long acknowledged = row.acknowledged();
        long end = row.endPosition();
        long guard = row.guardEnds();
        String doing = "Writing transit";
        if (update(doing, Sql.UPDATE_TRANSIT, broker, acknowledged, end, guard, scatter, id) == 0) {
            update(doing, Sql.INSERT_TRANSIT, scatter, id, broker, acknowledged, end, guard);
        }
    }

    @Override
    public void deleteTransit(long endpoint) {
        update("Deleting transit", Sql.DELETE_TRANSIT, Scatter.of(endpoint), endpoint);
    }

    @Override
    public void putSuspension(SuspensionRow row) {
        byte[] group = Uuids.bytes(row.group());
        String doing = "Writing suspension";
        if (update(doing, Sql.UPDATE_SUSPENSION, row.since(), row.rollbacks(), row.failure(), group) == 0) {
            update(doing, Sql.INSERT_SUSPENSION, group, row.since(), row.rollbacks(), row.failure());
        }
    }

    @Override
    public void deleteSuspension(UUID group) {
        update("Deleting suspension", Sql.DELETE_SUSPENSION, (Object) Uuids.bytes(group));
    }

    @Override
    public void writeManifest(ManifestRow row) {
        run("Writing manifest", c -> new ManifestTable(c).write(row));
        FaultPoint.MANIFEST_WRITTEN.reach();
    }

    @Override
    public boolean hasWritten() {
        return connection.hasWritten();
    }

    @Override
    public void insertDecision(DecisionRow row) {
        run("Writing decision", c -> new DecisionTable(c).insert(row));
    }

    @Override
    public void forgetDecision(DecisionRow row, long at) {
        run("Forgetting decision", c -> new DecisionTable(c).forget(row, at));
    }

    @Override
    public CatalogWriter catalog() {
        return new DerbyCatalog(definitions());
    }

    private WrittenDefinitions definitions() {
        if (definitions == null) {
            definitions = new WrittenDefinitions(this, (sql, values) -> update("Writing definitions", sql, values));
        }
        return definitions;
    }

    @Override
    public void commit() {
        requireActive("Commit");
        closeStatements();
        try {
            FaultPoint.STORE_COMMITS.reach();
            if (xid == null) {
                connection.jdbc().commit();
            } else {
                connection.jdbc().xa_commit(true);
            }
        } catch (SQLException e) {
            throw ended(Failure.of("Commit", e));
        } catch (StoreException e) {
            throw ended(e);
        }
        end(true);
        FaultPoint.STORE_COMMITTED.reach();
    }

    /** No lock outlives a commit that has failed: who reads the database anew waits for those who wait. */
    private StoreException ended(StoreException failure) {
        lost = failure;
        end(false);
        return failure;
    }

    @Override
    public void rollback() {
        if (state == State.ENDED) {
            return;
        }
        FaultPoint.STORE_ROLLS_BACK.reach();
        if (state == State.PREPARED) {
            endPrepared("Rollback of ", () -> connection.jdbc().xa_rollback());
        } else {
            end(rollbackAtDerby());
        }
        FaultPoint.STORE_ROLLED_BACK.reach();
    }

    /** Whether the connection is of use afterwards. */
    private boolean rollbackAtDerby() {
        closeStatements();
        if (connection.jdbc().isClosed()) {
            return false;
        }
        try {
            // Right for global ones, too, and for those that Derby has rolled back already.
            connection.jdbc().rollback();
            return connection.clean();
        } catch (SQLException e) {
            connection.discard();
            return false;
        }
    }

    /** When the database is about to be shut down: see {@link PhysicalConnection#evacuate}. */
    void evacuate() {
        // Derby's own monitor of a connection: whoever does something on it has it
        synchronized (connection.jdbc()) {
            if (state == State.PREPARED) {
                evacuated = true;
            } else {
                connection.discard();
            }
        }
    }

    @Override
    public boolean prepare() throws XAException {
        try {
            requireActive("Prepare");
            FaultPoint.STORE_PREPARES.reach();
            closeStatements();
            if (!prepareAtDerby()) {
                end(true);
                return false;
            }
            FaultPoint.STORE_PREPARED.reach();
            return true;
        } catch (SQLException e) {
            StoreException failure = failed("Prepare", e);
            throw Failure.xa(failure);
        } catch (StoreException e) {
            throw Failure.xa(e);
        }
    }

    /** In one step: what is prepared isn't rolled back when the database is about to be shut down. */
    private boolean prepareAtDerby() throws SQLException {
        synchronized (connection.jdbc()) {
            if (connection.jdbc().xa_prepare() == XATransactionController.XA_RDONLY) {
                return false;
            }
            state = State.PREPARED;
            return true;
        }
    }

    @Override
    public void commitPrepared() {
        if (state != State.PREPARED) {
            throw new StoreException(Kind.STATEMENT, "Commit of " + xid + ": it is " + state + ", not prepared.", lost);
        }
        FaultPoint.PREPARED_COMMITS.reach();
        endPrepared("Commit of ", () -> connection.jdbc().xa_commit(false));
        FaultPoint.PREPARED_COMMITTED.reach();
    }

    @FunctionalInterface
    private interface Outcome {
        void atDerby() throws SQLException;
    }

    /** After a failure the connection isn't closed: that would roll back. */
    private void endPrepared(String doing, Outcome outcome) {
        try {
            synchronized (connection.jdbc()) {
                if (evacuated) {
                    throw store.pool().refusal();
                }
                outcome.atDerby();
            }
        } catch (SQLException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE, Failure.of(doing + xid, e).getMessage(), e);
        }
        end(true);
    }

    /** Whether it was prepared with this xid, hasn't ended, and Derby hasn't closed the connection since. */
    boolean preparedAs(Xid other) {
        return state == State.PREPARED
                && !evacuated
                && !connection.jdbc().isClosed()
                && xid.getFormatId() == other.getFormatId()
                && Arrays.equals(xid.getGlobalTransactionId(), other.getGlobalTransactionId())
                && Arrays.equals(xid.getBranchQualifier(), other.getBranchQualifier());
    }

    private void closeStatements() {
        if (use != null) {
            use.closeStatements();
        }
    }

    private boolean reset() {
        if (use == null) {
            return true;
        }
        try {
            JdbcUse.reset(connection.jdbc());
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void end(boolean usable) {
        state = State.ENDED;
        connection.belongsTo(null);
        if (usable && reset()) {
            store.pool().giveBack(connection);
        } else {
            store.pool().drop(connection);
        }
    }

    @Override
    public StoreException lost() {
        return lost;
    }

    /** Its id in Derby's lock table. */
    String derbyId() {
        return connection.transactionId();
    }

    @Override
    public String toString() {
        return (xid == null ? "local transaction " : "global transaction " + xid + " ") + state;
    }
}
