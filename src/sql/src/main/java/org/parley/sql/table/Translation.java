package org.parley.sql.table;

import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.value.Evaluator;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** What the parts of the translation of one statement share. */
final class Translation {

    /** The store descends into expressions and queries, and a stack that overflows there breaks the connection. */
    private static final int MOST_LEVELS = 200;

    private static final int MOST_FULL_JOINS = 4;

    private final DataScope scope;
    private final Dictionary dictionary;
    private final Evaluator evaluator;
    private int aliases;
    private int depth;
    private int fullJoins;
    private boolean writesValues;
    private Isolation hinted;

    Translation(DataScope scope) {
        this.scope = scope;
        dictionary = new Dictionary(scope.connection().sql(), scope.connection().database());
        evaluator = new Evaluator(scope);
    }

    DataScope scope() {
        return scope;
    }

    Dictionary dictionary() {
        return dictionary;
    }

    int nextAlias() {
        return ++aliases;
    }

    /** The value of what needs no column. */
    Value constant(Expression expression) {
        return evaluator.value(expression);
    }

    /** The value of what needs no column, as a number of rows. */
    Long rows(Expression expression, String clause) {
        if (expression == null) {
            return null;
        }
        if (!Parts.isIndependent(expression)) {
            throw new ScriptError(4115, "The number of rows of " + clause + " can't depend on a column or query.");
        }
        Value value = evaluator.value(expression, SqlType.BIGINT);
        if (value.isNull()) {
            throw new ScriptError(
                    1060, "The number of rows of " + clause + " is NULL; it must be a whole number from 0.");
        }
        long number = (Long) value.content();
        int least = clause.equals("FETCH") ? 1 : 0;
        if (number < least) {
            int error = clause.equals("OFFSET") ? 10742 : clause.equals("FETCH") ? 10744 : 127;
            throw new ScriptError(
                    error, "The number of rows of " + clause + " is " + number + "; it must be " + least + " or more.");
        }
        return number;
    }

    /** A hint asks for other locks than the session's; of several the strongest wins. */
    void isolate(Isolation wanted) {
        hinted = hinted == null || hinted.compareTo(wanted) < 0 ? wanted : hinted;
    }

    /** An expression must be seen to be the same in two places. */
    void writeValues() {
        writesValues = true;
    }

    boolean writesValues() {
        return writesValues;
    }

    Isolation isolation() {
        return hinted == null ? scope.isolation() : hinted;
    }

    /** A FULL JOIN is written twice, and so is all that it joins; the caller goes {@link #leaveFullJoin out} of it again. */
    void enterFullJoin() {
        if (++fullJoins > MOST_FULL_JOINS) {
            throw new ScriptError(
                    BeyondStore.NUMBER,
                    "At most " + MOST_FULL_JOINS + " FULL JOINs can stand within each other; here are more.");
        }
    }

    void leaveFullJoin() {
        fullJoins--;
    }

    /** Goes one level down; the caller goes {@link #up} again. */
    void down() {
        if (++depth > MOST_LEVELS) {
            throw new ScriptError(
                    8631, "The statement is nested too deeply for tables: more than " + MOST_LEVELS + " levels.");
        }
    }

    void up() {
        depth--;
    }
}
