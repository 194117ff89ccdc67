package org.parley.sql.run;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.spi.ScriptSession;
import org.parley.sql.ScriptError;

/**
 * The transaction of a session as Transact-SQL sees it: BEGIN nests and only counts, ROLLBACK goes to the outermost BEGIN or to
 * a savepoint.
 */
final class Transactions {

    private static final int MAX_NAME = 32;

    private final ScriptSession session;
    private final List<Saved> savepoints = new ArrayList<>();
    private int depth;
    private String name;
    private boolean doomed;

    private record Saved(String name, Savepoint savepoint) {}

    Transactions(ScriptSession session) {
        this.session = session;
    }

    /** {@code @@TRANCOUNT}. */
    int count() {
        if (!session.inTransaction()) {
            forget();
        } else if (depth == 0) {
            // begun by the caller, or by the container
            depth = 1;
        }
        return depth;
    }

    /** {@code XACT_STATE()}: 1 open, -1 doomed, 0 none. */
    int state() {
        return count() == 0 ? 0 : doomed ? -1 : 1;
    }

    void begin(String written) {
        refuseManaged("BEGIN TRANSACTION");
        checkName(written);
        if (count() == 0) {
            session.begin();
            name = written;
            doomed = false;
        } else {
            checkWritable();
        }
        depth++;
    }

    void commit() {
        refuseManaged("COMMIT");
        if (count() == 0) {
            throw new ScriptError(3902, "COMMIT has no BEGIN TRANSACTION that it belongs to: no transaction is open.");
        }
        checkWritable();
        if (depth > 1) {
            depth--;
            return;
        }
        forget();
        session.commit();
    }

    void rollback(String written) {
        refuseManaged("ROLLBACK");
        if (count() == 0) {
            throw new ScriptError(
                    3903, "ROLLBACK has no BEGIN TRANSACTION that it belongs to: no transaction is open.");
        }
        if (written == null || written.equals(name)) {
            end();
        } else {
            rollbackTo(written);
        }
    }

    private void rollbackTo(String written) {
        int last = savepoints.size() - 1;
        while (last >= 0 && !savepoints.get(last).name().equals(written)) {
            last--;
        }
        if (last < 0) {
            throw new ScriptError(
                    6401,
                    "ROLLBACK to '" + written + "': the open transaction has neither this name nor a savepoint of it.");
        }
        if (doomed) {
            throw new ScriptError(
                    3931,
                    "The transaction can't be committed any more, so it can't go back to the savepoint '" + written
                            + "' either; ROLLBACK TRANSACTION ends it.");
        }
        savepoints.subList(last + 1, savepoints.size()).clear();
        goBack(savepoints.get(last).savepoint());
    }

    void save(String written) {
        refuseManaged("SAVE TRANSACTION");
        checkName(written);
        if (count() == 0) {
            throw new ScriptError(628, "SAVE TRANSACTION '" + written + "' needs an open transaction.");
        }
        checkWritable();
        savepoints.add(new Saved(written, savepoint()));
    }

    /** An error has made a commit impossible. Without a transaction there is nothing to doom. */
    void doom() {
        doomed = count() > 0;
    }

    /** Refuses what would change something in a doomed transaction. */
    void checkWritable() {
        if (state() < 0) {
            throw new ScriptError(
                    3930,
                    "The transaction can't be committed any more after the error that CATCH has taken; nothing can be"
                            + " changed in it. ROLLBACK TRANSACTION ends it.");
        }
    }

    /** Rolls back what is open, unless it is the container's. */
    void end() {
        if (session.inTransaction() && !session.managed()) {
            forget();
            session.rollback();
        }
    }

    /** Rolls a doomed transaction back; says whether there was one. A doomed one of the container is its matter. */
    boolean endDoomed() {
        boolean ends = state() < 0 && !session.managed();
        if (ends) {
            end();
        }
        return ends;
    }

    /** Runs a statement of several steps: when one fails, all are undone. */
    <T> T undivided(Supplier<T> steps) {
        return session.inTransaction() ? inSavepoint(steps) : session.managed() ? steps.get() : alone(steps);
    }

    private <T> T inSavepoint(Supplier<T> steps) {
        Savepoint before = savepoint();
        try {
            return steps.get();
        } catch (RuntimeException e) {
            try {
                goBack(before);
            } catch (RuntimeException suppressed) {
                // the store has ended the transaction itself: nothing is left to undo
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Runs steps as one transaction when none is open. */
    private <T> T alone(Supplier<T> steps) {
        session.begin();
        T result;
        try {
            result = steps.get();
        } catch (RuntimeException e) {
            try {
                session.rollback();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        session.commit();
        return result;
    }

    private Savepoint savepoint() {
        try {
            return session.connection().sql().setSavepoint();
        } catch (SQLException e) {
            throw failed("set", e);
        }
    }

    private void goBack(Savepoint savepoint) {
        try {
            session.connection().sql().rollback(savepoint);
        } catch (SQLException e) {
            throw failed("gone back to", e);
        }
    }

    private static BrokerException failed(String verb, SQLException cause) {
        return new BrokerException(
                ErrorNumbers.TRANSACTION_ENDED,
                "A savepoint can't be " + verb + "; the transaction has ended: " + cause.getMessage(),
                cause);
    }

    private void forget() {
        depth = 0;
        name = null;
        doomed = false;
        savepoints.clear();
    }

    private void refuseManaged(String statement) {
        if (session.managed()) {
            throw new ScriptError(
                    ErrorNumbers.TRANSACTION_MANAGED,
                    statement
                            + " is not allowed here: the container begins and ends the transactions of this session.");
        }
    }

    private static void checkName(String written) {
        if (written != null && written.length() > MAX_NAME) {
            throw new ScriptError(
                    103,
                    "The name of a transaction or savepoint that begins with '" + written.substring(0, MAX_NAME)
                            + "' has " + written.length() + " characters; at most " + MAX_NAME + " are allowed.");
        }
    }
}
