package org.parley.sql.run;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.ScriptMessage;
import org.parley.spi.ScriptListener;
import org.parley.spi.ScriptSession;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ControlStatement.Declared;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Statement;
import org.parley.sql.parse.SyntaxError;
import org.parley.sql.table.DataRunner;
import org.parley.sql.value.Evaluator;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Term;
import org.parley.sql.value.Value;

/** One run of a script: statement after statement, with what each may see and what its errors end. */
final class ScriptRun {

    private static final int DEEPEST = 600;
    private static final int TOO_DEEP = 191;

    private final ScriptSession session;
    private final SessionState state;
    private final Output output;
    private final Steps steps = new Steps();
    private final Scope scope;
    private final Evaluator evaluator;
    private final Compiled.Procedures procedures;
    private final CallRunner calls;
    private Frame frame;
    private int tries;
    private int depth;
    private ScriptMessage ending;

    ScriptRun(ScriptSession session, ScriptListener listener, DataRunner data, Compiled.Procedures procedures) {
        this.session = session;
        this.state = (SessionState) session.kept(() -> new SessionState(session));
        this.output = new Output(listener);
        this.scope = new Scope(this, data);
        this.evaluator = new Evaluator(scope);
        this.procedures = procedures;
        this.calls = new CallRunner(this);
        new FlowRunner(this).register(steps);
        new MessageRunner(this).register(steps);
        new VariableRunner(this).register(steps);
        new TransactionRunner(this).register(steps);
        calls.register(steps);
        new ConversationRunner(this).register(steps);
        DefinitionContext definitions = new DefinitionContext(session, this::text, false);
        new ServerRunner(this, new DefinitionSteps(definitions)).register(steps);
        new TableRunner(this, data).register(steps);
    }

    ScriptSession session() {
        return session;
    }

    SessionState state() {
        return state;
    }

    Output output() {
        return output;
    }

    Scope scope() {
        return scope;
    }

    Steps steps() {
        return steps;
    }

    Compiled.Procedures procedures() {
        return procedures;
    }

    CallRunner calls() {
        return calls;
    }

    /** Of the batch, procedure or text that runs now. */
    Frame frame() {
        return frame;
    }

    /** Runs statements as a batch. */
    void batch(List<Statement> statements, Map<String, Declared> variables) {
        try {
            within(null, variables, () -> block(statements));
        } catch (BrokerException e) {
            // of a table variable that can't be made
            report(message(e, 1, null));
        } catch (Ended end) {
            // it has been reported, and the batch is over
        }
        endDoomed();
    }

    /**
     * Runs a procedure as if it were a batch.
     *
     * @return the error that has ended it, or null
     */
    ScriptMessage call(ObjectName procedure) {
        try {
            calls.call(procedure, 1);
        } catch (BrokerException e) {
            ending = message(e, 1, procedure.last());
            report(ending);
        } catch (Ended end) {
            // it has been reported
        }
        endDoomed();
        return ending;
    }

    private void endDoomed() {
        if (state.transactions().endDoomed()) {
            report(new ScriptMessage(
                    ErrorNumbers.TRANSACTION_ENDED,
                    16,
                    1,
                    1,
                    null,
                    "The batch has ended with a transaction that could not be committed any more; it is rolled back."));
        }
    }

    /**
     * Runs statements in a frame of their own, and ends there what ends no more than a frame.
     *
     * @param procedure name of the procedure that they are the body of, or null
     * @return what RETURN has given
     */
    int within(String procedure, Map<String, Declared> variables, Runnable statements) {
        Frame before = frame;
        Frame own = new Frame(procedure, new Variables(variables, scope::newTable));
        frame = own;
        try {
            statements.run();
        } catch (Ended end) {
            if (end.batch()) {
                throw end;
            }
        } finally {
            frame = before;
        }
        return own.returned();
    }

    Flow block(List<Statement> statements) {
        for (Statement statement : statements) {
            Flow flow = run(statement);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    Flow run(Statement statement) {
        depth++;
        try {
            checkInterrupt();
            checkDepth();
            return steps.run(statement);
        } catch (BrokerException e) {
            failed(statement, e);
            return Flow.NEXT;
        } finally {
            depth--;
        }
    }

    /** The parser bounds a batch; what calls others is bounded here, before the stack is used up. */
    private void checkDepth() {
        if (depth > DEEPEST) {
            throw new ScriptError(
                    TOO_DEEP,
                    "Statements are nested too deeply: more than " + DEEPEST + " levels with all that is called.");
        }
    }

    static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw Pause.interrupted();
        }
    }

    /** Takes an error of a statement to where it leads: returns when the next statement is to run. */
    private void failed(Statement statement, BrokerException error) {
        ScriptMessage message = message(error, statement.at().line(), frame.procedure());
        if (error.number() == ErrorNumbers.SCRIPT_INTERRUPTED) {
            report(message);
            throw ended(message, true);
        }
        raise(message, Consequence.of(error), error);
    }

    /** What is said of an error; one that is older than its statement's run knows its own line. */
    static ScriptMessage message(BrokerException error, int line, String procedure) {
        int level = error instanceof ScriptError own ? own.level() : 16;
        int state = error instanceof ScriptError own ? own.state() : 1;
        int place = line;
        if (error instanceof CompileError own) {
            place = own.at().line();
        } else if (error instanceof SyntaxError own) {
            place = own.line();
        }
        return new ScriptMessage(error.number(), level, state, place, procedure, error.getMessage());
    }

    /**
     * Raises an error: a CATCH takes it, or it is reported and ends what it ends.
     *
     * @param cause what was thrown, or null
     */
    void raise(ScriptMessage error, Consequence consequence, BrokerException cause) {
        boolean xactAbort = state.options().xactAbort();
        state.ended(error.number(), 0);
        if (tries > 0) {
            if (consequence.endsTransaction(xactAbort)) {
                state.transactions().doom();
            }
            throw new Caught(error, cause);
        }
        report(error);
        if (consequence.endsTransaction(xactAbort)) {
            state.transactions().end();
        }
        if (consequence.endsBatch(xactAbort)) {
            throw ended(error, true);
        }
        if (consequence == Consequence.SCOPE) {
            throw ended(error, false);
        }
    }

    private Ended ended(ScriptMessage error, boolean batch) {
        ending = error;
        return new Ended(batch);
    }

    void report(ScriptMessage message) {
        output.say(message);
    }

    /** Runs the body of a TRY; an error in it comes out as {@link Caught}. */
    Flow attempt(Supplier<Flow> body) {
        tries++;
        try {
            return body.get();
        } finally {
            tries--;
        }
    }

    /** Reports how many rows a statement has given or changed, unless NOCOUNT is ON. */
    void affected(long rows) {
        if (!state.options().noCount()) {
            output.affected(rows);
        }
    }

    /** An expression with its types found. */
    Term term(Expression expression) {
        return evaluator.term(expression);
    }

    /** The value of an expression. */
    Value value(Expression expression) {
        return evaluator.value(expression);
    }

    /** The value of an expression, as a type. */
    Value value(Expression expression, SqlType type) {
        return evaluator.value(expression, type);
    }

    /** The value of an expression as text; null for NULL. */
    String text(Expression expression) {
        return (String) value(expression, SqlType.nvarchar(SqlType.MAX)).content();
    }

    /** Whether a condition is true. */
    boolean holds(Expression condition) {
        return evaluator.holds(condition);
    }
}
