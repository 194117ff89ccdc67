package org.parley.tests.crash.app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables in the second resource: what was done, in order, and what threads did that have stopped. Without generated keys:
 * Derby takes their next range in a transaction of its own, for which one that has stopped can be in the way.
 */
public enum Ledger {
    DONE,
    STOPPED;

    private static final String EXISTS = "X0Y32";

    /** Creates both, unless they are there. */
    static void create(Connection second) throws SQLException {
        for (Ledger ledger : values()) {
            try (Statement statement = second.createStatement()) {
                statement.executeUpdate(
                        "CREATE TABLE " + ledger + " (moment BIGINT NOT NULL, line VARCHAR(100) NOT NULL)");
            } catch (SQLException e) {
                if (!EXISTS.equals(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    /** Adds a line. */
    public void note(Connection second, String line) throws SQLException {
        try (PreparedStatement insert = second.prepareStatement("INSERT INTO " + this + " VALUES (?, ?)")) {
            insert.setLong(1, System.nanoTime());
            insert.setString(2, line);
            insert.executeUpdate();
        }
    }

    /** All lines, in the order in which they were written. */
    List<String> lines(Connection second) throws SQLException {
        try (Statement statement = second.createStatement();
                ResultSet rows = statement.executeQuery("SELECT line FROM " + this + " ORDER BY moment")) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    /** How many transactions are prepared. */
    static int inDoubt(Connection second) throws SQLException {
        try (Statement statement = second.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT COUNT(*) FROM SYSCS_DIAG.TRANSACTION_TABLE WHERE STATUS = 'PREPARED'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
