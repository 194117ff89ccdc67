package org.parley.engine.tx;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.parley.InDoubtBranch;
import org.parley.engine.store.DecisionRow;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;

/**
 * Outcomes of prepared branches that operators have decided: in the words of XA, heuristic ones. Each is on disk before
 * its branch is ended, so that a decision is never half done, and is remembered until its transaction manager forgets it.
 */
public final class Decisions {

    private final Store store;
    private final Consumer<Throwable> failed;
    private final Map<KeptXid, DecisionRow> remembered = new LinkedHashMap<>();

    /**
     * Those that are remembered. A branch that was decided and is prepared still, since the process ended between, is ended.
     *
     * @param failed is told when it isn't known what is on disk: memory is discarded and read anew
     */
    public Decisions(Store store, Consumer<Throwable> failed) {
        this.store = store;
        this.failed = failed;
        store.decisions().forEach(row -> remembered.put(KeptXid.of(row.xid()), row));
        if (!remembered.isEmpty()) {
            store.inDoubt().forEach(this::end);
        }
    }

    private void end(Xid xid) {
        DecisionRow row = remembered.get(KeptXid.of(xid));
        if (row != null && row.committed()) {
            store.commitInDoubt(xid);
        } else if (row != null) {
            store.rollbackInDoubt(xid);
        }
    }

    /** Notes a decision; it is durable when this returns. */
    void note(DecisionRow row) {
        write(transaction -> transaction.insertDecision(row));
        synchronized (this) {
            remembered.put(KeptXid.of(row.xid()), row);
        }
    }

    synchronized boolean knows(Xid xid) {
        return !remembered.isEmpty() && remembered.containsKey(KeptXid.of(xid));
    }

    private synchronized DecisionRow of(Xid xid) {
        return remembered.isEmpty() ? null : remembered.get(KeptXid.of(xid));
    }

    /** Fails as XA asks for when the outcome of a branch was decided. */
    void tell(Xid xid) throws XAException {
        DecisionRow row = of(xid);
        if (row != null) {
            throw XaErrors.of(
                    row.committed() ? XAException.XA_HEURCOM : XAException.XA_HEURRB,
                    "Transaction " + XidText.of(xid) + " was " + (row.committed() ? "committed" : "rolled back")
                            + " by "
                            + row.decidedBy() + " at " + Instant.ofEpochMilli(row.decidedAt())
                            + ", in place of its transaction manager.");
        }
    }

    /**
     * Remembers a decision no more; its row stays, as a record.
     *
     * @return false when there is none
     */
    boolean forget(Xid xid, Instant now) {
        DecisionRow row = of(xid);
        if (row == null) {
            return false;
        }
        write(transaction -> transaction.forgetDecision(row, now.toEpochMilli()));
        synchronized (this) {
            remembered.remove(KeptXid.of(xid));
        }
        return true;
    }

    private interface Write {
        void to(StoreTransaction transaction);
    }

    private void write(Write write) {
        StoreTransaction transaction = store.begin();
        try {
            write.to(transaction);
        } catch (RuntimeException | Error e) {
            transaction.rollback();
            throw e;
        }
        try {
            transaction.commit();
        } catch (StoreException e) {
            // it may be on disk: an outcome told by the transaction manager must not contradict it
            failed.accept(e);
            throw e;
        }
    }

    synchronized List<Xid> xids() {
        return List.copyOf(remembered.keySet());
    }

    synchronized List<InDoubtBranch> list() {
        return remembered.values().stream().map(Decisions::shown).toList();
    }

    private static InDoubtBranch shown(DecisionRow row) {
        return new InDoubtBranch(
                XidText.of(row.xid()),
                row.committed()
                        ? InDoubtBranch.State.HEURISTICALLY_COMMITTED
                        : InDoubtBranch.State.HEURISTICALLY_ROLLED_BACK,
                Instant.ofEpochMilli(row.preparedAt()),
                row.groups(),
                row.sent(),
                row.received(),
                row.decidedBy(),
                Instant.ofEpochMilli(row.decidedAt()));
    }
}
