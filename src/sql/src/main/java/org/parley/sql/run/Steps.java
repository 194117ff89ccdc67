package org.parley.sql.run;

import java.util.HashMap;
import java.util.Map;
import org.parley.sql.ast.Statement;

/** What is done for each kind of statement. */
final class Steps {

    /** {@code @@ROWCOUNT} and {@code @@ERROR} stay as they are: what has run inside the statement has set them. */
    static final long KEEP = -1;

    private final Map<Class<?>, Flowing<Statement>> steps = new HashMap<>();

    /** A statement that steers. */
    @FunctionalInterface
    interface Flowing<S extends Statement> {
        Flow run(S statement);
    }

    /** A statement that does something; gives {@code @@ROWCOUNT}, or {@link #KEEP}. */
    @FunctionalInterface
    interface Doing<S extends Statement> {
        long run(S statement);
    }

    <S extends Statement> void flowing(Class<S> kind, Flowing<S> step) {
        steps.put(kind, statement -> step.run(kind.cast(statement)));
    }

    <S extends Statement> void doing(Class<S> kind, SessionState state, Doing<S> step) {
        flowing(kind, statement -> {
            long rows = step.run(statement);
            if (rows != KEEP) {
                state.ended(0, rows);
            }
            return Flow.NEXT;
        });
    }

    boolean knows(Class<?> kind) {
        return steps.containsKey(kind);
    }

    Flow run(Statement statement) {
        Flowing<Statement> step = steps.get(statement.getClass());
        if (step == null) {
            throw new IllegalStateException(
                    "No runner takes " + statement.getClass().getName() + ".");
        }
        return step.run(statement);
    }
}
