package org.parley.engine.store.derby;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Idle connections of one database. The one given back last goes out first, so that few stay warm. */
final class ConnectionPool {

    /** Beyond it, connections given back are closed. */
    private static final int MOST_IDLE = 64;

    private final Path database;
    private final ConcurrentLinkedDeque<PhysicalConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();

    ConnectionPool(Path database) {
        this.database = database;
    }

    /** Something done on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(PhysicalConnection connection) throws SQLException;
    }

    PhysicalConnection take() {
        for (PhysicalConnection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            idleCount.decrementAndGet();
            if (each.clean()) {
                return each;
            }
        }
        return new PhysicalConnection(DerbyEngine.connect(database));
    }

    /** Takes a connection back; one that isn't fit for another transaction is closed. */
    void giveBack(PhysicalConnection connection) {
        connection.leaveThread();
        if (!connection.clean()) {
            connection.discard();
        } else if (idleCount.incrementAndGet() > MOST_IDLE) {
            idleCount.decrementAndGet();
            connection.discard();
        } else {
            idle.addFirst(connection);
        }
    }

    /** Does something on a connection of its own; what the work doesn't commit is rolled back. */
    <T> T use(String doing, Work<T> work) {
        PhysicalConnection connection = take();
        try {
            T result = work.run(connection);
            connection.jdbc().rollback();
            return result;
        } catch (SQLException e) {
            connection.rollbackQuietly();
            throw Failure.of(doing, e);
        } finally {
            giveBack(connection);
        }
    }

    void close() {
        for (PhysicalConnection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            idleCount.decrementAndGet();
            each.discard();
        }
    }
}
