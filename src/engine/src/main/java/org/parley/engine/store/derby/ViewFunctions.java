package org.parley.engine.store.derby;

import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.derby.iapi.sql.conn.ConnectionUtil;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.SqlCaller;
import org.parley.engine.store.SystemColumn;
import org.parley.engine.store.SystemRows;
import org.parley.engine.store.SystemView;

/**
 * What Derby calls for the views of schema PARLEY, by the names that a database's own definitions hold: neither this
 * class nor these methods may be renamed. Each call serves the database whose statement makes it. Derby and this class
 * have one class loader, so a database open in another one is never found here.
 */
public final class ViewFunctions {

    /** By the name under which Derby has booted the database; those that are open only. */
    private static final Map<String, SystemRows> OPEN = new ConcurrentHashMap<>();

    /** Whom this thread asks for, when that isn't dbo. */
    private static final ThreadLocal<SqlCaller> CALLER = new ThreadLocal<>();

    /** What a function has refused in this thread: Derby keeps the text and the state of it, not the number. */
    private static final ThreadLocal<SQLException> REFUSAL = new ThreadLocal<>();

    private ViewFunctions() {}

    /** A failure of a statement as the function has told it, if it was one that did. */
    static SQLException told(SQLException failure) {
        SQLException refusal = REFUSAL.get();
        REFUSAL.remove();
        boolean told = refusal != null && refusal.getSQLState().equals(failure.getSQLState());
        return told ? refusal : failure;
    }

    private static SQLException refused(String text, String state, int number, Throwable cause) {
        SQLException refusal = new SQLException(text, state, number, cause);
        REFUSAL.set(refusal);
        return refusal;
    }

    /** Until {@link #answered} this thread asks for somebody other than dbo. */
    static void askedBy(SqlCaller caller) {
        CALLER.set(caller);
    }

    static void answered() {
        CALLER.remove();
    }

    static void open(String database, SystemRows rows) {
        OPEN.put(database, rows);
    }

    static void close(String database) {
        OPEN.remove(database);
    }

    private static SystemRows here() throws SQLException {
        String database = ConnectionUtil.getCurrentLCC().getDbname();
        SystemRows rows = OPEN.get(database);
        if (rows == null) {
            throw refused(
                    "The views of database " + database + " can be read while a Parley server has it open.",
                    "38P01",
                    ErrorNumbers.NOT_RUNNING,
                    null);
        }
        return rows;
    }

    /** Rows of a view. */
    public static ResultSet rows(String view) throws SQLException {
        SystemView known = SystemView.valueOf(view);
        SystemRows rows = here();
        return result(known.columns(), () -> rows.rows(known, CALLER.get()));
    }

    /** Messages of a queue. */
    public static ResultSet queueRows(int queue) throws SQLException {
        SystemRows rows = here();
        return result(SystemView.QUEUE_COLUMNS, () -> rows.queue(queue, CALLER.get()));
    }

    /** Rows that a statement brings itself. */
    public static ResultSet packedRows(Blob data) throws SQLException {
        return new UnpackedRows(data == null ? new byte[0] : data.getBytes(1, (int) data.length()));
    }

    /** GET_TRANSMISSION_STATUS; service-broker.md, section 19. */
    public static String transmissionStatus(String handle) throws SQLException {
        SystemRows rows = here();
        try {
            return handle == null ? "" : rows.transmissionStatus(UUID.fromString(handle.trim()), CALLER.get());
        } catch (IllegalArgumentException e) {
            throw refused(
                    "'" + handle + "' is no conversation handle; allowed are 36 characters such as "
                            + "3c1d79b0-1f0e-4a58-9d3f-0a9d4f6ad3b1.",
                    "38P02",
                    8418,
                    e);
        }
    }

    /** Where rows come from. */
    @FunctionalInterface
    private interface Source {
        java.util.Iterator<Object[]> rows();
    }

    private static ResultSet result(List<SystemColumn> columns, Source source) throws SQLException {
        try {
            return new ViewResult(columns, source.rows());
        } catch (BrokerException e) {
            throw refused(e.getMessage(), "38P03", e.number(), e);
        }
    }
}
