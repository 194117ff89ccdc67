package org.parley.cli;

import java.util.List;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.ScriptOutput.Rows;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows transactions in doubt, after it has ended one. */
@Command(
        name = "branches",
        description = "Shows transactions in doubt, and ends one in place of its transaction manager.")
final class BranchesCommand extends StateCommand {

    private static final String QUERY = """
            SELECT XID, STATE_DESC AS STATE, PREPARED_AT, AGE_SECONDS, GROUP_COUNT AS GROUPS,
                SENT_MESSAGES AS SENT, RECEIVED_MESSAGES AS RECEIVED, DECIDED_BY, DECIDED_AT
            FROM PARLEY.IN_DOUBT_BRANCHES
            """;

    @ArgGroup
    private Decision decision;

    /** What is done with one of them before the rest is shown. */
    static final class Decision {

        @Option(names = "--commit", paramLabel = "XID", description = "Commits a prepared transaction.")
        private String commit;

        @Option(names = "--rollback", paramLabel = "XID", description = "Rolls a prepared transaction back.")
        private String rollback;

        @Option(
                names = "--forget",
                paramLabel = "XID",
                description = "Forgets one that was ended so, when its transaction manager never comes.")
        private String forget;

        String xid() {
            return commit != null ? commit : rollback != null ? rollback : forget;
        }

        void in(LocalConnection connection) {
            if (commit != null) {
                connection.commitInDoubt(commit);
            } else if (rollback != null) {
                connection.rollbackInDoubt(rollback);
            } else {
                connection.forgetInDoubt(forget);
            }
        }
    }

    @Override
    void before(List<LocalConnection> connections) {
        if (decision == null) {
            return;
        }
        for (LocalConnection connection : connections) {
            if (connection.inDoubtBranches().stream()
                    .anyMatch(branch -> branch.xid().equals(decision.xid()))) {
                decision.in(connection);
                return;
            }
        }
        throw new BrokerException(
                ErrorNumbers.NOT_IN_DOUBT,
                "Transaction '" + decision.xid() + "' is not in doubt in any database of the home.");
    }

    @Override
    Rows rows(LocalConnection connection) {
        return new Queries(connection).select(QUERY);
    }
}
