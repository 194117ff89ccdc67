package org.parley.testkit.crash;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.parley.BrokerConnection;
import org.parley.LocalConnection;

/** Runs the transactions of one thread, on connections of its own, which it makes anew after a failure. */
final class Worker implements AutoCloseable {

    private static final int ROLLBACKS = 12;

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work {

        /** Adds a row for each step; they are written in the same transaction. Without any it is rolled back. */
        void run(BrokerConnection session, List<Row> rows) throws Exception;
    }

    private final Application application;
    private final boolean global;
    private final String database;
    private final Random random;
    private LocalConnection broker;
    private XAConnection own;
    private volatile Provocation third;

    /** One in so many transactions is rolled back; without random numbers none. */
    Worker(Application application, boolean global, String database, Random random) {
        this.application = application;
        this.global = global;
        this.database = database;
        this.random = random;
    }

    /** Each transaction gets a further resource, the last to be asked for its vote, as long as that goes on. */
    void alsoEnlist(Provocation resource) {
        third = resource;
    }

    /** Does something in a transaction, notes it as acknowledged, and says whether it was committed. */
    boolean inTransaction(Work work) throws Exception {
        List<Row> rows = new ArrayList<>();
        try {
            if (broker == null) {
                broker = application.connect(database);
            }
            boolean committed = global ? globally(work, rows) : locally(work, rows);
            if (committed) {
                application.acknowledged().note(rows);
            }
            return committed;
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    private boolean commits(List<Row> rows) {
        return !rows.isEmpty() && (random == null || random.nextInt(ROLLBACKS) > 0);
    }

    private boolean locally(Work work, List<Row> rows) throws Exception {
        broker.begin();
        boolean commits;
        try {
            work.run(broker, rows);
            for (Row row : rows) {
                StepTable.insert(broker.sql(), application.nextSerial(), row);
            }
            commits = commits(rows);
        } catch (Exception | Error e) {
            rollBackAfter(e);
            throw e;
        }
        if (commits) {
            broker.commit();
        } else {
            broker.rollback();
        }
        return commits;
    }

    private void rollBackAfter(Throwable failure) {
        try {
            broker.rollback();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private boolean globally(Work work, List<Row> rows) throws Exception {
        TransactionManager manager = application.transactions().transactions();
        if (own == null) {
            own = application.ownDatabase().connect();
        }
        manager.begin();
        boolean commits;
        try {
            enlist(manager.getTransaction());
            work.run(broker, rows);
            try (Connection connection = own.getConnection()) {
                for (Row row : rows) {
                    StepTable.insert(connection, application.nextSerial(), row);
                }
            }
            commits = commits(rows);
        } catch (Exception | Error e) {
            rollBackAfter(manager, e);
            throw e;
        }
        if (commits) {
            manager.commit();
        } else {
            manager.rollback();
        }
        return commits;
    }

    private static void rollBackAfter(TransactionManager manager, Throwable failure) throws SystemException {
        if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
            try {
                manager.rollback();
            } catch (SystemException | RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** In either order: who votes first isn't always the same. */
    private void enlist(Transaction transaction) throws Exception {
        boolean first = random == null || random.nextBoolean();
        XAResource one = first ? broker.channel().xaResource() : own.getXAResource();
        XAResource two = first ? own.getXAResource() : broker.channel().xaResource();
        enlist(transaction, one);
        enlist(transaction, two);
        Provocation provocation = third;
        if (provocation != null && provocation.goesOn()) {
            enlist(transaction, provocation);
        }
    }

    /** What is done on a resource that was refused would be done outside the transaction. */
    private static void enlist(Transaction transaction, XAResource resource) throws Exception {
        if (!transaction.enlistResource(resource)) {
            throw new IllegalStateException("The transaction manager has not enlisted " + resource);
        }
    }

    @Override
    public void close() {
        LocalConnection old = broker;
        broker = null;
        XAConnection oldOwn = own;
        own = null;
        try {
            if (oldOwn != null) {
                oldOwn.close();
            }
        } catch (SQLException e) {
            // of no use any more, which is why it is closed
            System.getLogger(Worker.class.getName()).log(System.Logger.Level.DEBUG, "A connection failed to close", e);
        } finally {
            closeQuietly(old);
        }
    }

    private static void closeQuietly(LocalConnection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (RuntimeException e) {
            System.getLogger(Worker.class.getName()).log(System.Logger.Level.DEBUG, "A session failed to close", e);
        }
    }
}
