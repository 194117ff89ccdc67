package org.parley.engine.tx;

import javax.transaction.xa.XAException;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/** XAExceptions, always with a code and a cause. */
public final class XaErrors {

    private XaErrors() {}

    /** An exception with its code and a cause that says what is wrong. */
    public static XAException of(int code, String message) {
        return of(code, new BrokerException(ErrorNumbers.TRANSACTION_ENDED, message));
    }

    /** An exception with its code and cause. */
    public static XAException of(int code, Throwable cause) {
        XAException exception = new XAException(cause.getMessage());
        exception.errorCode = code;
        exception.initCause(cause);
        return exception;
    }

    /** The code that fits why a branch is doomed. */
    static XAException rolledBack(BrokerException doom) {
        int code =
                switch (doom.number()) {
                    case ErrorNumbers.DEADLOCK_VICTIM -> XAException.XA_RBDEADLOCK;
                    case ErrorNumbers.LOCK_TIMEOUT, ErrorNumbers.BRANCH_TIMEOUT -> XAException.XA_RBTIMEOUT;
                    case ErrorNumbers.STORE_FAILED,
                            ErrorNumbers.DISK_FULL,
                            ErrorNumbers.STORAGE_READ_ONLY,
                            ErrorNumbers.STORAGE_FORBIDDEN,
                            ErrorNumbers.DISK_FAILS,
                            ErrorNumbers.STORAGE_DAMAGED -> XAException.XA_RBOTHER;
                    case ErrorNumbers.OUTCOME_UNKNOWN -> XAException.XAER_RMFAIL;
                    default -> XAException.XA_RBROLLBACK;
                };
        return of(code, doom);
    }
}
