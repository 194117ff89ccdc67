package org.parley.sql.value;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.UUID;
import org.parley.ScriptMessage;
import org.parley.sql.ast.ObjectName;

/** What functions and variables of the system tell about the session, the server and the database. */
public interface Session {

    /** The time; GETDATE and its like. */
    InstantSource clock();

    /** Where GETDATE and SYSDATETIME are at home. */
    ZoneId zone();

    /** Rows of the last statement; @@ROWCOUNT. */
    long rowCount();

    /** Error number of the last statement, or 0; @@ERROR. */
    int error();

    /** Nesting of BEGIN TRANSACTION; @@TRANCOUNT. */
    int transactions();

    /** 1 with a transaction, -1 with one that can only be rolled back, 0 without; XACT_STATE(). */
    int transactionState();

    /** The last value of an IDENTITY column, or null; @@IDENTITY, SCOPE_IDENTITY(). */
    Long identity();

    /** The error that the innermost CATCH handles, or null outside of any. */
    ScriptMessage caught();

    /** Number of the session; @@SPID. */
    int id();

    /** Nesting of procedures; @@NESTLEVEL. */
    int nesting();

    /** What @@VERSION says. */
    String version();

    /** What @@SERVERNAME says. */
    String server();

    /** The computer of the caller; HOST_NAME(). */
    String host();

    /** The program of the caller; APP_NAME(). */
    String application();

    /** The current user in the current database; USER_NAME(). */
    String user();

    /** The login as which the session works; SUSER_SNAME(). */
    String login();

    /** The login that opened the session; ORIGINAL_LOGIN(). */
    String originalLogin();

    /** The current database; DB_NAME(). */
    String database();

    /** Number of a database by its name, or null when there is none; DB_ID(). */
    Integer databaseId(String name);

    /** Name of a database by its number, or null when there is none. */
    String databaseName(int id);

    /**
     * Number of an object, or null when there is none; OBJECT_ID().
     *
     * @param type of {@code sys.objects}: U, P, SQ, V, ..., or null for any
     */
    Integer objectId(ObjectName name, String type);

    /** Name of an object of the current database by its number, or null when there is none; OBJECT_NAME(). */
    String objectName(int id);

    /** Name of a user of the current database by its number, or null when there is none. */
    String userName(int id);

    /** What became of the last attempt to send, empty when there is nothing to say; GET_TRANSMISSION_STATUS(). */
    String transmissionStatus(UUID handle);
}
