package org.parley.sql.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.parley.ScriptOutput;

/** Runs scripts on a {@link FakeSession} and shows what they give, a line for each output. */
abstract class Scripted {

    final FakeSession session = new FakeSession();
    private final Interpreter interpreter = new Interpreter();

    /** What a script gives: messages as the command line shows them, rows in brackets, counts in parentheses. */
    List<String> run(String... lines) {
        List<String> shown = new ArrayList<>();
        interpreter.run(String.join("\n", lines), session, output -> shown.add(shown(output)));
        return shown;
    }

    Interpreter interpreter() {
        return interpreter;
    }

    static String shown(ScriptOutput output) {
        if (output instanceof ScriptOutput.Said said) {
            return said.message().toString().replace("\n", ": ");
        }
        if (output instanceof ScriptOutput.Affected affected) {
            return "(" + affected.rows() + ")";
        }
        ScriptOutput.Rows rows = (ScriptOutput.Rows) output;
        String names = rows.columns().stream().map(ScriptOutput.Column::name).collect(Collectors.joining(","));
        return "[" + names + "]" + rows.rows();
    }

    /** A script that gives exactly this. */
    void gives(String script, String... outputs) {
        assertThat(run(script)).containsExactly(outputs);
    }

    void check(WrongInputsTest.Wrong wrong) {
        assertThat(run(wrong.script())).isEqualTo(wrong.messages());
    }
}
