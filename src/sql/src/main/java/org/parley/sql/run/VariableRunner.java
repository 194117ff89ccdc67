package org.parley.sql.run;

import org.parley.ScriptMessage;
import org.parley.sql.ast.ControlStatement.Declare;
import org.parley.sql.ast.ControlStatement.Declared;
import org.parley.sql.ast.ControlStatement.ScalarVariable;
import org.parley.sql.ast.ControlStatement.SetOption;
import org.parley.sql.ast.ControlStatement.SetVariable;

/** DECLARE and SET. */
final class VariableRunner {

    private final ScriptRun run;

    VariableRunner(ScriptRun run) {
        this.run = run;
    }

    void register(Steps steps) {
        steps.doing(Declare.class, run.state(), this::declare);
        steps.doing(SetVariable.class, run.state(), this::set);
        steps.doing(SetOption.class, run.state(), this::option);
    }

    /** The variables are there since the batch has begun; what is left to do is to give them what they begin with. */
    private long declare(Declare declare) {
        long rows = Steps.KEEP;
        for (Declared declared : declare.variables()) {
            if (declared instanceof ScalarVariable scalar && scalar.initial() != null) {
                run.frame().variables().set(scalar.name(), run.value(scalar.initial()));
                rows = 1;
            }
        }
        return rows;
    }

    private long set(SetVariable set) {
        run.frame().variables().set(set.variable(), set.operator(), run.value(set.value()));
        return 1;
    }

    private long option(SetOption set) {
        for (String option : set.options()) {
            run.state().options(run.state().options().with(option, set.value()));
            String remark = SessionOptions.remark(option, set.value());
            if (remark != null) {
                run.report(
                        new ScriptMessage(0, 0, 1, set.at().line(), run.frame().procedure(), remark));
            }
        }
        return 0;
    }
}
