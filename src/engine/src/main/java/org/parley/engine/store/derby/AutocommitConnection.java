package org.parley.engine.store.derby;

import java.sql.SQLException;
import java.sql.Statement;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;

/** A connection of its own that commits each statement; opened at the first one, and again when Derby has closed it. */
final class AutocommitConnection implements Store.AutocommitSource, JdbcSource {

    private final ConnectionPool pool;
    private JdbcUse use = new JdbcUse();
    private PhysicalConnection physical;
    private boolean closed;

    AutocommitConnection(ConnectionPool pool) {
        this.pool = pool;
    }

    @Override
    public EmbedConnection jdbc() throws SQLException {
        if (closed) {
            throw new SQLException("The connection is closed.", "08003");
        }
        if (!open()) {
            try {
                drop();
                physical = pool.make();
            } catch (StoreException e) {
                throw new SQLException(e.getMessage(), "08001", e);
            }
            physical.jdbc().setAutoCommit(true);
            use = new JdbcUse();
        }
        return physical.jdbc();
    }

    private boolean open() {
        return physical != null && !physical.jdbc().isClosed();
    }

    @Override
    public boolean usable() {
        return !closed && open();
    }

    @Override
    public void failed(SQLException e) {
        // Derby has rolled the statement back, and closed the connection if that was needed.
    }

    @Override
    public void leaveThread() {
        if (physical != null) {
            physical.leaveThread();
        }
    }

    @Override
    public void opened(Statement statement) {
        use.opened(statement);
    }

    @Override
    public void closed(Statement statement) {
        use.closed(statement);
    }

    @Override
    public String schema() {
        return use.schema();
    }

    @Override
    public void schemaChanged(String schema) {
        use.schemaChanged(schema);
    }

    @Override
    public String savepointName() {
        return use.savepointName();
    }

    @Override
    public void close() {
        closed = true;
        if (physical != null) {
            use.closeStatements();
            drop();
        }
    }

    private void drop() {
        if (physical != null) {
            pool.drop(physical);
            physical = null;
        }
    }
}
