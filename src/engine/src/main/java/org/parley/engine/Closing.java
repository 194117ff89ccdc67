package org.parley.engine;

import java.nio.file.Path;
import java.time.Duration;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreProvider;
import org.parley.engine.work.Threads;

/**
 * The end of a server, bounded in time: what fails to close or hangs keeps nothing else from being closed, and is told of at
 * last.
 */
final class Closing {

    /** A database waits for its procedures and for its own thread, each a while, before it closes its store. */
    private static final Duration LONGEST = Threads.PATIENCE.multipliedBy(3);

    private final Path home;
    private BrokerException failure;
    private boolean storeHangs;

    Closing(Path home) {
        this.home = home;
    }

    /** Closes what waits in itself no longer than it may. */
    void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception | Error e) {
            note(e);
        }
    }

    /** Closes a database, whose store may hang. */
    void closeStored(BrokerDatabase database) {
        try {
            Threads.within(LONGEST, "parley-close-" + database.name(), () -> close(database::close));
        } catch (BrokerException e) {
            storeHangs = true;
            note(e);
        }
    }

    private synchronized void note(Throwable e) {
        if (failure == null) {
            failure = new BrokerException(
                    e instanceof BrokerException known ? known.number() : StoreException.number(e),
                    "The server of home '" + home + "' has not closed in order: " + e.getMessage(),
                    e);
        } else {
            failure.addSuppressed(e);
        }
    }

    /** At last gives Derby and the home free, unless a store hangs and may still write in it; says what has failed. */
    void giveFree(StoreProvider stores, HomeLock lock) {
        if (storeHangs) {
            throw new BrokerException(
                    ErrorNumbers.HOME_IN_USE,
                    "Home '" + home + "' stays in use until this process ends, since a store in it hangs: "
                            + failure.getMessage(),
                    failure);
        }
        close(stores);
        close(lock);
        if (failure != null) {
            throw failure;
        }
    }
}
