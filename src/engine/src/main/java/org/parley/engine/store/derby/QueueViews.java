package org.parley.engine.store.derby;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The views by which a queue can be selected: in the schemas APP and DBO, each under its exact name, and in upper case for
 * statements that don't quote it. A name that a table of the user's has, or another queue, stays with that; an exact name
 * takes the place of another queue's upper-case one.
 */
final class QueueViews {

    /** Derby's state for an object that is there already. */
    private static final String EXISTS = "X0Y32";

    private static final List<String> SCHEMAS = List.of(JdbcUse.FIRST_SCHEMA, ViewDefinitions.QUEUE_SCHEMA);

    /** Without locks: a user's uncommitted DDL must not be waited for. */
    private static final String DEFINITIONS = "SELECT S.SCHEMANAME, T.TABLENAME, V.VIEWDEFINITION FROM SYS.SYSVIEWS V"
            + " JOIN SYS.SYSTABLES T ON T.TABLEID = V.TABLEID JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID";

    private final Connection connection;

    QueueViews(Connection connection) {
        this.connection = connection;
    }

    void create(int queue, String name) throws SQLException {
        Set<String> names = new LinkedHashSet<>();
        names.add(name);
        String upper = name.toUpperCase(Locale.ENGLISH);
        if (upper.matches("[A-Z][A-Z0-9_]*")) {
            names.add(upper);
        }
        try (Statement statement = connection.createStatement()) {
            for (String schema : SCHEMAS) {
                for (String each : names) {
                    create(statement, schema, each, queue, each.equals(name));
                }
            }
        }
    }

    private void create(Statement statement, String schema, String name, int queue, boolean exact) throws SQLException {
        String qualified = qualified(schema, name);
        try {
            statement.execute(ViewDefinitions.queueView(qualified, queue));
        } catch (SQLException e) {
            if (!EXISTS.equals(e.getSQLState())) {
                throw e;
            }
            if (exact && isQueueView(schema, name)) {
                statement.execute("DROP VIEW " + qualified);
                statement.execute(ViewDefinitions.queueView(qualified, queue));
            }
        }
    }

    private boolean isQueueView(String schema, String name) throws SQLException {
        String sql = DEFINITIONS + " WHERE S.SCHEMANAME = ? AND T.TABLENAME = ? WITH UR";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, schema);
            select.setString(2, name);
            try (ResultSet at = select.executeQuery()) {
                return at.next() && at.getString(3).contains(ViewDefinitions.QUEUE_FUNCTION + "(");
            }
        }
    }

    /** Drops those of a queue; what the user has dropped or replaced is left alone. */
    void drop(int queue) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet at = statement.executeQuery(DEFINITIONS + " WITH UR")) {
                while (at.next()) {
                    if (at.getString(3).contains(ViewDefinitions.queueCall(queue))) {
                        names.add(qualified(at.getString(1), at.getString(2)));
                    }
                }
            }
            for (String name : names) {
                statement.execute("DROP VIEW " + name);
            }
        }
    }

    private static String qualified(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
