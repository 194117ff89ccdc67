package org.parley.cli;

import org.parley.LocalConnection;
import org.parley.ScriptOutput.Rows;
import picocli.CommandLine.Command;

/** Shows what waits to be delivered. */
@Command(name = "transmission", description = "Shows the messages that wait to be delivered, and why they wait.")
final class TransmissionCommand extends StateCommand {

    private static final String QUERY = """
            SELECT CONVERSATION_HANDLE, FROM_SERVICE_NAME AS FROM_SERVICE, TO_SERVICE_NAME AS TO_SERVICE,
                TO_BROKER_INSTANCE, MESSAGE_SEQUENCE_NUMBER, MESSAGE_TYPE_NAME AS MESSAGE_TYPE, ENQUEUE_TIME, PRIORITY,
                LENGTH(MESSAGE_BODY) AS BYTES, TRANSMISSION_STATUS
            FROM PARLEY.TRANSMISSION_QUEUE
            """;

    @Override
    Rows rows(LocalConnection connection) {
        return new Queries(connection).select(QUERY);
    }
}
