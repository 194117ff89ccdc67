package org.parley.spi;

import java.nio.file.Path;
import java.util.List;
import javax.transaction.xa.XAResource;
import org.parley.BrokerException;

/** One engine: a home directory, its broker databases, its workers. Safe for all threads. */
public interface BrokerServer extends AutoCloseable {

    /**
     * Opens a broker database, creating it when missing.
     *
     * @throws BrokerException {@link org.parley.ErrorNumbers#BAD_PROPERTY} for a name that isn't one (letters, digits,
     *     {@code _ - .}, 1 to 128 characters), {@link org.parley.ErrorNumbers#NEWER_SCHEMA}
     */
    void ensureDatabase(String name);

    /** Names of the open broker databases, in order. */
    List<String> databases();

    /** Names of the broker databases in the home, open or not, in order. */
    List<String> databasesInHome();

    /**
     * A new channel to an open database.
     *
     * @param user identity of the caller, or null for the database's owner
     * @throws BrokerException 911 when no such database is open
     */
    Channel channel(String database, String user);

    /**
     * A new channel for a user that proves itself.
     *
     * @param user the user; to name {@code dbo} it needs a password
     * @param password its password; null or anything for a user without one
     * @throws BrokerException 911 when no such database is open, 916 when it has no such user, 18456 when the password is
     *     missing or wrong
     */
    Channel channel(String database, String user, char[] password);

    /** One resource per open database that can answer {@code recover}, {@code commit}, {@code rollback} and {@code forget}. */
    List<XAResource> recoveryResources();

    /**
     * Starts to read a queue. A queue or database that doesn't exist makes it wait until it does.
     *
     * @param starter starts a reader; called by an engine thread, must return soon
     */
    Activation activate(ActivationConfig config, ReaderStarter starter);

    /**
     * Copies a database while it is in use: the copy is of one moment after the call, and it is there as a whole or not at
     * all.
     *
     * @param directory where the copy goes; must not exist yet
     * @throws BrokerException 911 when the home has no such database, {@link org.parley.ErrorNumbers#BAD_PROPERTY} when
     *     something is at the directory, else what keeps the copy from being written
     */
    void backup(String database, Path directory);

    /**
     * Makes a database of a copy that {@link #backup} has written, of this home or another one.
     *
     * @param copy the directory of the copy, which stays as it is
     * @param database name of the new database
     * @param broker which broker it is
     * @throws BrokerException 1801 when there is a database of that name, 5120 when the directory has no copy in it, 9772
     *     when it is to deliver and an open database that does is that broker
     */
    void restore(Path copy, String database, RestoredBroker broker);

    /** What works and what doesn't. */
    Health health();

    /** What was counted since the server has started. */
    Statistics statistics();

    /** Whether it could be shared by a caller with this configuration: the same home and the same values. */
    boolean servesAs(ServerConfig config);

    /** Ends activations, closes every database, ends every thread, gives the home directory free. */
    @Override
    void close();
}
