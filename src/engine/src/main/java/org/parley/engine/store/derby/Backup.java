package org.parley.engine.store.derby;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.StorageFault;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/**
 * Copies of databases. Derby copies page by page, lets everybody work meanwhile, and then its log: what the copy's first
 * open makes of both is the database at the moment when the log was copied, prepared transactions included.
 */
final class Backup {

    private static final int NO_FILES = 5120;

    private Backup() {}

    /** Copies an open database; the copy has its name when it is complete and on the disk. */
    static void write(Connection connection, Path database, Path directory) throws SQLException {
        Path place = directory.toAbsolutePath().normalize();
        Path beside = place.resolveSibling(".backup-" + UUID.randomUUID());
        try {
            if (Files.exists(place)) {
                throw new FileAlreadyExistsException(place.toString());
            }
            Files.createDirectories(beside);
            try (CallableStatement copy = connection.prepareCall("CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE(?)")) {
                copy.setString(1, beside.toString());
                copy.execute();
            }
            Path copied = beside.resolve(database.getFileName());
            Template.forceAll(copied);
            Files.move(copied, place, StandardCopyOption.ATOMIC_MOVE);
            Template.force(place.getParent());
        } catch (FileAlreadyExistsException e) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "Directory '" + directory + "' exists; a copy of a database goes into one that doesn't.",
                    e);
        } catch (IOException e) {
            throw failed("Copying database " + database + " to " + directory, e);
        } finally {
            remove(beside);
        }
    }

    private static void remove(Path directory) {
        try {
            if (Files.exists(directory)) {
                Template.delete(directory);
            }
        } catch (IOException e) {
            // the copy is there, or what has failed is thrown; this is only rubbish
            System.getLogger(Backup.class.getName()).log(System.Logger.Level.WARNING, "Removing " + directory, e);
        }
    }

    private static StoreException failed(String doing, IOException e) {
        String text = doing + ": " + e;
        return StorageFault.in(e)
                .map(fault -> new StoreException(Kind.UNAVAILABLE, fault, text, e))
                .orElseGet(() -> new StoreException(Kind.UNAVAILABLE, text, e));
    }

    /** Refuses what is no copy. */
    static void check(Path copy) {
        if (!Files.exists(copy.resolve("service.properties"))) {
            throw new BrokerException(
                    NO_FILES,
                    "Directory '" + copy
                            + "' has no copy of a database in it; name the one that a backup was written to.");
        }
    }

    /** Makes a database of a copy that has no place yet, on the disk and closed. */
    static void read(Path copy, Path database) {
        try (EmbedConnection connection = DerbyEngine.createFrom(database, copy);
                Statement update = connection.createStatement()) {
            update.executeUpdate("UPDATE PARLEY_STORE.DATABASE SET HOME = NULL");
            connection.commit();
        } catch (SQLException e) {
            throw Failure.opening(copy, e);
        } finally {
            DerbyEngine.shutdown(database);
        }
        try {
            Template.forceAll(database);
        } catch (IOException e) {
            throw failed("Restoring " + copy, e);
        }
    }
}
