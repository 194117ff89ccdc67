package org.parley.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.parley.Parley;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Copies a database. */
@Command(name = "backup", description = "Copies a database of the home into a directory that doesn't exist yet.")
final class BackupCommand implements Callable<Integer> {

    @ParentCommand
    private ParleyCommand parley;

    @Mixin
    private Home home;

    @Option(
            names = "--database",
            required = true,
            paramLabel = "NAME",
            description = "The database; else PARLEY_DATABASE.")
    private String database;

    @Parameters(paramLabel = "DIR", description = "Where the copy goes.")
    private Path directory;

    @Override
    public Integer call() {
        try (Parley server = home.openExisting()) {
            server.server().backup(database, directory);
        }
        parley.console().out().println("Database '" + database + "' was copied to " + directory + ".");
        return 0;
    }
}
