package org.parley.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Parley;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command: which home, and as whom. */
final class Home {

    private static final int UNKNOWN_DATABASE = 911;

    // a mixin isn't told of the parent of a command that was added by its class
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--home",
            required = true,
            paramLabel = "DIR",
            description = "Home directory that holds the broker databases; else PARLEY_HOME.")
    private Path directory;

    @Option(names = "--user", paramLabel = "NAME", description = "User of the database; else PARLEY_USER, else dbo.")
    private String user;

    @Option(
            names = "--password",
            description = "Asks for the user's password, without showing it; else it is PARLEY_PASSWORD.")
    private boolean asks;

    /** Opens the server of the home, which is made when missing. */
    Parley open() {
        return Parley.open(directory);
    }

    /** Opens the server of a home that is there. */
    Parley openExisting() {
        if (!Files.isDirectory(directory)) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "Home directory '" + directory + "' doesn't exist; parley sql makes it, and so does a server.");
        }
        return open();
    }

    /** A database that must be in the home. */
    static String known(String database, List<String> inHome) {
        if (!inHome.contains(database)) {
            throw new BrokerException(
                    UNKNOWN_DATABASE,
                    "Database '" + database + "' does not exist in this home; there are " + inHome + ".");
        }
        return database;
    }

    LocalConnection connect(Parley server, String database) {
        return user == null ? server.connect(database) : server.connect(database, user, password());
    }

    private String password() {
        Console console = ((ParleyCommand) command.root().userObject()).console();
        if (!asks) {
            return console.environment().get("PARLEY_PASSWORD");
        }
        char[] given = console.password().apply("Password of " + user + ": ");
        return given == null ? null : new String(given);
    }
}
