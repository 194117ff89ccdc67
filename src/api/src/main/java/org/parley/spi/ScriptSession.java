package org.parley.spi;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.Catalog;
import org.parley.DatabaseOptions;
import org.parley.ProcedureDefinition;

/**
 * What a script works with: a caller, in one broker database at a time, and its transaction. Conversations, definitions and
 * tables are reached through the connection. One thread at a time.
 */
public interface ScriptSession extends DefinitionSession {

    /** The connection to the current database, as the current principal; another one after {@link #use} and {@link #executeAs}. */
    BrokerConnection connection();

    @Override
    default Catalog catalog() {
        return connection().catalog();
    }

    @Override
    default String database() {
        return connection().database();
    }

    /** The name of the user or role of that number in the current database, or null. */
    String userName(int id);

    /**
     * Goes to another broker database of the server. Under {@link #executeAs} it must be a TRUSTWORTHY one that is left.
     *
     * @throws BrokerException 911 when there is none of this name, 916 when the caller isn't known there or not believed,
     *     226 when the open transaction has worked in the current one
     */
    void use(String database);

    /** Broker databases of the server, in order. */
    List<String> databases();

    /**
     * Makes a broker database: it is there with all of this, or, after an error or a crash, not at all.
     *
     * @param brokerInstance its broker instance, or null for a new one
     * @param options its options; a master key is made later
     * @throws BrokerException 1801 when there is one of this name, 9772 when it is to deliver and an open database that
     *     does has this broker instance, 15247 when the caller may not
     */
    void createDatabase(String name, UUID brokerInstance, DatabaseOptions options);

    /**
     * Opens a broker database whose files have come into the home. It doesn't deliver until it is told who it is.
     *
     * @throws BrokerException 1801 when it is open already, 5120 when there are no files of it, 15247 when the caller may not
     */
    void attachDatabase(String name);

    /**
     * Deletes a broker database with all it holds.
     *
     * @throws BrokerException 3701 when there is none, 3702 when somebody works in it, 15247 when the caller may not
     */
    void dropDatabase(String name);

    /**
     * Runs a change of definitions by way of the connection's catalog, which may depend on those that are there, while no other
     * session changes any of the current database or of the server.
     */
    void changeDefinitions(Runnable change);

    /** Whether transactions are the container's matter: {@link #begin}, {@link #commit} and {@link #rollback} are refused. */
    boolean managed();

    /** Whether a transaction is open. */
    boolean inTransaction();

    /** Begins a transaction; without one, each call commits for itself. */
    void begin();

    /**
     * Commits it.
     *
     * @throws BrokerException {@link org.parley.ErrorNumbers#TRANSACTION_ENDED} when it has been rolled back
     */
    void commit();

    /** Rolls it back. */
    void rollback();

    /**
     * Works as another user of the current database until {@link #revert}.
     *
     * @throws BrokerException 15517 when there is no such user or the caller may not
     */
    void executeAs(String user);

    /**
     * The procedure of that name in the current database, which is to be run now; the session works as its EXECUTE AS says
     * until {@link #revert}.
     *
     * @throws BrokerException 2812 when there is none, 229 when the caller may not EXECUTE it, 15517 when the user of its
     *     EXECUTE AS is gone
     */
    ProcedureDefinition enter(String procedure);

    /**
     * Works again as before the last {@link #executeAs} or {@link #enter}; nothing happens when there was none.
     *
     * @throws BrokerException 15357 in another database than the one where that was
     */
    void revert();

    /** The time, and what waits for it. */
    @Override
    BrokerClock clock();

    /**
     * What the language keeps from one script of the session to the next, as options that were SET. A session that keeps nothing
     * begins each script anew.
     *
     * @param first makes it when it is asked for the first time
     */
    default Object kept(Supplier<?> first) {
        return first.get();
    }
}
