package org.parley.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.ScriptOutput.Column;
import org.parley.ScriptOutput.Rows;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows the same rows of one database or of all, those of one after those of the other. */
abstract class StateCommand implements Callable<Integer> {

    @ParentCommand
    private ParleyCommand parley;

    @Mixin
    private Home home;

    @Mixin
    private Output output;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "One database; else PARLEY_DATABASE, else all of the home.")
    private String database;

    /** Rows of one database. */
    abstract Rows rows(LocalConnection connection);

    /** What is done in the chosen databases before their rows are shown. */
    void before(List<LocalConnection> connections) {}

    @Override
    public final Integer call() {
        List<LocalConnection> connections = new ArrayList<>();
        try (Parley server = home.openExisting()) {
            List<String> all = server.server().databasesInHome();
            for (String name : database == null ? all : List.of(Home.known(database, all))) {
                connections.add(home.connect(server, name));
            }
            before(connections);
            List<Rows> parts = new ArrayList<>();
            for (LocalConnection connection : connections) {
                parts.add(named(connection.database(), rows(connection)));
            }
            if (!parts.isEmpty()) {
                output.writer().rows(joined(parts), parley.console().out());
            }
        } finally {
            connections.forEach(LocalConnection::close);
        }
        return 0;
    }

    /** The rows with the name of their database in front. */
    private static Rows named(String database, Rows rows) {
        List<Column> columns = new ArrayList<>(rows.columns());
        columns.add(0, new Column("database", "sysname"));
        List<List<Object>> named = new ArrayList<>();
        for (List<Object> row : rows.rows()) {
            List<Object> cells = new ArrayList<>(row);
            cells.add(0, database);
            named.add(cells);
        }
        return new Rows(columns, named);
    }

    private static Rows joined(List<Rows> parts) {
        List<List<Object>> rows = new ArrayList<>();
        parts.forEach(part -> rows.addAll(part.rows()));
        return new Rows(parts.get(0).columns(), rows);
    }
}
