package org.parley.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.parley.LocalConnection;

/** What a SELECT shows. */
public final class Select {

    private Select() {}

    /** Each row as text: its values, a bar between them. */
    public static List<String> rows(LocalConnection connection, String sql, Object... values) {
        try (PreparedStatement statement = connection.sql().prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i].toString());
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet at = statement.executeQuery()) {
                int columns = at.getMetaData().getColumnCount();
                while (at.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        String value = at.getString(i);
                        row.add(value == null ? "-" : value.trim());
                    }
                    rows.add(String.join("|", row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
