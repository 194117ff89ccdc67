package org.parley.engine.store.derby;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.apache.derby.iapi.services.property.PropertyUtil;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.apache.derby.impl.jdbc.Util;
import org.apache.derby.shared.common.error.StandardException;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/**
 * Derby's properties of a database that depend on the configuration; the others are set by the schema scripts. Written only
 * when they differ: an open is normally no write.
 */
final class Settings {

    private static final String DURABILITY = "derby.system.durability";
    private static final String WAIT = "derby.locks.waitTimeout";

    private Settings() {}

    /** Sets the longest wait for a lock, which Derby counts in seconds. */
    static void apply(EmbedConnection connection, Duration lockTimeout) throws SQLException {
        long seconds = Math.max(1, lockTimeout.plusMillis(999).toSeconds());
        String wanted = Long.toString(Math.min(seconds, Integer.MAX_VALUE / 1000));
        refuseTest("a property of the database", get(connection, DURABILITY));
        if (!wanted.equals(get(connection, WAIT))) {
            try (CallableStatement call = connection.prepareCall("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY(?, ?)")) {
                call.setString(1, WAIT);
                call.setString(2, wanted);
                call.execute();
            }
        }
        connection.commit();
    }

    private static String get(EmbedConnection connection, String key) throws SQLException {
        try {
            return PropertyUtil.getDatabaseProperty(
                    connection.getLanguageConnection().getTransactionExecute(), key);
        } catch (StandardException e) {
            throw Util.generateCsSQLException(e);
        }
    }

    /** Derby can be told not to force its log; a broker that promises delivery doesn't start then. */
    static void requireDurability(Path home) {
        refuseTest("a system property", System.getProperty(DURABILITY));
        Path file = home.resolve("derby.properties");
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new StoreException(Kind.UNAVAILABLE, "Reading " + file + ": " + e, e);
            }
            refuseTest("a property in " + file, properties.getProperty(DURABILITY));
        }
    }

    private static void refuseTest(String where, String value) {
        if (value != null && value.trim().equalsIgnoreCase("test")) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    DURABILITY + " is '" + value + "' as " + where
                            + ": Derby wouldn't force its log, and committed messages could be lost. Remove it.");
        }
    }
}
