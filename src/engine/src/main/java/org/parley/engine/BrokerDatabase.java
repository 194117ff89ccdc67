package org.parley.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.activation.ActivatedProcedures;
import org.parley.engine.activation.EventNotifications;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.routing.Transmitter;
import org.parley.engine.session.EngineChannel;
import org.parley.engine.session.Statements;
import org.parley.engine.session.Visit;
import org.parley.engine.sight.DatabaseViews;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreProvider;
import org.parley.engine.telemetry.Telemetry;
import org.parley.engine.work.Worker;
import org.parley.spi.ServerConfig;
import org.parley.spi.Statistics;

/**
 * A broker database over the time of a server: open, or, after its store has failed, on the way to being opened again
 * with a memory read anew from disk.
 */
final class BrokerDatabase {

    /** Instead of a number of visits: there will be none any more. */
    private static final int DROPPED = -1;

    private final String name;
    private final int id;
    private final Path directory;
    private final StoreProvider stores;
    private final ServerConfig config;
    private final Telemetry telemetry;
    private final HomeDatabases server;
    private final Worker worker;
    private final Runnable changed;
    private final Supplier<Statistics> statistics;
    private final Transmitter transmitter;
    private final ReentrantLock reopening = new ReentrantLock();
    // guarded by the lock
    private Opening opening;
    private volatile Statements opened;
    private volatile EventNotifications notifications;
    private volatile ActivatedProcedures procedures;
    private volatile Throwable failure;
    private final AtomicInteger visits = new AtomicInteger();
    private volatile boolean closed;

    /**
     * What a server lends each of its databases.
     *
     * @param stores opens stores
     * @param config the server's configuration
     * @param worker the server's own thread
     * @param transmitter sends between the databases
     * @param changed is told that databases or definitions have changed
     * @param statistics what was counted in all of them
     */
    record Shared(
            StoreProvider stores,
            ServerConfig config,
            Worker worker,
            Transmitter transmitter,
            Runnable changed,
            Supplier<Statistics> statistics) {}

    /**
     * A database that isn't open yet.
     *
     * @param server the databases around, and what definitions of this one see of them
     */
    BrokerDatabase(String name, int id, Telemetry telemetry, Shared shared, HomeDatabases server) {
        this.server = server;
        this.name = name;
        this.id = id;
        this.telemetry = telemetry;
        this.directory = shared.config().home().resolve(name);
        this.stores = shared.stores();
        this.config = shared.config();
        this.worker = shared.worker();
        this.changed = shared.changed();
        this.statistics = shared.statistics();
        this.transmitter = shared.transmitter();
    }

    String name() {
        return name;
    }

    /** The time from one opening to the next, in which the store fails once. */
    private static final class Opening {

        private final AtomicBoolean failed = new AtomicBoolean();

        /** Says whether it is the first to say so. */
        boolean fail() {
            return failed.compareAndSet(false, true);
        }
    }

    /** Opens it; a failure closes what was opened. */
    void open() {
        long start = System.nanoTime();
        UUID broker;
        reopening.lock();
        try {
            Opening next = new Opening();
            Store store = openStore();
            broker = store.brokerInstance();
            Runnable undo = store::close;
            try {
                OpenDatabase database = new OpenDatabase(store, surroundings(next));
                undo = database::close;
                begin(database);
            } catch (StoreException e) {
                undo(undo, e);
                throw notOpened(e);
            } catch (RuntimeException | Error e) {
                undo(undo, e);
                throw e;
            }
            // what fails from now on, or has failed meanwhile, is of this opening
            opening = next;
        } finally {
            reopening.unlock();
        }
        // it may have failed again by now
        config.listener().databaseOpened(name, broker, (System.nanoTime() - start) / 1_000_000);
        changed.run();
    }

    private OpenDatabase.Surroundings surroundings(Opening next) {
        return new OpenDatabase.Surroundings(
                name,
                id,
                config.clock(),
                config.lockTimeout(),
                config.listener(),
                telemetry,
                transmitter,
                server,
                this::renew,
                cause -> failed(next, cause),
                any -> definitionsChanged());
    }

    private void begin(OpenDatabase database) {
        database.store().show(new DatabaseViews(database, statistics));
        Statements statements = new Statements(database);
        notifications = new EventNotifications(statements);
        notifications.open();
        procedures = new ActivatedProcedures(database, worker, this::procedureChannel);
        FaultPoint.OPEN_READY.reach();
        failure = null;
        opened = statements;
        procedures.look();
    }

    private void undo(Runnable undo, Throwable cause) {
        opened = null;
        try {
            endReaders();
            undo.run();
        } catch (RuntimeException suppressed) {
            cause.addSuppressed(suppressed);
        }
    }

    private EngineChannel procedureChannel(String user) {
        Visit visit = enter().orElseThrow(() ->
                new BrokerException(ErrorNumbers.NOT_RUNNING, "Database '" + name + "' is being dropped."));
        return EngineChannel.ofProcedure(server, visit, user);
    }

    /** What keeps activated procedures from their work, for people. */
    List<String> failedProcedures() {
        ActivatedProcedures known = procedures;
        return known == null ? List.of() : known.failures();
    }

    private void definitionsChanged() {
        ActivatedProcedures readers = procedures;
        if (readers != null) {
            readers.look();
        }
        EventNotifications told = notifications;
        if (told != null) {
            told.look();
        }
        changed.run();
    }

    private Store openStore() {
        try {
            FaultPoint.OPENING.reach();
            return stores.open(directory, config.lockTimeout());
        } catch (StoreException e) {
            throw notOpened(e);
        }
    }

    private BrokerException notOpened(StoreException cause) {
        return new BrokerException(
                cause.number(), "Database '" + name + "' can't be opened: " + cause.getMessage(), cause);
    }

    /** The statements of the open database. */
    Statements require() {
        Statements now = opened;
        if (now == null) {
            Throwable cause = failure;
            throw closed
                    ? new BrokerException(ErrorNumbers.NOT_RUNNING, "Database '" + name + "' is closed.")
                    : new BrokerException(
                            StoreException.number(cause),
                            "Database '" + name + "' has failed and is being opened again"
                                    + (cause == null ? "." : ": " + cause.getMessage()),
                            cause);
        }
        return now;
    }

    /** Enters it; empty when it is being dropped. */
    Optional<Visit> enter() {
        int entered = visits.updateAndGet(before -> before == DROPPED ? DROPPED : before + 1);
        return entered == DROPPED ? Optional.empty() : Optional.of(new Entered());
    }

    /** Lets nobody enter any more, if nobody is inside; says whether it is so. */
    boolean leaveForGood() {
        return visits.compareAndSet(0, DROPPED);
    }

    private final class Entered implements Visit {

        private final AtomicBoolean left = new AtomicBoolean();

        @Override
        public String database() {
            return name;
        }

        @Override
        public Statements statements() {
            return require();
        }

        @Override
        public void close() {
            if (!left.getAndSet(true)) {
                visits.decrementAndGet();
            }
        }
    }

    Optional<Statements> opened() {
        return Optional.ofNullable(opened);
    }

    Throwable failure() {
        return failure;
    }

    /**
     * The store can't be relied upon: memory is discarded and read anew, on the server's own thread. What is left of an
     * earlier opening, and fails since that is over, says nothing about this one.
     */
    private void failed(Opening of, Throwable cause) {
        if (!closed && of.fail()) {
            openLater(of, cause);
        }
    }

    private void openLater(Opening failed, Throwable cause) {
        worker.add("opening database '" + name + "' again", () -> {
            reopening.lock();
            try {
                if (!closed && opening == failed) {
                    reopen(cause);
                }
            } finally {
                reopening.unlock();
            }
        });
    }

    private void reopen(Throwable cause) {
        Statements before = opened;
        if (before != null) {
            failure = cause;
            opened = null;
            endReaders();
            config.listener().databaseFailed(name, cause);
            changed.run();
            discard(before, cause);
        }
        try {
            open();
        } catch (RuntimeException | Error e) {
            // what keeps it down may be another thing than what brought it down
            failure = e;
            throw e;
        }
    }

    /**
     * NEW_BROKER: everything under way ends, then all conversations go and the database is another broker, in one
     * transaction, then it is opened anew. Refused while an outcome is awaited: it would be of what is gone.
     */
    private void renew() {
        reopening.lock();
        try {
            Statements before = require();
            refuseInDoubt(before.database().store());
            if (!opening.fail()) {
                throw new BrokerException(
                        ErrorNumbers.STORE_FAILED,
                        "Database '" + name + "' has failed and is being opened again; it can become another broker"
                                + " afterwards.");
            }
            opened = null;
            endReaders();
            changed.run();
            try {
                before.database()
                        .discard(new BrokerException(
                                ErrorNumbers.TRANSACTION_ENDED,
                                "NEW_BROKER has made database '" + name + "' another broker, without conversations."));
                try (Store alone = openStore()) {
                    refuseInDoubt(alone);
                    alone.renew(UUID.randomUUID());
                }
            } finally {
                openAgain();
            }
        } finally {
            reopening.unlock();
        }
    }

    private void refuseInDoubt(Store store) {
        int prepared = store.inDoubt().size();
        if (prepared > 0) {
            throw new BrokerException(
                    5061,
                    "Database '" + name + "' can't become another broker: " + prepared
                            + " prepared transactions wait for their outcome; their transaction manager must tell it first.");
        }
    }

    private void openAgain() {
        try {
            open();
        } catch (RuntimeException | Error e) {
            failure = e;
            openLater(opening, e);
            throw e;
        }
    }

    private void discard(Statements before, Throwable cause) {
        try {
            before.database()
                    .discard(new BrokerException(
                            StoreException.number(cause),
                            "The store of database '" + name + "' has failed: " + cause.getMessage(),
                            cause));
        } catch (RuntimeException e) {
            // a store that has failed may fail to close as well; that must not keep it from being opened again
            cause.addSuppressed(e);
        }
    }

    private void endReaders() {
        ActivatedProcedures readers = procedures;
        procedures = null;
        if (readers != null) {
            readers.close();
        }
        EventNotifications told = notifications;
        notifications = null;
        if (told != null) {
            told.close();
        }
    }

    void close() {
        closed = true;
        // what is being opened again at the moment is closed as well
        reopening.lock();
        try {
            Statements before = opened;
            opened = null;
            endReaders();
            if (before != null) {
                before.database().close();
            }
        } finally {
            reopening.unlock();
        }
    }
}
