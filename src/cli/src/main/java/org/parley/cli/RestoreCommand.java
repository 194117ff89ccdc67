package org.parley.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.parley.Parley;
import org.parley.spi.RestoredBroker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a database of a copy. */
@Command(name = "restore", description = "Makes a database of a copy that parley backup, or a server, has written.")
final class RestoreCommand implements Callable<Integer> {

    @ParentCommand
    private ParleyCommand parley;

    @Mixin
    private Home home;

    @Option(
            names = "--database",
            required = true,
            paramLabel = "NAME",
            description = "Name of the new database; else PARLEY_DATABASE.")
    private String database;

    @Option(
            names = "--broker",
            paramLabel = "WHICH",
            defaultValue = "DISABLE_BROKER",
            description =
                    "Which broker it is: ${COMPLETION-CANDIDATES}; without, ${DEFAULT-VALUE}: it doesn't deliver until"
                            + " it is told.")
    private RestoredBroker broker;

    @Parameters(paramLabel = "DIR", description = "The copy; it stays as it is.")
    private Path directory;

    @Override
    public Integer call() {
        try (Parley server = home.open()) {
            server.server().restore(directory, database, broker);
        }
        parley.console().out().println("Database '" + database + "' was made of " + directory + ".");
        return 0;
    }
}
