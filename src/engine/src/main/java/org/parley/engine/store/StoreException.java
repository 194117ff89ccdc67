package org.parley.engine.store;

import org.parley.ErrorNumbers;

/** A failure of the storage, translated once from what the database said. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final StorageFault fault;

    /** A failure with the database's own exception. */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.fault = null;
    }

    /** A failure for which the place is to blame where the database lies. */
    public StoreException(Kind kind, StorageFault fault, String message, Throwable cause) {
        super(message + "; " + fault.wayOut() + ".", cause);
        this.kind = kind;
        this.fault = fault;
    }

    /** The number by which callers are told of it when they can't do anything about it themselves. */
    public int number() {
        return fault == null ? ErrorNumbers.STORE_FAILED : fault.number();
    }

    /** That number for any failure. */
    public static int number(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StoreException store) {
                return store.number();
            }
        }
        return ErrorNumbers.STORE_FAILED;
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** Kinds of failure, by what is left of the transaction. */
    public enum Kind {
        /** Only the statement failed. */
        STATEMENT(false),
        /** A dead-lock; the database has rolled the transaction back. */
        DEADLOCK(true),
        /** A lock was not granted in time; the transaction is rolled back. */
        LOCK_TIMEOUT(true),
        /** Another error that has rolled the transaction back. */
        ROLLED_BACK(true),
        /** The connection or the database is gone. */
        UNAVAILABLE(true);

        private final boolean fatal;

        Kind(boolean fatal) {
            this.fatal = fatal;
        }

        /** Whether the transaction is gone. */
        public boolean fatal() {
            return fatal;
        }
    }
}
