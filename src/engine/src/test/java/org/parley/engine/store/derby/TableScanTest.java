package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.engine.store.Store;

class TableScanTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path home;

    @Test
    void openingReadsEverythingWithoutAStatement() throws SQLException {
        try (DerbyStores stores = new DerbyStores(home)) {
            // the first open of a new database gives it its identity
            stores.open(home.resolve("a"), SECOND).close();
            try (Store store = stores.open(home.resolve("a"), SECOND)) {
                store.load();
                store.security();
                store.decisions();
                store.inDoubt();

                assertThat(compiled()).singleElement().asString().contains("STATEMENT_CACHE");
            }
        }
    }

    private List<String> compiled() throws SQLException {
        List<String> texts = new ArrayList<>();
        try (EmbedConnection connection = DerbyEngine.connect(home.resolve("a"));
                Statement statement = connection.createStatement();
                ResultSet at = statement.executeQuery("SELECT SQL_TEXT FROM SYSCS_DIAG.STATEMENT_CACHE")) {
            while (at.next()) {
                texts.add(at.getString(1));
            }
            connection.rollback();
        }
        return texts;
    }

    @Test
    void seesWhatAQueryWithoutLocksSees() throws SQLException {
        String text = "é".repeat(100_000);
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) -1);
        try (DerbyStores stores = new DerbyStores(home);
                Store store = stores.open(home.resolve("a"), SECOND);
                EmbedConnection writer = DerbyEngine.connect(home.resolve("a"));
                EmbedConnection reader = DerbyEngine.connect(home.resolve("a"))) {
            store.ping();
            procedure(writer, 1, "gone");
            procedure(writer, 2, text);
            procedure(writer, 3, "");
            certificate(writer, bytes);
            execute(writer, "DELETE FROM PARLEY_STORE.PROCEDURES WHERE ID = 1");
            writer.commit();
            procedure(writer, 4, "not committed");
            execute(writer, "UPDATE PARLEY_STORE.COUNTERS SET LAST_GIVEN = 7 WHERE NAME = 'CONVERSATION'");

            List<Object> seen = new ArrayList<>();
            TableScan scan = new TableScan(reader);
            scan.each("PROCEDURES", "CONTENT, ID, EXECUTE_AS", at -> {
                seen.add(at.getInt(2) + at.getString(1));
                assertThat(at.isNull(3)).isTrue();
                assertThat(at.getString(3)).isNull();
            });
            scan.each("CERTIFICATES", "ENCODED, PRIVATE_KEY, IS_ACTIVE", at -> {
                assertThat(at.getBytes(1)).isEqualTo(bytes);
                assertThat(at.getBytes(2)).isNull();
                assertThat(at.getBoolean(3)).isTrue();
            });
            scan.each("COUNTERS", "LAST_GIVEN", at -> seen.add(at.getLong(1)));

            assertThat(seen).containsExactlyInAnyOrder("2" + text, "3", "4not committed", 7L, 65535L);
            assertThat(scan.isEmpty("CERTIFICATES", "ID")).isFalse();
            assertThat(scan.isEmpty("MANIFEST_SLOTS", "CONTENT")).isTrue();
            reader.rollback();
            writer.rollback();
        }
    }

    private static void procedure(Connection connection, int id, String content) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO PARLEY_STORE.PROCEDURES VALUES (?, 'p', ?, NULL, 0, 0)")) {
            insert.setInt(1, id);
            insert.setString(2, content);
            insert.executeUpdate();
        }
    }

    private static void certificate(Connection connection, byte[] encoded) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO PARLEY_STORE.CERTIFICATES VALUES (1, 'c', ?, NULL, TRUE)")) {
            insert.setBytes(1, encoded);
            insert.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
