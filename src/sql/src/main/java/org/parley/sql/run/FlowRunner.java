package org.parley.sql.run;

import org.parley.ScriptMessage;
import org.parley.sql.ast.ControlStatement.Block;
import org.parley.sql.ast.ControlStatement.Break;
import org.parley.sql.ast.ControlStatement.Continue;
import org.parley.sql.ast.ControlStatement.If;
import org.parley.sql.ast.ControlStatement.Return;
import org.parley.sql.ast.ControlStatement.TryCatch;
import org.parley.sql.ast.ControlStatement.WaitForDelay;
import org.parley.sql.ast.ControlStatement.While;
import org.parley.sql.ast.Expression;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** Statements that say what runs next. */
final class FlowRunner {

    private final ScriptRun run;

    FlowRunner(ScriptRun run) {
        this.run = run;
    }

    void register(Steps steps) {
        steps.flowing(Block.class, block -> run.block(block.statements()));
        steps.flowing(If.class, this::choose);
        steps.flowing(While.class, this::repeat);
        steps.flowing(Break.class, leave -> Flow.BREAK);
        steps.flowing(Continue.class, again -> Flow.CONTINUE);
        steps.flowing(Return.class, this::giveBack);
        steps.flowing(TryCatch.class, this::attempt);
        steps.doing(WaitForDelay.class, run.state(), this::pause);
    }

    private Flow choose(If choice) {
        if (holds(choice.condition())) {
            return run.run(choice.then());
        }
        return choice.otherwise() == null ? Flow.NEXT : run.run(choice.otherwise());
    }

    private Flow repeat(While loop) {
        while (holds(loop.condition())) {
            Flow flow = run.run(loop.body());
            if (flow == Flow.RETURN) {
                return flow;
            }
            if (flow == Flow.BREAK) {
                break;
            }
            ScriptRun.checkInterrupt();
        }
        return Flow.NEXT;
    }

    /** A condition is a statement of its own to {@code @@ERROR} and {@code @@ROWCOUNT}, which it may read and then clears. */
    private boolean holds(Expression condition) {
        boolean holds = run.holds(condition);
        run.state().ended(0, 0);
        return holds;
    }

    private Flow giveBack(Return result) {
        if (result.value() != null) {
            Value value = run.value(result.value(), SqlType.INT);
            run.frame().returns(value.isNull() ? 0 : (Integer) value.content());
        }
        return Flow.RETURN;
    }

    private Flow attempt(TryCatch attempt) {
        ScriptMessage error;
        try {
            return run.attempt(() -> run.block(attempt.body()));
        } catch (Caught caught) {
            error = caught.error();
        }
        run.state().handle(error);
        try {
            return run.block(attempt.handler());
        } finally {
            run.state().handlingEnds();
        }
    }

    private long pause(WaitForDelay wait) {
        String written = run.text(wait.value());
        Pause pause = new Pause(run.session().clock());
        if (wait.time()) {
            pause.time(written);
        } else {
            pause.delay(written);
        }
        return 0;
    }
}
