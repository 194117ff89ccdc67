package org.parley.engine.store;

/** A failure of the storage, translated once from what the database said. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** A failure with the database's own exception. */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
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
