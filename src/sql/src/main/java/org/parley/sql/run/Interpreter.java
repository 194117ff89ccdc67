package org.parley.sql.run;

import org.parley.BrokerException;
import org.parley.ScriptMessage;
import org.parley.spi.Definitions;
import org.parley.spi.ScriptListener;
import org.parley.spi.ScriptSession;
import org.parley.spi.StatementLanguage;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.parse.Batches;
import org.parley.sql.table.DataRunner;
import org.parley.sql.table.Tables;

/**
 * The statement language. A transaction that a script leaves open stays open in its session, and whoever has opened the session
 * ends it.
 */
public final class Interpreter implements StatementLanguage {

    private static final int LEFT_OPEN = 8415;

    private final DataRunner data;
    private final Compiled.Procedures procedures = new Compiled.Procedures();

    /** For the service loader. */
    public Interpreter() {
        this(new Tables());
    }

    Interpreter(DataRunner data) {
        this.data = data;
    }

    @Override
    public Definitions definitions(String statements) {
        return DefinitionText.of(statements);
    }

    @Override
    public void run(String script, ScriptSession session, ScriptListener listener) {
        ScriptRun run = new ScriptRun(session, listener, data, procedures);
        for (Batches.Text batch : Batches.split(script)) {
            if (!run(batch, run)) {
                return;
            }
        }
    }

    /** Runs a batch as often as it says; false when the script was interrupted, and no more is to run. */
    private static boolean run(Batches.Text batch, ScriptRun run) {
        Compiled compiled;
        try {
            compiled = Compiled.batch(batch.text());
        } catch (BrokerException e) {
            run.report(ScriptRun.message(e, 1, null));
            return true;
        }
        for (int i = 0; i < batch.times(); i++) {
            run.batch(compiled.statements(), compiled.variables());
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public ScriptMessage call(String procedure, ScriptSession session, ScriptListener listener) {
        ScriptRun run = new ScriptRun(session, listener, data, procedures);
        ScriptMessage error = run.call(ObjectName.of(procedure));
        if (!session.inTransaction()) {
            return error;
        }
        run.state().transactions().end();
        ScriptMessage open = new ScriptMessage(
                LEFT_OPEN,
                16,
                1,
                1,
                procedure,
                "The procedure '" + procedure + "' has ended with an open transaction, which is rolled back.");
        run.report(open);
        return error == null ? open : error;
    }
}
