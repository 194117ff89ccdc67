package org.parley.engine.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.LocalConnection;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;

/** What a view refuses comes out with the engine's number, though the store keeps only the text. */
class ViewRefusalsTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private static void refused(LocalConnection connection, int number, String state, String query)
            throws SQLException {
        try (Statement statement = connection.sql().createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery(query).next())
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getErrorCode()).isEqualTo(number);
                        assertThat(e.getSQLState()).isEqualTo(state);
                    });
            // nothing of it is left for the next statement
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM NOWHERE"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42X05"));
        }
    }

    @Test
    void aQueueThatTheCallerMayNotRead() throws SQLException {
        home.connect().catalog().createUser("ann");
        try (LocalConnection ann = home.parley().connect(ExpenseHome.DATABASE, "ann", null)) {
            refused(ann, 229, "38P03", "SELECT * FROM \"" + Expenses.DESK_QUEUE + "\"");
        }
    }

    @Test
    void whatIsNoHandle() throws SQLException {
        LocalConnection dbo = home.connect();
        refused(dbo, 8418, "38P02", "VALUES PARLEY.GET_TRANSMISSION_STATUS('nothing')");
        try (PreparedStatement query = dbo.sql().prepareStatement("VALUES PARLEY.GET_TRANSMISSION_STATUS(?)")) {
            query.setString(1, "nothing");
            assertThatThrownBy(() -> query.executeQuery().next())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(8418));
        }
    }
}
