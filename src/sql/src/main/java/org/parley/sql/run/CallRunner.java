package org.parley.sql.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import org.parley.BrokerException;
import org.parley.ProcedureDefinition;
import org.parley.ScriptMessage;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ControlStatement.ExecuteAs;
import org.parley.sql.ast.ControlStatement.ExecuteProcedure;
import org.parley.sql.ast.ControlStatement.ExecuteText;
import org.parley.sql.ast.ControlStatement.Use;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.value.Value;

/** EXECUTE in its forms, REVERT and USE: what changes the place that statements run in. */
final class CallRunner {

    private static final int MOST_NESTED = 32;

    private final ScriptRun run;
    private int nested;

    /** Databases in which the session has become somebody else; it can only go back there. */
    private final Deque<String> impersonations = new ArrayDeque<>();

    CallRunner(ScriptRun run) {
        this.run = run;
    }

    void register(Steps steps) {
        steps.doing(ExecuteProcedure.class, run.state(), this::call);
        steps.doing(ExecuteText.class, run.state(), this::text);
        steps.doing(ExecuteAs.class, run.state(), this::impersonate);
        steps.doing(Use.class, run.state(), this::use);
    }

    private long call(ExecuteProcedure execute) {
        int returned = call(execute.procedure(), execute.at().line());
        if (execute.result() != null) {
            run.frame().variables().set(execute.result(), Value.of(returned));
        }
        return Steps.KEEP;
    }

    /** Runs a procedure and gives what it returns. */
    int call(ObjectName name, int line) {
        return isolated(() -> {
            if (name.before(2) != null) {
                run.session().use(name.before(2));
            }
            ProcedureDefinition procedure = run.session().enter(name.last());
            impersonations.push(run.session().connection().database());
            Compiled body = run.procedures().of(procedure.text());
            int open = run.state().transactions().count();
            int returned = run.within(procedure.name(), body.variables(), () -> run.block(body.statements()));
            checkBalance(procedure.name(), open, line);
            return returned;
        });
    }

    private void checkBalance(String procedure, int before, int line) {
        int now = run.state().transactions().count();
        if (now != before && run.state().transactions().state() >= 0) {
            run.raise(
                    new ScriptMessage(
                            266,
                            16,
                            2,
                            line,
                            procedure,
                            "Procedure '" + procedure + "' has ended with @@TRANCOUNT = " + now + "; it began with "
                                    + before + ". BEGIN TRANSACTION and COMMIT don't match."),
                    Consequence.NOTHING,
                    null);
        }
    }

    private long text(ExecuteText execute) {
        String text = run.text(execute.text());
        if (text != null) {
            isolated(() -> {
                Compiled batch = Compiled.batch(text);
                return run.within(null, batch.variables(), () -> run.block(batch.statements()));
            });
        }
        return Steps.KEEP;
    }

    /** Runs statements one level deeper; the database, the user and the options are afterwards what they were. */
    private int isolated(IntSupplier statements) {
        if (nested == MOST_NESTED) {
            throw new ScriptError(
                    217,
                    "EXECUTE is nested more than " + MOST_NESTED
                            + " deep; a procedure may not call itself without end.");
        }
        String database = run.session().connection().database();
        SessionOptions options = run.state().options();
        int before = impersonations.size();
        nested++;
        try {
            return statements.getAsInt();
        } finally {
            nested--;
            run.state().options(options);
            comeBack(before, database);
        }
    }

    private void comeBack(int before, String database) {
        try {
            goBack(before, database);
        } catch (BrokerException e) {
            if (impersonations.size() > before) {
                // nobody stays somebody else: what holds the session in the other database ends
                run.state().transactions().end();
                goBack(before, database);
            }
            throw e;
        }
    }

    private void goBack(int before, String database) {
        while (impersonations.size() > before) {
            goTo(impersonations.peek());
            revert();
        }
        goTo(database);
    }

    private void goTo(String database) {
        if (!run.session().connection().database().equals(database)) {
            run.session().use(database);
        }
    }

    private long impersonate(ExecuteAs as) {
        if (as.user() == null) {
            revert();
        } else {
            become(run.text(as.user()));
        }
        return 0;
    }

    private void become(String user) {
        run.session().executeAs(user);
        impersonations.push(run.session().connection().database());
    }

    private void revert() {
        run.session().revert();
        impersonations.poll();
    }

    private long use(Use use) {
        run.session().use(use.database());
        return 0;
    }

    /** {@code @@NESTLEVEL}. */
    int nested() {
        return nested;
    }
}
