package org.parley.tests.ladder.app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A table of the application's own, in the broker database and in the other one. */
public final class Ledger {

    private Ledger() {}

    /** Creates it in a new database. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE SCHEMA ladder");
            statement.executeUpdate("CREATE TABLE ladder.ledger (entry BIGINT GENERATED ALWAYS AS IDENTITY,"
                    + " writer VARCHAR(40) NOT NULL, text VARCHAR(200) NOT NULL)");
        }
    }

    /** Writes a row. */
    public static void write(Connection connection, String writer, String text) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO ladder.ledger (writer, text) VALUES (?, ?)")) {
            insert.setString(1, writer);
            insert.setString(2, text);
            insert.executeUpdate();
        }
    }

    /** What a writer has written, in order. */
    public static List<String> of(Connection connection, String writer) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT text FROM ladder.ledger WHERE writer = ? ORDER BY entry")) {
            select.setString(1, writer);
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }
}
