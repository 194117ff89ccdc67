package org.parley.engine.store.derby;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.parley.engine.store.StoreException;

/**
 * Connections of one database: the idle ones, of which the one given back last goes out first, so that few stay warm, and those
 * that are out. What touches Derby does so on one of them or in {@link #inside}: the database must not be shut down under it.
 */
final class ConnectionPool {

    /** Beyond it, connections given back are closed. */
    private static final int MOST_IDLE = 64;

    private final Path database;
    private final ConcurrentLinkedDeque<PhysicalConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final Set<PhysicalConnection> out = ConcurrentHashMap.newKeySet();
    private final ClosingGate gate;

    ConnectionPool(Path database) {
        this.database = database;
        this.gate = new ClosingGate(database);
    }

    /** Something done on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(PhysicalConnection connection) throws SQLException;
    }

    /** Takes a connection, to be given back or dropped. */
    PhysicalConnection take() {
        for (PhysicalConnection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            idleCount.decrementAndGet();
            if (each.clean()) {
                return taken(each);
            }
        }
        return make();
    }

    /** A new connection, to be given back or dropped. */
    PhysicalConnection make() {
        // Derby boots a database that is shut down for whoever asks for a connection
        return taken(inside(() -> new PhysicalConnection(DerbyEngine.connect(database))));
    }

    private PhysicalConnection taken(PhysicalConnection connection) {
        out.add(connection);
        if (gate.closed()) {
            drop(connection);
            throw refusal();
        }
        return connection;
    }

    /** What is told to whom comes too late. */
    StoreException refusal() {
        return gate.refusal();
    }

    /** Does something at Derby that has no connection of the pool. */
    <T> T inside(Supplier<T> work) {
        return gate.inside(work);
    }

    /** Takes a connection back; one that isn't fit for another transaction is closed. */
    void giveBack(PhysicalConnection connection) {
        out.remove(connection);
        connection.leaveThread();
        if (!connection.clean() || gate.closed()) {
            connection.discard();
        } else if (idleCount.incrementAndGet() > MOST_IDLE) {
            idleCount.decrementAndGet();
            connection.discard();
        } else {
            idle.addFirst(connection);
        }
    }

    /** Closes a connection that is of no use any more. */
    void drop(PhysicalConnection connection) {
        out.remove(connection);
        connection.discard();
    }

    /** Those that somebody has at the moment. */
    Set<PhysicalConnection> out() {
        return out;
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

    /**
     * Lets nobody in any more and waits, so long at most, until everybody who is inside has come out: what they have not
     * prepared is rolled back.
     */
    void close(Duration most) {
        gate.close(out, most);
        for (PhysicalConnection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            idleCount.decrementAndGet();
            each.discard();
        }
    }
}
