package org.parley.cli;

import java.util.ArrayList;
import java.util.List;
import org.parley.ActivationDefinition;
import org.parley.LocalConnection;
import org.parley.QueueDefinition;
import org.parley.ScriptOutput.Column;
import org.parley.ScriptOutput.Rows;
import picocli.CommandLine.Command;

/** Shows queues. */
@Command(
        name = "queues",
        description = "Shows queues: whether they are on, how many messages they hold, and who reads them.")
final class QueuesCommand extends StateCommand {

    private static final List<Column> COLUMNS = List.of(
            new Column("queue", "sysname"),
            new Column("status", "varchar(3)"),
            new Column("messages", "bigint"),
            new Column("retention", "varchar(3)"),
            new Column("poison_message_handling", "varchar(13)"),
            new Column("activation", "varchar(3)"),
            new Column("procedure_name", "nvarchar(386)"),
            new Column("max_queue_readers", "int"),
            new Column("execute_as", "sysname"));

    @Override
    Rows rows(LocalConnection connection) {
        Queries queries = new Queries(connection);
        List<List<Object>> rows = new ArrayList<>();
        for (QueueDefinition queue : connection.catalog().queues()) {
            ActivationDefinition activation = queue.activation();
            List<Object> row = new ArrayList<>();
            row.add(queue.name());
            row.add(DatabasesCommand.onOff(queue.on()));
            row.add(queries.count(queue.name()));
            row.add(DatabasesCommand.onOff(queue.retention()));
            row.add(queue.poisonHandling() ? queue.poisonAction().name() : "OFF");
            row.add(DatabasesCommand.onOff(activation.on()));
            row.add(activation.procedure());
            row.add(activation.procedure() == null ? null : activation.maxReaders());
            row.add(activation.executeAs());
            rows.add(row);
        }
        return new Rows(COLUMNS, rows);
    }
}
