package org.parley.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.parley.BrokerConnection;
import org.parley.ScriptException;
import org.parley.ScriptOutput;
import org.parley.ScriptResult;

/**
 * Scripts with what they give, from a file: empty lines separate cases; below a script stands what its last output is, a row behind
 * each {@code >}, a count behind {@code #}, or its first error behind {@code !}. A script without any gives what it likes.
 */
final class Cases {

    private static final String MARKS = ">#!";

    private Cases() {}

    private record Case(String script, List<String> expected) {}

    /** Runs all cases of a file in turn and tells those that give something else. */
    static int run(String file, BrokerConnection connection) {
        List<Case> cases = read(file);
        List<String> wrong = new ArrayList<>();
        for (Case each : cases) {
            List<String> given = given(each, connection);
            if (!each.expected().isEmpty() && !matches(given, each.expected())) {
                wrong.add(each.script() + "\n  should give " + each.expected() + "\n  but gives   " + given);
            } else if (each.expected().isEmpty()
                    && !given.isEmpty()
                    && given.get(0).startsWith("!")) {
                wrong.add(each.script() + "\n  fails: " + given);
            }
        }
        assertThat(String.join("\n\n", wrong)).isEmpty();
        return cases.size();
    }

    /** Behind an ellipsis, an error may say what it likes. */
    private static boolean matches(List<String> given, List<String> expected) {
        String first = expected.get(0);
        return first.endsWith("...")
                ? given.get(0).startsWith(first.substring(0, first.length() - 3))
                : given.equals(expected);
    }

    private static List<String> given(Case each, BrokerConnection connection) {
        try {
            ScriptResult result = connection.execute(each.script());
            List<ScriptOutput> outputs = new ArrayList<>(result.outputs());
            boolean counts = each.expected().stream().anyMatch(line -> line.startsWith("#"));
            outputs.removeIf(output ->
                    counts ? !(output instanceof ScriptOutput.Affected) : !(output instanceof ScriptOutput.Rows));
            return outputs.isEmpty() ? List.of() : lines(outputs.get(outputs.size() - 1));
        } catch (ScriptException e) {
            return List.of("! " + e.error().number() + " " + e.error().text());
        }
    }

    private static List<String> lines(ScriptOutput output) {
        if (output instanceof ScriptOutput.Affected affected) {
            return List.of("# " + affected.rows());
        }
        List<String> rows = Script.text((ScriptOutput.Rows) output);
        return rows.isEmpty()
                ? List.of(">")
                : rows.stream().map(row -> row.isEmpty() ? ">" : "> " + row).toList();
    }

    private static List<Case> read(String file) {
        List<Case> cases = new ArrayList<>();
        List<String> script = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line : text(file).split("\n", -1)) {
            if (line.isEmpty()) {
                if (!script.isEmpty()) {
                    cases.add(new Case(String.join("\n", script), List.copyOf(expected)));
                }
                script.clear();
                expected.clear();
            } else if (MARKS.indexOf(line.charAt(0)) >= 0) {
                expected.add(line);
            } else if (!line.startsWith("--")) {
                script.add(line);
            }
        }
        return cases;
    }

    private static String text(String file) {
        try (InputStream in = Cases.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
