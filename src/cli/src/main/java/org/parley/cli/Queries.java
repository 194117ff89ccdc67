package org.parley.cli;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.ScriptOutput.Column;
import org.parley.ScriptOutput.Rows;

/** Selects from the views of a database. */
final class Queries {

    private final BrokerConnection connection;

    Queries(BrokerConnection connection) {
        this.connection = connection;
    }

    /** How many messages lie in a queue, retained ones too. */
    long count(String queue) {
        String name = queue.replace("\"", "\"\"");
        return ((Number) select("SELECT COUNT(*) FROM DBO.\"" + name + "\"")
                        .rows()
                        .get(0)
                        .get(0))
                .longValue();
    }

    Rows select(String query) {
        Connection sql = connection.sql();
        try (Statement statement = sql.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<Column> columns = columns(result.getMetaData());
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
            return new Rows(columns, rows);
        } catch (SQLException e) {
            throw new BrokerException(
                    ErrorNumbers.STORE_FAILED,
                    "Reading the views of database '" + connection.database() + "': " + e.getMessage(),
                    e);
        }
    }

    private static List<Column> columns(ResultSetMetaData types) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= types.getColumnCount(); i++) {
            columns.add(new Column(types.getColumnLabel(i).toLowerCase(Locale.ROOT), types.getColumnTypeName(i)));
        }
        return columns;
    }
}
