package org.parley.cli;

import java.util.ArrayList;
import java.util.List;
import org.parley.DatabaseOptions;
import org.parley.LocalConnection;
import org.parley.ScriptOutput.Column;
import org.parley.ScriptOutput.Rows;
import picocli.CommandLine.Command;

/** Shows the databases of a home. */
@Command(name = "databases", description = "Shows the databases of a home, with their broker instance and options.")
final class DatabasesCommand extends StateCommand {

    private static final List<Column> COLUMNS = List.of(
            new Column("service_broker_guid", "uniqueidentifier"),
            new Column("broker", "varchar(3)"),
            new Column("trustworthy", "varchar(3)"),
            new Column("honor_broker_priority", "varchar(3)"),
            new Column("master_key", "varchar(3)"));

    @Override
    Rows rows(LocalConnection connection) {
        DatabaseOptions options = connection.catalog().options();
        List<Object> row = new ArrayList<>();
        row.add(connection.brokerInstance());
        row.add(onOff(options.brokerEnabled()));
        row.add(onOff(options.trustworthy()));
        row.add(onOff(options.honorBrokerPriority()));
        row.add(options.masterKey() ? "yes" : "no");
        return new Rows(COLUMNS, List.of(row));
    }

    static String onOff(boolean on) {
        return on ? "ON" : "OFF";
    }
}
