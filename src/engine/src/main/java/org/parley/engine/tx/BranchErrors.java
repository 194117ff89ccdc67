package org.parley.engine.tx;

import javax.transaction.xa.XAException;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.StoreException;

/** Why a branch can't go on, in the words and numbers of the API. */
final class BranchErrors {

    private BranchErrors() {}

    /** A branch that has been rolled back is to be worked in. */
    static BrokerException ended(BrokerException reason, BranchContext context) {
        return new BrokerException(
                ErrorNumbers.TRANSACTION_ENDED,
                "The transaction in database '" + context.database() + "' has been rolled back: " + reason.getMessage()
                        + " Nothing more can be done in it; begin another.",
                reason);
    }

    /** A branch that has been completed, or prepared, is to be worked in. */
    static BrokerException notActive(Object phase, BranchContext context) {
        return new BrokerException(
                ErrorNumbers.TRANSACTION_ENDED,
                "The transaction in database '" + context.database() + "' is " + phase
                        + "; work needs one that is ACTIVE.");
    }

    static BrokerException outcomeUnknown(Throwable cause, BranchContext context) {
        return new BrokerException(
                ErrorNumbers.OUTCOME_UNKNOWN,
                "Whether the transaction in database '" + context.database()
                        + "' was committed isn't known; the database is read anew from disk.",
                cause);
    }

    static BrokerException notPrepared(XAException cause, BranchContext context) {
        return new BrokerException(
                ErrorNumbers.STORE_FAILED,
                "The transaction in database '" + context.database() + "' can't be prepared: " + cause.getMessage(),
                cause);
    }

    /** A failure of the store. */
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
                new BrokerException(failure.number(), failure.getMessage(), failure);
        };
    }
}
