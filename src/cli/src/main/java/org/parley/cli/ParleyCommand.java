package org.parley.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.parley.BrokerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command itself; does nothing without one of its subcommands. */
@Command(
        name = "parley",
        description = "Scripts, state and diagnosis of a Parley home directory that no server has open.",
        mixinStandardHelpOptions = true,
        versionProvider = ParleyCommand.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:it went well", "1:an error, as each command says", "2:the command line was wrong"})
final class ParleyCommand {

    /** Status of a command that failed. */
    static final int FAILED = 1;

    private final Console console;

    ParleyCommand(Console console) {
        this.console = console;
    }

    /** Runs a command line and gives the exit status. */
    static int run(Console console, String... args) {
        return line(console, args)
                .setOut(console.out())
                .setErr(console.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(new EnvironmentDefaults(console.environment()))
                .setExecutionExceptionHandler((failure, line, parsed) -> failed(console, failure))
                .execute(args);
    }

    /** With the subcommand that is called; with all of them, each of which takes its time to be looked through, else. */
    private static CommandLine line(Console console, String... args) {
        CommandLine line = new CommandLine(new ParleyCommand(console));
        Map<String, Class<?>> commands = commands();
        if (args.length > 0 && commands.containsKey(args[0])) {
            return line.addSubcommand(args[0], commands.get(args[0]));
        }
        commands.forEach(line::addSubcommand);
        return line;
    }

    /** Subcommands, in the order in which the help names them. */
    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("sql", SqlCommand.class);
        commands.put("databases", DatabasesCommand.class);
        commands.put("queues", QueuesCommand.class);
        commands.put("conversations", ConversationsCommand.class);
        commands.put("transmission", TransmissionCommand.class);
        commands.put("branches", BranchesCommand.class);
        commands.put("diagnose", DiagnoseCommand.class);
        commands.put("backup", BackupCommand.class);
        commands.put("restore", RestoreCommand.class);
        return commands;
    }

    private static int failed(Console console, Exception failure) throws Exception {
        if (!(failure instanceof BrokerException error)) {
            throw failure;
        }
        console.out().flush();
        console.err().println(message(error));
        return FAILED;
    }

    /** An error outside scripts, as people know them. */
    static String message(BrokerException error) {
        return "Msg " + error.number() + ", Level 16, State 1\n" + error.getMessage();
    }

    Console console() {
        return console;
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Version.class.getPackage().getImplementationVersion();
            return new String[] {"parley " + (version == null ? "(not packaged)" : version)};
        }
    }
}
