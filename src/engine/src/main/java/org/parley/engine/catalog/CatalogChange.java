package org.parley.engine.catalog;

import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;

/** The store transaction of one change of definitions, begun at the first write and rolled back unless committed. */
final class CatalogChange implements AutoCloseable {

    private final Store store;
    private StoreTransaction transaction;

    CatalogChange(Store store) {
        this.store = store;
    }

    CatalogWriter writer() {
        if (transaction == null) {
            transaction = store.begin();
        }
        return transaction.catalog();
    }

    /** Commits; says whether there was anything to commit. */
    boolean commit() {
        if (transaction == null) {
            return false;
        }
        transaction.catalog().finish();
        try {
            transaction.commit();
        } catch (StoreException e) {
            throw new BrokerException(
                    ErrorNumbers.OUTCOME_UNKNOWN,
                    "The commit of a definition failed; whether it is stored is unknown until the database has been"
                            + " read anew: " + e.getMessage(),
                    e);
        }
        transaction = null;
        return true;
    }

    @Override
    public void close() {
        if (transaction != null) {
            transaction.rollback();
        }
    }

    /** What a caller is told when nothing could be stored. */
    static BrokerException notStored(StoreException e) {
        int number =
                switch (e.kind()) {
                    case DEADLOCK -> ErrorNumbers.DEADLOCK_VICTIM;
                    case LOCK_TIMEOUT -> ErrorNumbers.LOCK_TIMEOUT;
                    case STATEMENT, ROLLED_BACK, UNAVAILABLE -> e.number();
                };
        return new BrokerException(number, "A definition can't be stored; nothing has changed: " + e.getMessage(), e);
    }
}
