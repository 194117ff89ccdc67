package org.parley.sql.run;

import java.util.function.Consumer;
import org.parley.sql.ast.ControlStatement.BeginTransaction;
import org.parley.sql.ast.ControlStatement.Commit;
import org.parley.sql.ast.ControlStatement.Rollback;
import org.parley.sql.ast.ControlStatement.Save;
import org.parley.sql.ast.Statement;

/** BEGIN, COMMIT, ROLLBACK and SAVE TRANSACTION; a name may be held by a variable. */
final class TransactionRunner {

    private final ScriptRun run;

    TransactionRunner(ScriptRun run) {
        this.run = run;
    }

    void register(Steps steps) {
        Transactions transactions = run.state().transactions();
        does(steps, BeginTransaction.class, begin -> transactions.begin(name(begin.name())));
        does(steps, Commit.class, commit -> transactions.commit());
        does(steps, Rollback.class, rollback -> transactions.rollback(name(rollback.name())));
        does(steps, Save.class, save -> transactions.save(name(save.name())));
    }

    private <S extends Statement> void does(Steps steps, Class<S> kind, Consumer<S> step) {
        steps.doing(kind, run.state(), statement -> {
            step.accept(statement);
            return 0;
        });
    }

    private String name(String written) {
        return written != null && written.startsWith("@")
                ? String.valueOf(run.frame().variables().get(written).content())
                : written;
    }
}
