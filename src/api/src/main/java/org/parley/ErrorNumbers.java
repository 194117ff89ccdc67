package org.parley;

/** Numbers of errors that Service Broker has no number for, and those that code often asks for. */
public final class ErrorNumbers {

    /** A permission was denied; the message names user, permission and object. */
    public static final int PERMISSION_DENIED = 229;

    /** The user doesn't exist in the database. */
    public static final int UNKNOWN_USER = 916;

    /** The user's password is missing or wrong. */
    public static final int LOGIN_FAILED = 18456;

    /** This transaction was chosen as the victim of a dead-lock and is rolled back. */
    public static final int DEADLOCK_VICTIM = 1205;

    /** A lock was not granted in time. */
    public static final int LOCK_TIMEOUT = 1222;

    /** The transaction was rolled back by the database, by a time-out or by another error; nothing more can be done in it. */
    public static final int TRANSACTION_ENDED = 3998;

    /** A handle is used inside a transaction in which its managed connection isn't enlisted. */
    public static final int NOT_ENLISTED = 50001;

    /** The handle or its managed connection has been closed. */
    public static final int CLOSED = 50002;

    /** The store failed; health tells what. */
    public static final int STORE_FAILED = 50003;

    /** A home directory is in use by another server or class loader. */
    public static final int HOME_IN_USE = 50004;

    /** A configuration property has a value that isn't allowed. */
    public static final int BAD_PROPERTY = 50005;

    /** The database is closed or the server has stopped. */
    public static final int NOT_RUNNING = 50006;

    /** The outcome of a commit is unknown; the database is read anew from disk. */
    public static final int OUTCOME_UNKNOWN = 50007;

    /** The JDBC face was asked for something that belongs to the transaction's owner or to Parley's own schema. */
    public static final int NOT_ALLOWED_IN_SQL = 50008;

    /** The database has a schema of a newer version. */
    public static final int NEWER_SCHEMA = 50009;

    /** A branch passed the time-out that its transaction manager had set. */
    public static final int BRANCH_TIMEOUT = 50010;

    /** A conversation group is to be resumed, and isn't suspended. */
    public static final int NOT_SUSPENDED = 50011;

    /** A script or definition statements are to be run, and no statement language is there. */
    public static final int NO_LANGUAGE = 50012;

    /** A script begins or ends a transaction that belongs to its application server. */
    public static final int TRANSACTION_MANAGED = 50016;

    /** A script asks on tables what the store can't do. */
    public static final int BEYOND_STORE = 50013;

    /** A script was interrupted. */
    public static final int SCRIPT_INTERRUPTED = 50014;

    /** A queue is read by beans, or by a procedure, and is to be read by the other as well. */
    public static final int OTHER_READERS = 50015;

    /** A statement that is no definition of the database stands among definitions. */
    public static final int NO_DEFINITION = 50017;

    /** The database's schema is that of no released version. */
    public static final int OTHER_SCHEMA = 50018;

    /** A branch is to be ended by an operator, and is not in doubt, or its Xid can't be read. */
    public static final int NOT_IN_DOUBT = 50019;

    /** The disk under the home is full. */
    public static final int DISK_FULL = 50020;

    /** The file system under the home is mounted read-only. */
    public static final int STORAGE_READ_ONLY = 50021;

    /** The files of the home belong to somebody else, or this process may not write them. */
    public static final int STORAGE_FORBIDDEN = 50022;

    /** The disk under the home answers with an error. */
    public static final int DISK_FAILS = 50023;

    /** A database of an older schema has prepared transactions whose rows its upgrade has to change. */
    public static final int UPGRADE_WAITS = 50025;

    /** Files of a database aren't what was written to them. */
    public static final int STORAGE_DAMAGED = 50024;

    /** The stream of a body to be sent ended early, went on after its length, or failed; or the length is none. */
    public static final int BODY_STREAM = 50026;

    /** A body is to be read that was not loaded, and the transaction that has received its message has ended. */
    public static final int BODY_OUT_OF_REACH = 50027;

    /** No activation of that name reads the queue in this server. */
    public static final int NO_ACTIVATION = 50028;

    private ErrorNumbers() {}
}
