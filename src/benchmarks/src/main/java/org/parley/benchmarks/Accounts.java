package org.parley.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.parley.LocalConnection;

/** A user's table: a row for each thread, which counts what was done. */
final class Accounts {

    private static final int ROWS = 64;

    private Accounts() {}

    static ParleyServer in(ParleyServer server) throws Exception {
        try (LocalConnection connection = server.connect()) {
            connection.inTransaction(() -> {
                create(connection.sql());
                return null;
            });
        }
        return server;
    }

    static DerbyDatabase in(DerbyDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            create(connection);
            connection.commit();
        }
        return database;
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ACCOUNTS (ID INT NOT NULL PRIMARY KEY, BALANCE BIGINT NOT NULL, "
                    + "OWNER VARCHAR(100) NOT NULL)");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO ACCOUNTS VALUES (?, 0, ?)")) {
            for (int row = 0; row < ROWS; row++) {
                insert.setInt(1, row);
                insert.setString(2, "Owner of account " + row);
                insert.executeUpdate();
            }
        }
    }

    /** As with a data source, the statement is prepared each time: Derby has it at hand. */
    static void deposit(Connection connection, int account) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE ACCOUNTS SET BALANCE = BALANCE + 1 WHERE ID = ?")) {
            update.setInt(1, account);
            Bodies.requireCount(1, update.executeUpdate());
        }
    }

    static long balance(Connection connection, int account) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT BALANCE FROM ACCOUNTS WHERE ID = ?")) {
            select.setInt(1, account);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
