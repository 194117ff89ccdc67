package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.transaction.xa.Xid;
import org.apache.derby.iapi.services.context.ContextManager;
import org.apache.derby.iapi.services.context.ContextService;
import org.apache.derby.iapi.store.access.TransactionController;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.apache.derby.shared.common.error.StandardException;

/** A Derby connection with the engine's statements, prepared once each. Serves one transaction after the other. */
final class PhysicalConnection {

    private final EmbedConnection jdbc;
    private ContextManager nothing;
    private final PreparedStatement[] statements = new PreparedStatement[Sql.count()];
    /** Whose it is; null between two transactions. */
    private volatile DerbyTransaction transaction;

    PhysicalConnection(EmbedConnection jdbc) {
        this.jdbc = jdbc;
    }

    EmbedConnection jdbc() {
        return jdbc;
    }

    /** Whose it is at the moment; null when it is nobody's, or only read on. */
    DerbyTransaction transaction() {
        return transaction;
    }

    void belongsTo(DerbyTransaction next) {
        transaction = next;
    }

    /** Waits until nobody is inside, and lets nobody in again; what isn't prepared is rolled back. */
    void evacuate() {
        DerbyTransaction owner = transaction;
        if (owner == null) {
            discard();
        } else {
            owner.evacuate();
        }
    }

    PreparedStatement statement(Sql sql) throws SQLException {
        PreparedStatement statement = statements[sql.ordinal()];
        if (statement == null) {
            statement = jdbc.prepareStatement(sql.text());
            statements[sql.ordinal()] = statement;
        }
        return statement;
    }

    /** Makes the idle local transaction a global one; it is local again after its end. */
    void makeGlobal(Xid xid) throws StandardException {
        controller()
                .createXATransactionFromLocalTransaction(
                        xid.getFormatId(), xid.getGlobalTransactionId(), xid.getBranchQualifier());
    }

    /** Id of the transaction in Derby's lock table. */
    String transactionId() {
        return controller().getActiveStateTxIdString();
    }

    /** Whether its transaction has written anything. */
    boolean hasWritten() {
        return !controller().isPristine();
    }

    /** Whether a lock that isn't free is waited for; if not, the statement fails as if the time were up. */
    void waitForLocks(boolean wait) {
        controller().setNoLockWait(!wait);
    }

    private TransactionController controller() {
        return jdbc.getLanguageConnection().getTransactionExecute();
    }

    /** Whether it has no transaction open. */
    boolean clean() {
        return !jdbc.isClosed() && jdbc.transactionIsIdle();
    }

    /** Rolls back a local transaction; when that fails, the connection shows itself unclean. */
    void rollbackQuietly() {
        try {
            if (!jdbc.isClosed()) {
                jdbc.rollback();
            }
        } catch (SQLException e) {
            discard();
        }
    }

    /**
     * Takes the traces of this connection out of the calling thread. Derby leaves in each thread what that thread has used
     * last, with its caches: a server's threads outlive an undeployed engine and would keep all of it in memory. An empty
     * context takes the place and, being empty, goes away.
     */
    void leaveThread() {
        ContextService contexts = ContextService.getFactory();
        if (contexts == null) {
            // Derby is shut down; it has let go of its threads' contexts itself
            return;
        }
        if (nothing == null) {
            nothing = contexts.newContextManager();
            nothing.cleanupOnError(StandardException.closeException(), false);
        }
        contexts.setCurrentContextManager(nothing);
        contexts.resetCurrentContextManager(nothing);
    }

    /** Closes it, whatever it was doing: what wasn't committed or prepared is rolled back. */
    void discard() {
        try {
            if (!jdbc.isClosed()) {
                jdbc.abort(Runnable::run);
            }
        } catch (SQLException | RuntimeException e) {
            // Nothing is left to do with it: a connection that can't even be aborted belongs to a database that is
            // gone.
            System.getLogger(PhysicalConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "A Derby connection could not be aborted", e);
        }
    }
}
