package org.parley.cli;

import org.parley.LocalConnection;
import org.parley.ScriptOutput.Rows;
import picocli.CommandLine.Command;

/** Shows conversation endpoints. */
@Command(name = "conversations", description = "Shows the conversation endpoints, with the state of each.")
final class ConversationsCommand extends StateCommand {

    private static final String QUERY = """
            SELECT E.CONVERSATION_HANDLE, CASE WHEN E.IS_INITIATOR = 1 THEN 'initiator' ELSE 'target' END AS SIDE,
                S.NAME AS SERVICE, E.FAR_SERVICE, C.NAME AS CONTRACT, E.STATE_DESC AS STATE, E.CONVERSATION_ID,
                E.CONVERSATION_GROUP_ID, E.PRIORITY, E.SEND_SEQUENCE, E.RECEIVE_SEQUENCE, E.LIFETIME,
                CASE WHEN YEAR(E.DIALOG_TIMER) > 1900 THEN E.DIALOG_TIMER END AS DIALOG_TIMER
            FROM PARLEY.CONVERSATION_ENDPOINTS E
                LEFT JOIN PARLEY.SERVICES S ON S.SERVICE_ID = E.SERVICE_ID
                LEFT JOIN PARLEY.SERVICE_CONTRACTS C ON C.SERVICE_CONTRACT_ID = E.SERVICE_CONTRACT_ID
            WHERE E.IS_SYSTEM = 0
            """;

    @Override
    Rows rows(LocalConnection connection) {
        return new Queries(connection).select(QUERY);
    }
}
