package org.parley.engine.store.derby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.parley.BrokerException;
import org.parley.DatabaseOptions;
import org.parley.ErrorNumbers;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;
import org.parley.engine.store.StoreProvider;

/**
 * Databases of one home on embedded Derby. Derby writes its log to {@code derby.log} in the home that was first in this
 * class loader, and ends with the last home.
 */
public final class DerbyStores implements StoreProvider {

    private final Path home;
    private final Template template;
    private final UUID identity;
    private final Schema schema;
    private final Set<DerbyStore> open = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /** Starts Derby for a home directory, which is created when missing. */
    public DerbyStores(Path home) {
        this(home, Schema.CURRENT);
    }

    /** The same with scripts that new databases don't see but existing ones do. */
    DerbyStores(Path home, Schema schema) {
        this.home = home.toAbsolutePath();
        if (this.home.toString().indexOf(';') >= 0) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "Home '" + this.home + "' has a semicolon in its path, which ends a name at Derby; allowed is any"
                            + " other character.");
        }
        this.schema = schema;
        this.template = new Template(this.home);
        try {
            Files.createDirectories(this.home);
            this.identity = Place.identity(this.home);
            template.removeLeftovers();
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "Creating home " + this.home + ": " + e, e);
        }
        DerbyEngine.enter(this.home);
    }

    @Override
    public synchronized Store open(Path directory, Duration lockTimeout) {
        requireRunning();
        Path database = directory.toAbsolutePath().normalize();
        DerbyEngine.open(database);
        try {
            if (Template.missing(database)) {
                template.copyTo(database);
            }
            DerbyStore store = new DerbyStore(new Place(database, identity), schema, lockTimeout, open::remove);
            open.add(store);
            return store;
        } catch (IOException e) {
            throw notOpened(database, new StoreException(Kind.UNAVAILABLE, "Reading " + database + ": " + e, e));
        } catch (RuntimeException e) {
            throw notOpened(database, e);
        }
    }

    private synchronized void requireRunning() {
        if (closed) {
            throw new StoreException(Kind.UNAVAILABLE, "Derby of " + home + " has been shut down.", null);
        }
        Settings.requireDurability(home);
    }

    @Override
    public synchronized void create(Path directory, UUID broker, DatabaseOptions options) {
        requireRunning();
        Path database = directory.toAbsolutePath().normalize();
        DerbyEngine.open(database);
        try {
            if (!Template.missing(database)) {
                throw new StoreException(Kind.UNAVAILABLE, "There is something at " + database + " already.", null);
            }
            Place place = new Place(database, identity);
            template.copyTo(database, fresh -> complete(fresh, place, broker, options));
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "Reading " + database + ": " + e, e);
        } finally {
            DerbyEngine.free(database);
        }
    }

    private static void complete(Path fresh, Place place, UUID broker, DatabaseOptions options) {
        try (EmbedConnection connection = DerbyEngine.connect(fresh)) {
            Identity.give(connection, place, broker, options);
        } catch (SQLException e) {
            throw Failure.of("Making database " + place.database(), e);
        } finally {
            DerbyEngine.shutdown(fresh);
        }
    }

    @Override
    public void restore(Path copy, Path directory) {
        requireRunning();
        Path database = directory.toAbsolutePath().normalize();
        Backup.check(copy);
        DerbyEngine.open(database);
        try {
            if (!Template.missing(database)) {
                throw new StoreException(Kind.UNAVAILABLE, "There is something at " + database + " already.", null);
            }
            template.fill(database, fresh -> Backup.read(copy, fresh));
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "Reading " + database + ": " + e, e);
        } finally {
            DerbyEngine.free(database);
        }
    }

    /** Gives the database free; a Derby that couldn't boot it can't shut it down either. */
    private static RuntimeException notOpened(Path database, RuntimeException cause) {
        try {
            DerbyEngine.close(database);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    @Override
    public List<String> inHome() {
        try (Stream<Path> content = Files.list(home)) {
            return content.filter(each -> Files.exists(each.resolve("service.properties")))
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "Reading home " + home + ": " + e, e);
        }
    }

    @Override
    public synchronized void delete(Path directory) {
        Path database = directory.toAbsolutePath().normalize();
        DerbyEngine.open(database);
        try {
            template.takeBack(database);
        } finally {
            DerbyEngine.free(database);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (DerbyStore store : Set.copyOf(open)) {
                store.close();
            }
        } finally {
            DerbyEngine.leave();
        }
    }
}
