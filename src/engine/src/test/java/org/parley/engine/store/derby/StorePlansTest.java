package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.store.derby.StoreFixture.endpoint;
import static org.parley.engine.store.derby.StoreFixture.message;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.engine.store.StoreTransaction;

/** No statement of the engine scans a table or locks one, however many rows there are when it is prepared. */
class StorePlansTest {

    @TempDir
    Path home;

    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = new StoreFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void plansOfEmptyTables() throws SQLException {
        checkPlans();
    }

    @Test
    void plansOfOneEndpointWithManyMessages() throws SQLException {
        fill(1, 3000);
        checkPlans();
    }

    @Test
    void plansOfManyEndpointsWithOneMessage() throws SQLException {
        fill(500, 1);
        checkPlans();
    }

    private void fill(int endpoints, int messages) {
        StoreTransaction t = fixture.store().begin();
        for (int e = 0; e < endpoints; e++) {
            t.insertEndpoint(endpoint(e));
            t.setTimer(e, 1);
            for (int m = 0; m < messages; m++) {
                t.insertMessage(message(e, m, new byte[10]));
            }
        }
        t.commit();
    }

    private void checkPlans() throws SQLException {
        try (EmbedConnection connection = DerbyEngine.connect(fixture.database())) {
            for (Sql sql : Sql.values()) {
                if (sql.text().contains("WHERE")) {
                    assertThat(plan(connection, sql))
                            .as(sql.name())
                            .contains("Index Scan ResultSet")
                            .contains("using constraint")
                            .contains("row locking")
                            .doesNotContain("Table Scan")
                            .doesNotContain("table locking")
                            .doesNotContain("Sort ResultSet");
                }
            }
        }
    }

    private static String plan(Connection connection, Sql sql) throws SQLException {
        call(connection, "CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(1)");
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            ParameterMetaData parameters = statement.getParameterMetaData();
            for (int i = 1; i <= parameters.getParameterCount(); i++) {
                set(statement, i, parameters.getParameterType(i));
            }
            if (statement.execute()) {
                statement.getResultSet().close();
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet at = statement.executeQuery("VALUES SYSCS_UTIL.SYSCS_GET_RUNTIMESTATISTICS()")) {
            at.next();
            return at.getString(1);
        } finally {
            call(connection, "CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(0)");
            connection.rollback();
        }
    }

    private static void set(PreparedStatement statement, int index, int type) throws SQLException {
        switch (type) {
            case Types.VARBINARY, Types.BINARY, Types.BLOB -> statement.setBytes(index, new byte[] {1});
            case Types.CHAR, Types.VARCHAR -> statement.setString(index, "O");
            case Types.BOOLEAN -> statement.setBoolean(index, true);
            default -> statement.setLong(index, 1);
        }
    }

    private static void call(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
