package org.parley.engine.store.derby;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;
import javax.transaction.xa.XAException;
import org.apache.derby.shared.common.error.StandardException;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.StorageFault;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/** Derby's errors, translated once. */
final class Failure {

    private static final int TRANSACTION_SEVERITY = 30_000;
    private static final int SESSION_SEVERITY = 40_000;
    /** The thread was interrupted in a wait: Derby has closed the connection, the database is well. */
    private static final String INTERRUPTED = "08000";
    /** The database can't be booted; why, is in the details. */
    private static final String NOT_BOOTED = "XJ040";
    /** Another Derby has booted it. */
    private static final String ELSEWHERE = "XSDB6";
    /** A page isn't what was written. */
    private static final String CHECKSUM = "XSDG2";

    private Failure() {}

    /** The failure of what was being done. */
    static StoreException of(String doing, SQLException e) {
        return failure(kind(e), fault(e), text(doing, e), e);
    }

    /** A database can't be opened, or can't be read when it is. */
    static RuntimeException opening(Path database, SQLException e) {
        String text = text("Opening database " + database, e);
        if (has(e, ELSEWHERE::equals)) {
            return new BrokerException(
                    ErrorNumbers.HOME_IN_USE,
                    text
                            + ". Another process has it open, with Derby alone; a database belongs to one process at a time.",
                    e);
        }
        Optional<StorageFault> fault = fault(e).or(() -> StorageFault.at(database));
        if (fault.isEmpty() && has(e, NOT_BOOTED::equals)) {
            fault = Optional.of(StorageFault.DAMAGED);
        }
        return failure(Kind.UNAVAILABLE, fault, text, e);
    }

    private static StoreException failure(Kind kind, Optional<StorageFault> fault, String text, Exception e) {
        return fault.map(each -> new StoreException(kind, each, text, e))
                .orElseGet(() -> new StoreException(kind, text, e));
    }

    private static Optional<StorageFault> fault(SQLException e) {
        for (SQLException each = e; each != null; each = each.getNextException()) {
            Optional<StorageFault> said = StorageFault.in(each);
            if (said.isPresent()) {
                return said;
            }
        }
        return has(e, CHECKSUM::equals) ? Optional.of(StorageFault.DAMAGED) : Optional.empty();
    }

    private static boolean has(SQLException e, Predicate<String> state) {
        for (SQLException each = e; each != null; each = each.getNextException()) {
            if (each.getSQLState() != null && state.test(each.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** The same for the exception inside Derby. */
    static StoreException of(String doing, StandardException e) {
        Kind kind = kind(e.getSQLState(), e.getSeverity());
        return failure(kind, StorageFault.in(e), doing + ": " + e.getMessage() + " (" + e.getSQLState() + ")", e);
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
