package org.parley.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.ScriptException;
import org.parley.ScriptOutput;
import org.parley.ScriptResult;

/** Whole scripts, each beside what it gives: messages as the command line shows them, a line for each row and count. */
class ScriptFilesTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"single-database", "two-databases", "begin-dialog", "definitions", "tables-and-procedures"})
    void givesWhatIsWrittenBesideIt(String name) throws IOException {
        try (Parley parley = Parley.open(home);
                LocalConnection connection = parley.connect("master")) {
            String given = result(connection, read(name + ".sql")).outputs().stream()
                    .map(ScriptFilesTest::shown)
                    .collect(Collectors.joining("\n", "", "\n"));
            assertThat(given).isEqualTo(read(name + ".out"));
        }
    }

    private static ScriptResult result(LocalConnection connection, String script) {
        try {
            return connection.execute(script);
        } catch (ScriptException e) {
            return e.result();
        }
    }

    private static String shown(ScriptOutput output) {
        if (output instanceof ScriptOutput.Said said) {
            return said.message().toString();
        }
        if (output instanceof ScriptOutput.Affected affected) {
            return "(" + affected.rows() + ")";
        }
        ScriptOutput.Rows rows = (ScriptOutput.Rows) output;
        String names = rows.columns().stream().map(ScriptOutput.Column::name).collect(Collectors.joining(","));
        return "[" + names + "]" + rows.rows().stream().map(List::toString).collect(Collectors.joining("\n"));
    }

    private static String read(String file) throws IOException {
        try (InputStream in = ScriptFilesTest.class.getResourceAsStream("/scripts/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
