package org.parley.engine.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.parley.DatabaseOptions;

/** Opens the databases of one home directory. Closing it ends the database engine. */
public interface StoreProvider extends AutoCloseable {

    /**
     * Opens a database, creating it when missing; applies schema scripts that are newer than the database.
     *
     * @param directory directory of the database, under the server's home
     * @param lockTimeout longest wait for a row lock
     * @throws org.parley.BrokerException {@link org.parley.ErrorNumbers#NEWER_SCHEMA} for a database of a newer version,
     *     {@link org.parley.ErrorNumbers#OTHER_SCHEMA} for one of a version that was never released
     */
    Store open(Path directory, Duration lockTimeout);

    /**
     * Makes a database, where there is none, that isn't opened: after a crash it is there with all of this, or not at all.
     *
     * @param broker its broker instance
     * @param options its options
     */
    void create(Path directory, UUID broker, DatabaseOptions options);

    /** Names of the databases that are in the home, in order. */
    List<String> inHome();

    /**
     * Makes a database of a copy that {@link Store#backup} has written. When it is opened it counts as copied, so that it is
     * told who it is before it delivers; after a crash it is there as a whole, or not at all.
     */
    void restore(Path copy, Path directory);

    /** Deletes a database that isn't open: after a crash it is there as it was, or not at all. */
    void delete(Path directory);

    @Override
    void close();
}
