package org.parley.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;

/** The command inside the test's process, with streams that are written down. */
final class Run {

    private final Map<String, String> environment = new HashMap<>();
    private InputStream in = InputStream.nullInputStream();
    private Supplier<Terminal> terminal;
    private Function<String, char[]> password = prompt -> null;

    private Run() {}

    /**
     * What a command gave.
     *
     * @param status exit status
     * @param out standard output, with line feeds
     * @param err standard error, with line feeds
     */
    record Result(int status, String out, String err) {}

    static Run inHome(Path home) {
        return new Run().with("PARLEY_HOME", home.toString());
    }

    static Run bare() {
        return new Run();
    }

    Run with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Run typing(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Run at(Supplier<Terminal> opened) {
        terminal = opened;
        return this;
    }

    Run answering(Function<String, char[]> answer) {
        password = answer;
        return this;
    }

    Result parley(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter outWriter = new PrintWriter(out);
        PrintWriter errWriter = new PrintWriter(err);
        Console console = new Console(in, outWriter, errWriter, terminal, environment, password);
        int status = ParleyCommand.run(console, arguments);
        outWriter.flush();
        errWriter.flush();
        return new Result(status, lines(out), lines(err));
    }

    /** Runs statements, which must go well. */
    Result sql(String database, String script, String... more) {
        List<String> arguments = new ArrayList<>(List.of("sql", "--database", database, "-b", "-q", script));
        arguments.addAll(List.of(more));
        Result result = parley(arguments.toArray(String[]::new));
        if (result.status() != 0) {
            throw new AssertionError(result.toString());
        }
        return result;
    }

    private static String lines(StringWriter text) {
        return text.toString().replace("\r\n", "\n");
    }
}
