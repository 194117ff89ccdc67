package org.parley.engine.store.derby;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/**
 * The numbered scripts and the row that tells how many of them a database has seen. A database that has seen all is only
 * read, without locks: any DDL, and any locking read, could wait for rows of prepared transactions.
 */
final class Schema {

    /** In order; a script is never changed once released. */
    static final Schema CURRENT = new Schema(List.of("0001-first.sql", "0002-manifest-slots.sql"));

    private final List<String> scripts;

    Schema(List<String> scripts) {
        this.scripts = scripts;
    }

    /** Version of a database that has seen all scripts. */
    int version() {
        return scripts.size();
    }

    /** Applies all scripts to an empty database. */
    void create(Connection connection) throws SQLException, IOException {
        apply(connection, 0);
        ViewDefinitions.create(connection);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO PARLEY_STORE.DATABASE VALUES (?, NULL, NULL, NULL)")) {
            insert.setInt(1, version());
            insert.executeUpdate();
        }
        connection.commit();
    }

    /**
     * Brings a database up to date.
     *
     * @return its broker instance, given now if it is a fresh copy of the template
     */
    UUID open(EmbedConnection connection, Place place) throws SQLException {
        Path database = place.database();
        int version = seen(connection, database);
        int known = version();
        if (known < version) {
            throw new BrokerException(
                    ErrorNumbers.NEWER_SCHEMA,
                    "Database " + database + " has schema version " + version + "; this Parley knows versions up to "
                            + version() + ". Use a Parley that knows it.");
        }
        if (version < known) {
            upgrade(connection, database, version);
        }
        return Identity.of(connection, place);
    }

    /** How many scripts a database has seen. */
    private static int seen(EmbedConnection connection, Path database) throws SQLException {
        List<Integer> versions = new ArrayList<>();
        new TableScan(connection).each("DATABASE", "SCHEMA_VERSION", at -> versions.add(at.getInt(1)));
        connection.rollback();
        if (versions.isEmpty()) {
            throw new StoreException(Kind.UNAVAILABLE, database + " is no broker database: it has no version.", null);
        }
        return versions.get(0);
    }

    /**
     * Applies what a database hasn't seen, all or nothing. Nobody else is at work in it: a lock that isn't free belongs to a
     * prepared transaction, whose end can't be waited for here; decision 0051. What is copied is copied as it will be: it is read
     * without locks, as any open reads.
     */
    private void upgrade(EmbedConnection connection, Path database, int version) throws SQLException {
        PhysicalConnection alone = new PhysicalConnection(connection);
        alone.waitForLocks(false);
        int usual = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        try {
            change(connection, database, version);
            connection.setTransactionIsolation(usual);
        } catch (SQLException e) {
            Kind kind = Failure.kind(e);
            if (kind != Kind.LOCK_TIMEOUT && kind != Kind.DEADLOCK) {
                throw e;
            }
            throw new BrokerException(
                    ErrorNumbers.UPGRADE_WAITS,
                    "Database " + database + " has schema version " + version + " and can't be brought to " + version()
                            + ": " + new InDoubt(database).list().size()
                            + " prepared transactions wait for their outcome,"
                            + " and hold rows of what is to be changed. Open it with the Parley that it is of, let their"
                            + " transaction manager recover there, and open it again with this one.",
                    e);
        } finally {
            alone.waitForLocks(true);
        }
    }

    private void change(Connection connection, Path database, int version) throws SQLException {
        try {
            apply(connection, version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE PARLEY_STORE.DATABASE SET SCHEMA_VERSION = ? WHERE SCHEMA_VERSION = ?")) {
            update.setInt(1, version());
            update.setInt(2, version);
            if (update.executeUpdate() != 1) {
                throw new StoreException(
                        Kind.UNAVAILABLE, "Schema version of " + database + " is no longer " + version + ".", null);
            }
        }
        connection.commit();
    }

    private void apply(Connection connection, int from) throws SQLException, IOException {
        for (String script : scripts.subList(from, version())) {
            String text;
            try (InputStream in = Schema.class.getResourceAsStream("schema/" + script)) {
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            try (Statement statement = connection.createStatement()) {
                for (String each : text.replaceAll("(?m)^\\s*--.*$", "").split(";\\s*(\\n|$)")) {
                    if (!each.isBlank()) {
                        statement.execute(each);
                    }
                }
            }
        }
    }
}
