package org.parley.engine.store.derby;

import java.sql.SQLException;
import java.sql.Statement;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.parley.engine.store.Store;

/** Where statements of the JDBC face run: a transaction, or a connection that commits each. */
interface JdbcSource extends Store.SqlSource {

    /**
     * The connection.
     *
     * @throws SQLException when the source has ended
     */
    EmbedConnection jdbc() throws SQLException;

    /** Whether statements opened on it still live. */
    boolean usable();

    /** Takes note of a failure, which may have ended the transaction. */
    void failed(SQLException e);

    /** A call has returned to its user's thread. */
    void leaveThread();

    /** A statement that must be closed when the source ends. */
    void opened(Statement statement);

    /** A statement that was closed by its user. */
    void closed(Statement statement);

    /** The current schema of the connection. */
    String schema();

    /** The current schema was changed. */
    void schemaChanged(String schema);

    /** A name for a savepoint, unique in the transaction. */
    String savepointName();
}
