package org.parley.engine.store.derby;

import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.apache.derby.shared.common.error.StandardException;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/** Derby's errors, translated once. */
final class Failure {

    private static final int TRANSACTION_SEVERITY = 30_000;
    private static final int SESSION_SEVERITY = 40_000;
    /** The thread was interrupted in a wait: Derby has closed the connection, the database is well. */
    private static final String INTERRUPTED = "08000";

    private Failure() {}

    /** The failure of what was being done. */
    static StoreException of(String doing, SQLException e) {
        return new StoreException(kind(e), text(doing, e), e);
    }

    /** The same for the exception inside Derby. */
    static StoreException of(String doing, StandardException e) {
        Kind kind = kind(e.getSQLState(), e.getSeverity());
        return new StoreException(kind, doing + ": " + e.getMessage() + " (" + e.getSQLState() + ")", e);
    }

    /** What kind of failure it is: what the first one is, or the worst of its details when that alone is harmless. */
    static Kind kind(SQLException e) {
        Kind worst = kind(e.getSQLState(), e.getErrorCode());
        for (SQLException each = e.getNextException(); each != null && !worst.fatal(); each = each.getNextException()) {
            worst = kind(each.getSQLState(), each.getErrorCode());
        }
        return worst;
    }

    /** Derby's error code is its severity: how much it has given up. */
    private static Kind kind(String sqlState, int severity) {
        String state = sqlState == null ? "" : sqlState;
        if (state.startsWith("40001")) {
            return Kind.DEADLOCK;
        }
        if (state.startsWith("40XL")) {
            return Kind.LOCK_TIMEOUT;
        }
        if (state.equals(INTERRUPTED)) {
            return Kind.ROLLED_BACK;
        }
        if (severity >= SESSION_SEVERITY || state.startsWith("08") || medium(state)) {
            return Kind.UNAVAILABLE;
        }
        if (severity >= TRANSACTION_SEVERITY || state.startsWith("40")) {
            return Kind.ROLLED_BACK;
        }
        return Kind.STATEMENT;
    }

    /** Files, pages and the log: the medium is full or fails. */
    private static boolean medium(String state) {
        return state.startsWith("XSDF") || state.startsWith("XSDG") || state.startsWith("XSL");
    }

    private static String text(String doing, SQLException e) {
        StringBuilder text = new StringBuilder(doing).append(": ");
        for (SQLException each = e; each != null; each = each.getNextException()) {
            if (each != e) {
                text.append(" / ");
            }
            text.append(each.getMessage())
                    .append(" (")
                    .append(each.getSQLState())
                    .append(')');
        }
        return text.toString();
    }

    /** What a transaction manager is told; always with a code and the cause. */
    static XAException xa(StoreException e) {
        int code =
                switch (e.kind()) {
                    case DEADLOCK -> XAException.XA_RBDEADLOCK;
                    case LOCK_TIMEOUT -> XAException.XA_RBTIMEOUT;
                    case ROLLED_BACK -> XAException.XA_RBROLLBACK;
                    case UNAVAILABLE -> XAException.XAER_RMFAIL;
                    case STATEMENT -> XAException.XAER_RMERR;
                };
        return xa(code, e.getMessage(), e);
    }

    /** An exception with its code, text and cause. */
    static XAException xa(int code, String text, Throwable cause) {
        XAException exception = new XAException(text);
        exception.errorCode = code;
        exception.initCause(cause);
        return exception;
    }
}
