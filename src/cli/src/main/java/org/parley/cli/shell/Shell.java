package org.parley.cli.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * A session at a terminal. What is typed is edited as a whole, over several lines, and goes out with GO; a few words are
 * commands of the session itself.
 */
public final class Shell {

    private static final String HELP = """
            GO [n]          sends the lines before it, n times
            :r FILE         runs the script of a file
            :help           shows this
            exit, quit      ends the session, as Ctrl-D does
            Ctrl-C          forgets what was typed, or ends the script that runs
            Tab             completes keywords and names; the arrows bring earlier batches back""";

    private final Terminal terminal;
    private final LineReader reader;
    private final Supplier<String> place;

    /**
     * A session.
     *
     * @param history file that keeps what was typed
     * @param place what the prompt shows: where statements go
     * @param names names of objects, asked for when something is completed
     */
    public Shell(Terminal terminal, Path history, Supplier<String> place, Supplier<Set<String>> names) {
        this.terminal = terminal;
        this.place = place;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("parley")
                .parser(new BatchLines())
                .completer(new WordCompleter(names))
                .history(new PastBatches(history))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P > ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
    }

    /**
     * Reads and runs until the end of the session.
     *
     * @param script runs a script; false ends the session
     * @param file runs a file; false ends the session
     * @return false when one of them has ended it
     */
    public boolean converse(Predicate<String> script, Predicate<Path> file) {
        while (true) {
            String typed;
            try {
                typed = reader.readLine(place.get() + "> ");
            } catch (UserInterruptException e) {
                continue;
            } catch (EndOfFileException e) {
                return true;
            }
            String command = typed.strip();
            String word = command.toLowerCase(Locale.ROOT);
            if (word.equals("exit") || word.equals("quit")) {
                return true;
            }
            if (!command.isEmpty() && !run(command, typed, script, file)) {
                return false;
            }
            terminal.flush();
        }
    }

    private boolean run(String command, String typed, Predicate<String> script, Predicate<Path> file) {
        String word = command.toLowerCase(Locale.ROOT);
        if (word.startsWith(":r ")) {
            return interruptible(() -> runFile(command.substring(3).strip(), file));
        }
        if (!word.startsWith(":")) {
            return interruptible(() -> script.test(typed));
        }
        terminal.writer()
                .println(
                        word.equals(":help")
                                ? HELP
                                : "'" + command + "' is no command of the session; :help shows those there are.");
        return true;
    }

    /** While a script runs, Ctrl-C ends it and not the session. */
    private boolean interruptible(BooleanSupplier work) {
        Thread session = Thread.currentThread();
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> session.interrupt());
        try {
            return work.getAsBoolean();
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            // a Ctrl-C that came too late is spent
            Thread.interrupted();
        }
    }

    private boolean runFile(String name, Predicate<Path> file) {
        String path = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1)
                : name;
        try {
            return file.test(Path.of(path));
        } catch (InvalidPathException e) {
            terminal.writer().println("'" + path + "' is no name of a file: " + e.getReason() + ".");
            return true;
        }
    }
}
