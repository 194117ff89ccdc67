package org.parley.sql.run;

import java.util.Set;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/** What an error ends when no CATCH takes it. */
enum Consequence {
    /** Nothing, not even under XACT_ABORT: RAISERROR. */
    NOTHING,
    /** Its statement. */
    STATEMENT,
    /** The batch, procedure or text that it stands in; the transaction stays. */
    SCOPE,
    /** The batch with all procedures on the way; the transaction stays: THROW. */
    BATCH,
    /** The batch, and the transaction is rolled back; under a CATCH the transaction is doomed. */
    TRANSACTION;

    /** What is missing is found out when the statement is compiled, which ends the scope. */
    private static final Set<Integer> OF_SCOPE = Set.of(207, 208, 911);

    private static final Set<Integer> OF_TRANSACTION = Set.of(
            // values that can't be converted
            235,
            236,
            241,
            242,
            244,
            245,
            248,
            293,
            295,
            296,
            8114,
            8169,
            9807,
            // the store has rolled back
            ErrorNumbers.DEADLOCK_VICTIM,
            ErrorNumbers.TRANSACTION_ENDED,
            ErrorNumbers.BRANCH_TIMEOUT,
            ErrorNumbers.NOT_RUNNING,
            ErrorNumbers.OUTCOME_UNKNOWN,
            ErrorNumbers.SCRIPT_INTERRUPTED);

    static Consequence of(BrokerException error) {
        if (OF_TRANSACTION.contains(error.number())) {
            return TRANSACTION;
        }
        return OF_SCOPE.contains(error.number()) ? SCOPE : STATEMENT;
    }

    boolean endsTransaction(boolean xactAbort) {
        return this == TRANSACTION || xactAbort && this != NOTHING;
    }

    boolean endsBatch(boolean xactAbort) {
        return this == BATCH || endsTransaction(xactAbort);
    }
}
