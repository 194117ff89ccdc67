package org.parley.cli;

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
        exitCodeList = {"0:it went well", "1:an error, as each command says", "2:the command line was wrong"},
        subcommands = {
            SqlCommand.class,
            DatabasesCommand.class,
            QueuesCommand.class,
            ConversationsCommand.class,
            TransmissionCommand.class,
            DiagnoseCommand.class
        })
final class ParleyCommand {

    /** Status of a command that failed. */
    static final int FAILED = 1;

    private final Console console;

    ParleyCommand(Console console) {
        this.console = console;
    }

    /** Runs a command line and gives the exit status. */
    static int run(Console console, String... args) {
        return new CommandLine(new ParleyCommand(console))
                .setOut(console.out())
                .setErr(console.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(new EnvironmentDefaults(console.environment()))
                .setExecutionExceptionHandler((failure, line, parsed) -> failed(console, failure))
                .execute(args);
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
