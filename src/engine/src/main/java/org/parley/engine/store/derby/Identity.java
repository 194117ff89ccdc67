package org.parley.engine.store.derby;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.parley.DatabaseOptions;

/** Which broker a database is, and where it has been opened last; service-broker.md, section 1.1. */
final class Identity {

    /** Everything that conversations consist of. */
    private static final List<String> CONVERSATIONS = List.of(
            "ENDPOINTS", "MESSAGES", "BODIES", "RETAINED", "RETAINED_BODIES", "TIMERS", "TRANSITS", "MANIFEST_SLOTS");

    private Identity() {}

    /**
     * Its broker instance. A fresh copy of the template gets one. A database that was opened at another place before has
     * been copied or moved: its delivery, TRUSTWORTHY and HONOR_BROKER_PRIORITY are off from now on until it is told who it
     * is. Read without locks, as rows of prepared transactions may be locked.
     */
    static UUID of(EmbedConnection connection, Place place) throws SQLException {
        Known known = new Known();
        new TableScan(connection).each("DATABASE", "BROKER, HOME, NAME", known::take);
        connection.rollback();
        UUID broker = known.broker;
        if (broker != null && place.home().equals(known.home) && place.name().equals(known.name)) {
            return broker;
        }
        if (broker != null) {
            switchOff(connection);
        }
        UUID kept = broker != null ? broker : UUID.randomUUID();
        write(connection, place, kept);
        connection.commit();
        return kept;
    }

    /** Makes a copy of the template, which nobody has opened yet, the broker of that name and options. */
    static void give(Connection connection, Place place, UUID broker, DatabaseOptions options) throws SQLException {
        write(connection, place, broker);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO PARLEY_STORE.OPTIONS VALUES (0, ?, ?, ?, NULL, 0, 0)")) {
            insert.setBoolean(1, options.brokerEnabled());
            insert.setBoolean(2, options.trustworthy());
            insert.setBoolean(3, options.honorBrokerPriority());
            insert.executeUpdate();
        }
        connection.commit();
    }

    private static void write(Connection connection, Place place, UUID broker) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE PARLEY_STORE.DATABASE SET BROKER = ?, HOME = ?, NAME = ?")) {
            update.setBytes(1, Uuids.bytes(broker));
            update.setBytes(2, Uuids.bytes(place.home()));
            update.setString(3, place.name());
            update.executeUpdate();
        }
    }

    /** What the one row tells. */
    private static final class Known {
        private UUID broker;
        private UUID home;
        private String name;

        void take(StoredRow at) throws SQLException {
            broker = Uuids.of(at.getBytes(1));
            home = Uuids.of(at.getBytes(2));
            name = at.getString(3);
        }
    }

    private static void switchOff(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long last = lastOrder(connection);
            statement.executeUpdate(
                    "UPDATE PARLEY_STORE.OPTIONS SET OFF_SINCE = " + last + " WHERE BROKER_ENABLED = TRUE");
            int rows = statement.executeUpdate("UPDATE PARLEY_STORE.OPTIONS SET BROKER_ENABLED = FALSE,"
                    + " TRUSTWORTHY = FALSE, HONOR_BROKER_PRIORITY = FALSE");
            if (rows == 0) {
                statement.executeUpdate(
                        "INSERT INTO PARLEY_STORE.OPTIONS VALUES (0, FALSE, FALSE, FALSE, NULL, 0, " + last + ")");
            }
        }
    }

    /** What has been sent so far is in its queue; read past locks. */
    private static long lastOrder(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet at = select.executeQuery("SELECT MAX(QUEUING_ORDER) FROM PARLEY_STORE.MESSAGES WITH UR")) {
            at.next();
            return at.getLong(1);
        }
    }

    /** Another broker instance without conversations, with delivery on; in one transaction. */
    static void renew(Connection connection, UUID broker) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : CONVERSATIONS) {
                // takes as long for a million rows as for one
                statement.execute("TRUNCATE TABLE PARLEY_STORE." + table);
            }
            statement.executeUpdate("UPDATE PARLEY_STORE.OPTIONS SET BROKER_ENABLED = TRUE");
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE PARLEY_STORE.DATABASE SET BROKER = ?")) {
            update.setBytes(1, Uuids.bytes(broker));
            update.executeUpdate();
        }
        connection.commit();
    }
}
