package org.parley.testkit.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The application's table: in its own database and, beside the queues, in each broker database. */
final class StepTable {

    private static final String EXISTS = "X0Y32";

    private StepTable() {}

    /** Makes it when it isn't there. Nothing in it is unique: what comes twice is to be seen. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE APP.STEPS (SERIAL BIGINT, STEP VARCHAR(20)," + " STREAM CHAR(36), NUMBER INT)");
        } catch (SQLException e) {
            if (!EXISTS.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Inserts with a number that grows: Derby's own identities fail, now and then, when many transactions insert at once. */
    static void insert(Connection connection, long serial, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO APP.STEPS (SERIAL, STEP, STREAM, NUMBER) VALUES (?, ?, ?, ?)")) {
            insert.setLong(1, serial);
            insert.setString(2, row.step().name());
            insert.setString(3, row.stream());
            insert.setInt(4, row.number());
            insert.executeUpdate();
        }
    }

    /** All rows in the order of their insertion. */
    static List<Row> read(Connection connection) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet at = statement.executeQuery("SELECT STEP, STREAM, NUMBER FROM APP.STEPS ORDER BY SERIAL")) {
            while (at.next()) {
                rows.add(new Row(Row.Step.valueOf(at.getString(1)), at.getString(2), at.getInt(3)));
            }
        }
        return rows;
    }

    /** The largest number that was given, in transactions that are in doubt, too. */
    static long lastSerial(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet at = statement.executeQuery("SELECT MAX(SERIAL) FROM APP.STEPS WITH UR")) {
            at.next();
            return at.getLong(1);
        }
    }

    /** What the engine keeps of messages. */
    static List<String> kept(Connection connection) throws SQLException {
        List<String> kept = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet at = statement.executeQuery("SELECT 'message ' || TRIM(CHAR(POSITION)) || ' of endpoint '"
                        + " || TRIM(CHAR(ENDPOINT)) || ', type ' || TRIM(CHAR(MESSAGE_TYPE))"
                        + " FROM PARLEY_STORE.MESSAGES WITH UR")) {
            while (at.next()) {
                kept.add(at.getString(1));
            }
        }
        return kept;
    }

    /** Name of the file that Derby keeps it in. */
    static String file(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet at = statement.executeQuery("SELECT C.CONGLOMERATENUMBER FROM SYS.SYSCONGLOMERATES C"
                        + " JOIN SYS.SYSTABLES T ON T.TABLEID = C.TABLEID WHERE T.TABLENAME = 'STEPS'")) {
            at.next();
            return "c" + Long.toHexString(at.getLong(1)) + ".dat";
        }
    }

    static void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM APP.STEPS");
        }
    }
}
