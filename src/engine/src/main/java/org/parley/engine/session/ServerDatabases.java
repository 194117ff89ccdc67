package org.parley.engine.session;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.DatabaseOptions;
import org.parley.spi.BrokerClock;

/** The broker databases of a server, as a session sees them. */
public interface ServerDatabases {

    /** Names, in lower case, that Transact-SQL keeps for databases of the server itself. */
    Set<String> SYSTEM = Set.of("master", "msdb", "model", "tempdb");

    /** Names of those that are in its home, open or not, in order. */
    List<String> inHome();

    /**
     * Enters a database, opening it when it is in the home only.
     *
     * @throws BrokerException 911 when there is none of that name
     */
    Visit enter(String name);

    /**
     * Makes a database: it is there with all of this, or not at all.
     *
     * @param brokerInstance its broker instance, or null for a new one
     * @param options its options
     * @throws BrokerException 1801 when there is one of that name, 9772 when it is to deliver and an open one that does
     *     is that broker
     */
    void create(String name, UUID brokerInstance, DatabaseOptions options);

    /**
     * Opens a database whose files have come into the home.
     *
     * @throws BrokerException 1801 when it is open already, 5120 when there are no files of it
     */
    void attach(String name);

    /**
     * Deletes a database.
     *
     * @throws BrokerException 3701 when there is none of that name, 3702 when somebody works in it, 3708 for one of the
     *     system's
     */
    void drop(String name);

    /** What reads queues of them. */
    ServerActivations activations();

    /** The server's time. */
    BrokerClock clock();
}
