package org.parley.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.parley.BrokerException;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.cli.format.RowWriter;
import org.parley.cli.shell.Shell;
import org.parley.sql.parse.BatchParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs scripts, or what somebody types. */
@Command(
        name = "sql",
        description = {
            "Runs scripts in the statement language: files, then a text, else standard input. At a terminal, without files"
                    + " and text, it is a session with editing, history and completion.",
            "Results and PRINT go to standard output, errors to standard error."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the scripts have run, whatever their errors",
            "1:the home can't be opened; with -b an error has ended the scripts",
            "2:the command line was wrong"
        })
final class SqlCommand implements Callable<Integer> {

    @ParentCommand
    private ParleyCommand parley;

    @Mixin
    private Home home;

    @Mixin
    private Output output;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            defaultValue = "master",
            description = "Database to begin in, made when missing; else PARLEY_DATABASE, else master.")
    private String database;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "Script to run; several in the order given.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-q", "--query"},
            paramLabel = "TEXT",
            description = "Statements to run, after the files.")
    private String text;

    @Option(
            names = {"-b", "--stop-at-error"},
            description = "Ends at the first error, with status 1.")
    private boolean untilError;

    @Override
    public Integer call() {
        Console console = parley.console();
        boolean typed = files.isEmpty() && text == null && console.terminal() != null;
        List<String> scripts = typed ? List.of() : scripts();
        loadLanguage();
        try (Parley server = home.open();
                LocalConnection connection = home.connect(server, database)) {
            openOthers(server, console);
            RowWriter writer = output.writer();
            if (typed) {
                return converse(server, connection, writer);
            }
            ScriptRun run = new ScriptRun(connection, writer, console.out(), console.err(), untilError);
            for (String script : scripts) {
                if (!run.run(script)) {
                    return ParleyCommand.FAILED;
                }
            }
            return 0;
        }
    }

    /** Scripts see all databases of the home, and what waits for another one is delivered. */
    private static void openOthers(Parley server, Console console) {
        for (String name : server.server().databasesInHome()) {
            try {
                server.server().ensureDatabase(name);
            } catch (BrokerException e) {
                // the script may be there to drop it
                console.err().println(ParleyCommand.message(e));
            }
        }
    }

    /** The grammar's tables take nearly as long to load as a database to open: both at once. */
    private static void loadLanguage() {
        Thread loading = new Thread(() -> BatchParser.parse("PRINT ''"), "parley-language");
        loading.setDaemon(true);
        loading.start();
    }

    private List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        files.forEach(file -> scripts.add(ScriptText.of(file)));
        if (text != null) {
            scripts.add(text);
        }
        if (scripts.isEmpty()) {
            try {
                scripts.add(ScriptText.of(parley.console().in().readAllBytes(), "Standard input"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return scripts;
    }

    private int converse(Parley server, LocalConnection connection, RowWriter writer) {
        Console console = parley.console();
        try (Terminal terminal = console.terminal().get()) {
            PrintWriter out = terminal.writer();
            ScriptRun run = new ScriptRun(connection, writer, out, console.err(), untilError);
            Shell shell = new Shell(
                    terminal,
                    history(console.environment()),
                    connection::database,
                    new ObjectNames(server, connection));
            return shell.converse(run::run, run::run) ? 0 : ParleyCommand.FAILED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path history(Map<String, String> environment) {
        String file = environment.get("PARLEY_HISTORY");
        return file == null ? Path.of(System.getProperty("user.home"), ".parley_history") : Path.of(file);
    }
}
