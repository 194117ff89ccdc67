package org.parley.engine.routing;

import java.util.function.Consumer;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreTransaction;

/**
 * Small transactions of the engine itself, and what becomes true by them in memory. When the commit's outcome isn't known, or memory
 * could not be brought up to date after it, only the disk is right: memory is discarded and read anew.
 */
final class EngineTransactions {

    private final Store store;
    private final EndpointTable table;
    private final Consumer<Throwable> failed;

    /** Those of one broker database; {@code failed} discards its memory. */
    EngineTransactions(Store store, EndpointTable table, Consumer<Throwable> failed) {
        this.store = store;
        this.table = table;
        this.failed = failed;
    }

    /**
     * Runs one.
     *
     * @param work writes
     * @param applied brings memory up to date after the commit; under the table's lock
     */
    void run(Consumer<StoreTransaction> work, Runnable applied) {
        StoreTransaction tx = store.begin();
        try {
            FaultPoint.ENGINE_BEGUN.reach();
            work.accept(tx);
            FaultPoint.ENGINE_WRITTEN.reach();
        } catch (RuntimeException e) {
            rollBackAfter(tx, e);
            throw e;
        }
        try {
            tx.commit();
            FaultPoint.ENGINE_COMMITTED.reach();
            table.locked(applied);
        } catch (RuntimeException | Error e) {
            failed.accept(e);
            throw e;
        }
    }

    private static void rollBackAfter(StoreTransaction tx, RuntimeException failure) {
        try {
            tx.rollback();
        } catch (RuntimeException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }
}
