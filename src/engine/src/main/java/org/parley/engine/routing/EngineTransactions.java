package org.parley.engine.routing;

import java.util.function.Consumer;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;

/**
 * Small transactions of the engine itself, and what becomes true by them in memory. When the commit's outcome isn't known, or memory
 * could not be brought up to date after it, only the disk is right: memory is discarded and read anew, and until then no further
 * transaction is made of it. Of a dialog that is on disk and not in memory a message that comes again would begin another target.
 */
final class EngineTransactions {

    private final Store store;
    private final EndpointTable table;
    private final Consumer<Throwable> failed;
    private volatile Throwable memoryWrong;

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
        refuseWhenMemoryIsWrong();
        StoreTransaction tx = store.begin();
        try {
            FaultPoint.ENGINE_BEGUN.reach();
            work.accept(tx);
            FaultPoint.ENGINE_WRITTEN.reach();
        } catch (RuntimeException | Error e) {
            rollBackAfter(tx, e);
            throw e;
        }
        try {
            tx.commit();
            FaultPoint.ENGINE_COMMITTED.reach();
            table.locked(applied);
        } catch (RuntimeException | Error e) {
            memoryWrong = e;
            failed.accept(e);
            throw e;
        }
    }

    private void refuseWhenMemoryIsWrong() {
        if (memoryWrong != null) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "The database has failed and is read anew from disk: " + memoryWrong.getMessage(),
                    memoryWrong);
        }
    }

    private static void rollBackAfter(StoreTransaction tx, Throwable failure) {
        try {
            tx.rollback();
        } catch (RuntimeException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }
}
