package org.parley.engine.tx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.parley.BrokerException;

/**
 * How the last global transactions ended. A server that gives each resource a qualifier of its own completes the others
 * after the one that has ended the transaction: what they are answered must agree with that. Guarded by the branch table's
 * monitor.
 */
final class FinishedTransactions {

    private static final int REMEMBERED = 4096;

    private final Map<XidPart, Finished> finished = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<XidPart, Finished> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** What the end of a transaction has done. */
    enum Outcome {
        COMMITTED,
        READ_ONLY,
        ROLLED_BACK
    }

    /**
     * A transaction that has ended.
     *
     * @param others qualifiers that have not been completed
     * @param doom why it was rolled back, or null when nobody can ask any more
     */
    private record Finished(Set<XidPart> others, Outcome outcome, BrokerException doom) {}

    void add(XidPart id, Set<XidPart> others, Outcome outcome, BrokerException doom) {
        finished.put(id, new Finished(others, outcome, others.isEmpty() ? null : doom));
    }

    /** It has begun anew. */
    void remove(XidPart id) {
        finished.remove(id);
    }

    boolean rolledBack(Xid xid) {
        Finished known = finished.get(XidPart.global(xid));
        return known != null && known.outcome == Outcome.ROLLED_BACK;
    }

    /** Completes a qualifier and tells how its transaction ended; null when it has none to complete. */
    Outcome complete(Xid xid) {
        Finished known = finished.get(XidPart.global(xid));
        return known != null && known.others.remove(XidPart.qualifier(xid)) ? known.outcome : null;
    }

    /** As {@link #complete}, for who votes or commits: fails with the reason when it was rolled back. */
    Outcome agree(Xid xid) throws XAException {
        Outcome outcome = complete(xid);
        if (outcome == Outcome.ROLLED_BACK) {
            BrokerException doom = finished.get(XidPart.global(xid)).doom;
            throw doom != null
                    ? XaErrors.rolledBack(doom)
                    : XaErrors.of(
                            XAException.XA_RBROLLBACK, "Transaction " + XidText.of(xid) + " has been rolled back.");
        }
        return outcome;
    }
}
