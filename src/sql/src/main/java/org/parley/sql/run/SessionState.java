package org.parley.sql.run;

import java.util.ArrayDeque;
import java.util.Deque;
import org.parley.ScriptMessage;
import org.parley.spi.ScriptSession;

/** What a session keeps between statements, and from one script to the next. */
final class SessionState {

    private final Transactions transactions;
    private final Deque<ScriptMessage> handled = new ArrayDeque<>();
    private SessionOptions options = SessionOptions.DEFAULT;
    private int error;
    private long rowCount;
    private Long identity;

    SessionState(ScriptSession session) {
        transactions = new Transactions(session);
    }

    Transactions transactions() {
        return transactions;
    }

    SessionOptions options() {
        return options;
    }

    void options(SessionOptions changed) {
        options = changed;
    }

    /** {@code @@ERROR}: number of the error of the last statement, or 0. */
    int error() {
        return error;
    }

    /** {@code @@ROWCOUNT}. */
    long rowCount() {
        return rowCount;
    }

    /** The last value of an IDENTITY column; null before the first, and when it can't be told. */
    Long identity() {
        return identity;
    }

    void identity(Long made) {
        identity = made;
    }

    /** A statement has ended. */
    void ended(int number, long rows) {
        error = number;
        rowCount = rows;
    }

    /** The error that the CATCH at work has taken; null outside of one. */
    ScriptMessage handled() {
        return handled.peek();
    }

    /** A CATCH begins its work. */
    void handle(ScriptMessage caught) {
        handled.push(caught);
    }

    /** It has done it. */
    void handlingEnds() {
        handled.pop();
    }
}
