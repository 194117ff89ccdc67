package org.parley.engine.tx;

import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.StoreException;

/** Failures of the store in the words and numbers of the API. */
final class StoreErrors {

    private StoreErrors() {}

    static BrokerException translated(StoreException failure, BranchContext context) {
        return switch (failure.kind()) {
            case DEADLOCK ->
                new BrokerException(
                        ErrorNumbers.DEADLOCK_VICTIM,
                        "The transaction in database '" + context.database()
                                + "' was chosen as the victim of a dead-lock; run it again.",
                        failure);
            case LOCK_TIMEOUT ->
                new BrokerException(
                        ErrorNumbers.LOCK_TIMEOUT,
                        "A row of database '" + context.database() + "' was not free within " + context.lockTimeout()
                                + "; the transaction is rolled back.",
                        failure);
            case STATEMENT, ROLLED_BACK, UNAVAILABLE ->
                new BrokerException(ErrorNumbers.STORE_FAILED, failure.getMessage(), failure);
        };
    }
}
