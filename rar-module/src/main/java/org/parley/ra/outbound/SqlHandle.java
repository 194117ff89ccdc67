package org.parley.ra.outbound;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.Executor;
import org.parley.BrokerException;
import org.parley.spi.ForwardingConnection;

/**
 * The database as JDBC, in the branch of its managed connection: a connection handle of its own from the data source, or
 * part of a session.
 */
public class SqlHandle extends ForwardingConnection implements Attached {

    private static final String CONNECTION_DOES_NOT_EXIST = "08003";

    private final Attachment attachment;
    private final boolean withinSession;

    /** A closed handle, for containers that make a proxy by extending this class. */
    public SqlHandle() {
        this(new Attachment(null), false);
    }

    private SqlHandle(Attachment attachment, boolean withinSession) {
        this.attachment = attachment;
        this.withinSession = withinSession;
    }

    static SqlHandle of(Attachment attachment) {
        return new SqlHandle(attachment, false);
    }

    static SqlHandle within(Attachment attachment) {
        return new SqlHandle(attachment, true);
    }

    @Override
    public Attachment attachment() {
        return attachment;
    }

    @Override
    protected Connection delegate() throws SQLException {
        try {
            return attachment.session().sql();
        } catch (BrokerException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), CONNECTION_DOES_NOT_EXIST, e.number(), e);
        }
    }

    @Override
    public boolean isClosed() {
        return attachment.isClosed();
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        return !isClosed() && super.isValid(timeout);
    }

    @Override
    public void close() {
        if (!withinSession) {
            attachment.close();
        }
    }

    @Override
    public void abort(Executor executor) {
        close();
    }
}
