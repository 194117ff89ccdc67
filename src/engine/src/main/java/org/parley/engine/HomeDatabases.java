package org.parley.engine;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.parley.BrokerException;
import org.parley.Catalog;
import org.parley.DatabaseOptions;
import org.parley.ErrorNumbers;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.DatabaseCatalog;
import org.parley.engine.catalog.HomeServer;
import org.parley.engine.session.ServerActivations;
import org.parley.engine.session.ServerDatabases;
import org.parley.engine.session.Statements;
import org.parley.engine.session.Visit;
import org.parley.engine.store.StoreException;
import org.parley.engine.telemetry.Telemetry;
import org.parley.spi.BrokerClock;
import org.parley.spi.RestoredBroker;

/** The broker databases of a home: which are open, and how they come and go. */
final class HomeDatabases implements ServerDatabases, HomeServer {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    /** Those of the server's own that scripts go to; they are made when somebody does. */
    private static final Set<String> MADE_WHEN_ENTERED = Set.of("master", "msdb");

    private static final int UNKNOWN_DATABASE = 911;
    private static final int EXISTS = 1801;
    private static final int NOTHING_TO_DROP = 3701;
    private static final int IN_USE = 3702;
    private static final int SYSTEM_DATABASE = 3708;
    private static final int NO_FILES = 5120;
    private static final int BROKER_IN_USE = 9772;

    private final BrokerDatabase.Shared shared;
    private final ServerActivations activations;
    private final Function<String, Telemetry> telemetry;

    // guarded by this object's monitor
    private final TreeMap<String, BrokerDatabase> open = new TreeMap<>();
    private final Set<String> leaving = new HashSet<>();
    private int lastId;
    private byte[] key;
    private boolean stopped;

    HomeDatabases(BrokerDatabase.Shared shared, ServerActivations activations, Function<String, Telemetry> telemetry) {
        this.shared = shared;
        this.activations = activations;
        this.telemetry = telemetry;
    }

    /** Opens a database, creating it when missing. */
    synchronized void ensure(String name) {
        checkOpen();
        checkName(name);
        if (!open.containsKey(name)) {
            BrokerDatabase database = new BrokerDatabase(name, ++lastId, telemetry.apply(name), shared, this);
            database.open();
            open.put(name, database);
            shared.changed().run();
        }
    }

    private void checkName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "'" + name + "' is no name of a database; allowed are 1 to 128 letters, digits, '_', '.' and '-',"
                            + " beginning with a letter, a digit or '_'.");
        }
        if (isSystem(name) && !MADE_WHEN_ENTERED.contains(name)) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "'" + name + "' is a name that is kept for databases of the server itself; of those there are "
                            + "master and msdb, in lower case.");
        }
        if (leaving.contains(name)) {
            throw new BrokerException(UNKNOWN_DATABASE, "Database '" + name + "' is being dropped or restored.");
        }
    }

    /** Opens the server's own databases, those that were made. */
    void openOwn() {
        inHome().stream().filter(MADE_WHEN_ENTERED::contains).forEach(this::ensure);
    }

    private static boolean isSystem(String name) {
        return SYSTEM.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public DatabaseCatalog master() {
        ensure("master");
        return find("master").orElseThrow().require().database().catalog();
    }

    @Override
    public Optional<CatalogSnapshot> definitions() {
        return find("master")
                .flatMap(BrokerDatabase::opened)
                .map(statements -> statements.database().catalog().snapshot());
    }

    @Override
    public synchronized Optional<byte[]> key() {
        if (key == null) {
            key = ServerKey.of(shared.config().home());
        }
        return Optional.of(key);
    }

    synchronized Optional<BrokerDatabase> find(String name) {
        return Optional.ofNullable(name == null ? null : open.get(name));
    }

    /** Those that are open, in the order of their names. */
    synchronized List<BrokerDatabase> open() {
        return List.copyOf(open.values());
    }

    @Override
    public List<String> inHome() {
        return shared.stores().inHome();
    }

    /** Enters a database that must be open. */
    Visit enterOpen(String name) {
        return find(name)
                .flatMap(BrokerDatabase::enter)
                .orElseThrow(() -> new BrokerException(
                        UNKNOWN_DATABASE,
                        "Database '" + name + "' is not open in home '"
                                + shared.config().home() + "'; open are "
                                + open().stream().map(BrokerDatabase::name).toList() + "."));
    }

    @Override
    public synchronized Visit enter(String name) {
        if (!open.containsKey(name)) {
            List<String> all = inHome();
            if (!all.contains(name) && !MADE_WHEN_ENTERED.contains(name)) {
                throw new BrokerException(
                        UNKNOWN_DATABASE,
                        "Database '" + name + "' does not exist in home '"
                                + shared.config().home() + "'; there are " + all + ".");
            }
            ensure(name);
        }
        return enterOpen(name);
    }

    @Override
    public synchronized void create(String name, UUID brokerInstance, DatabaseOptions options) {
        checkOpen();
        if (open.containsKey(name) || isSystem(name) || inHome().contains(name)) {
            throw new BrokerException(EXISTS, "There is a database '" + name + "' already; choose another name.");
        }
        checkName(name);
        if (brokerInstance != null && options.brokerEnabled()) {
            refuseOther(name, brokerInstance);
        }
        // what differs from a plain copy of the template must be in it before it has its name
        if (brokerInstance != null || !options.equals(DatabaseOptions.DEFAULT)) {
            made(name, brokerInstance == null ? UUID.randomUUID() : brokerInstance, options);
        }
        try {
            ensure(name);
        } catch (RuntimeException e) {
            unmake(name, e);
            throw e;
        }
    }

    private void made(String name, UUID broker, DatabaseOptions options) {
        try {
            shared.stores().create(directory(name), broker, options);
        } catch (StoreException e) {
            throw new BrokerException(e.number(), "Database '" + name + "' can't be made: " + e.getMessage(), e);
        }
    }

    private void unmake(String name, RuntimeException cause) {
        if (inHome().contains(name)) {
            try {
                deleted(name);
            } catch (RuntimeException suppressed) {
                cause.addSuppressed(suppressed);
            }
        }
    }

    private Path directory(String name) {
        return shared.config().home().resolve(name);
    }

    private void refuseOther(String name, UUID brokerInstance) {
        for (BrokerDatabase other : open.values()) {
            other.opened().map(Statements::database).ifPresent(database -> {
                if (database.store().brokerInstance().equals(brokerInstance)
                        && database.catalog().snapshot().options().brokerEnabled()) {
                    throw new BrokerException(
                            BROKER_IN_USE,
                            "Database '" + name + "' can't have broker instance " + brokerInstance + ": database '"
                                    + other.name() + "' has it and delivers.");
                }
            });
        }
    }

    @Override
    public synchronized void attach(String name) {
        if (open.containsKey(name) || isSystem(name)) {
            throw new BrokerException(EXISTS, "There is a database '" + name + "' already, and it is open.");
        }
        if (!inHome().contains(name)) {
            throw new BrokerException(
                    NO_FILES,
                    "Database '" + name + "' can't be attached: home '"
                            + shared.config().home() + "' has no folder of this name with a database in it.");
        }
        ensure(name);
    }

    /** Copies a database while it is in use. */
    void backup(String name, Path directory) {
        try (Visit visit = enter(name)) {
            visit.statements().database().store().backup(directory);
        } catch (StoreException e) {
            throw new BrokerException(e.number(), "Database '" + name + "' can't be copied: " + e.getMessage(), e);
        }
    }

    /** Makes a database of a copy: it is there as that broker, or not at all. The others work meanwhile. */
    void restore(Path copy, String name, RestoredBroker broker) {
        reserve(name);
        try {
            shared.stores().restore(copy, directory(name));
        } catch (StoreException e) {
            throw new BrokerException(e.number(), "'" + copy + "' can't be restored: " + e.getMessage(), e);
        } finally {
            dropped(name);
        }
        try {
            ensure(name);
            become(find(name).orElseThrow(), broker);
        } catch (RuntimeException e) {
            forget(name, e);
            throw e;
        }
    }

    private synchronized void reserve(String name) {
        checkOpen();
        checkName(name);
        if (open.containsKey(name) || isSystem(name) || inHome().contains(name) || !leaving.add(name)) {
            throw new BrokerException(
                    EXISTS, "There is a database '" + name + "' already; drop it first, or choose another name.");
        }
    }

    private static void become(BrokerDatabase restored, RestoredBroker broker) {
        Catalog catalog = restored.require().database().catalog().ofOwner();
        switch (broker) {
            case DISABLE_BROKER -> catalog.setBrokerEnabled(false);
            case ENABLE_BROKER -> catalog.setBrokerEnabled(true);
            case NEW_BROKER -> catalog.newBroker();
            case ERROR_BROKER_CONVERSATIONS -> catalog.errorBrokerConversations();
        }
    }

    private synchronized void forget(String name, RuntimeException cause) {
        BrokerDatabase half = open.remove(name);
        if (half != null) {
            half.close();
            shared.changed().run();
        }
        unmake(name, cause);
    }

    @Override
    public void drop(String name) {
        BrokerDatabase database;
        if (isSystem(name)) {
            throw new BrokerException(
                    SYSTEM_DATABASE, "Database '" + name + "' is one of the server's own, which can't be dropped.");
        }
        synchronized (this) {
            checkOpen();
            database = leftForGood(name);
            leaving.add(name);
        }
        try {
            if (database != null) {
                // those who read it let go of it before it closes
                shared.changed().run();
                database.close();
            }
            deleted(name);
        } finally {
            dropped(name);
        }
    }

    private synchronized void dropped(String name) {
        leaving.remove(name);
    }

    /**
     * Opens it when it isn't: only an open database tells whether an outcome is awaited in it. Null for one that can't be
     * opened: it has nobody in it, and to drop it is a way to be rid of it.
     */
    private BrokerDatabase leftForGood(String name) {
        if (!open.containsKey(name) && !inHome().contains(name)) {
            throw new BrokerException(NOTHING_TO_DROP, "Database '" + name + "' can't be dropped: it does not exist.");
        }
        checkName(name);
        try {
            ensure(name);
        } catch (RuntimeException e) {
            shared.config().listener().databaseFailed(name, e);
            return null;
        }
        BrokerDatabase database = open.get(name);
        int prepared = database.opened()
                .map(Statements::database)
                .map(each -> each.store().inDoubt().size())
                .orElse(0);
        if (prepared > 0) {
            throw new BrokerException(
                    IN_USE,
                    "Database '" + name + "' can't be dropped: " + prepared + " prepared transactions wait for their"
                            + " outcome; their transaction manager must tell it first.");
        }
        if (!database.leaveForGood()) {
            throw new BrokerException(
                    IN_USE,
                    "Database '" + name + "' can't be dropped: connections to it, or readers of its queues, are at"
                            + " work. Close them, or go to another database with USE, first.");
        }
        return open.remove(name);
    }

    private void deleted(String name) {
        try {
            shared.stores().delete(directory(name));
        } catch (StoreException e) {
            throw new BrokerException(
                    e.number(), "The files of database '" + name + "' could not be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public ServerActivations activations() {
        return activations;
    }

    @Override
    public BrokerClock clock() {
        return shared.config().clock();
    }

    synchronized void checkOpen() {
        if (stopped) {
            throw new BrokerException(
                    ErrorNumbers.NOT_RUNNING,
                    "The server of home '" + shared.config().home() + "' has stopped.");
        }
    }

    /** Opens no more; gives those that are to be closed, the first time. */
    synchronized Optional<List<BrokerDatabase>> stop() {
        if (stopped) {
            return Optional.empty();
        }
        stopped = true;
        return Optional.of(List.copyOf(open.values()));
    }
}
