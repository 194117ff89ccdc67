package org.parley.engine.store.derby;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.derby.impl.jdbc.EmbedConnection;

/** What the JDBC face has left on a connection, and its removal. */
final class JdbcUse {

    /** Schema that Derby gives to a connection without a user. */
    static final String FIRST_SCHEMA = "APP";

    private final Set<Statement> statements =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private String schema = FIRST_SCHEMA;
    private int savepoints;

    void opened(Statement statement) {
        statements.add(statement);
    }

    void closed(Statement statement) {
        statements.remove(statement);
    }

    String schema() {
        return schema;
    }

    void schemaChanged(String now) {
        schema = now;
    }

    String savepointName() {
        return "PARLEY_" + ++savepoints;
    }

    /** Closes what is open: a cursor would outlive the transaction and hold its locks. */
    void closeStatements() {
        for (Statement each : statements.toArray(Statement[]::new)) {
            try {
                each.close();
            } catch (SQLException e) {
                // It belongs to a connection that is closed or will say so itself at its next use.
                System.getLogger(JdbcUse.class.getName()).log(System.Logger.Level.DEBUG, "Closing a statement", e);
            }
        }
        statements.clear();
    }

    /** Schema, temporary tables and the like become as they were; only between transactions. */
    static void reset(EmbedConnection connection) throws SQLException {
        connection.resetFromPool();
        connection.clearWarnings();
    }
}
