package org.parley.engine.tx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.StoreException;
import org.parley.spi.BrokerClock;

/**
 * The branches of one broker database by global transaction. Whatever resource a call comes through, whatever branch
 * qualifier it carries, the same global transaction finds the same branch: the qualifier it was begun with carries it,
 * the others answer that they are read-only.
 */
public final class BranchTable {

    private static final int REMEMBERED = 4096;

    private final BranchContext context;
    private final WaitGraph graph;
    private final InDoubt inDoubt;
    private final Map<GlobalId, Entry> entries = new HashMap<>();

    // a server that gives each resource its own qualifier completes the others after the carrier
    private final Map<GlobalId, Finished> finished = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<GlobalId, Finished> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The table of one broker database; branches found in doubt at open are kept apart. */
    public BranchTable(BranchContext context, WaitGraph graph, InDoubt inDoubt) {
        this.context = context;
        this.graph = graph;
        this.inDoubt = inDoubt;
    }

    /** How a transaction ended, remembered for the qualifiers that have not been completed themselves. */
    private record Finished(Set<ByteBuffer> others, boolean committed) {}

    /** A global transaction and who takes part in it. */
    static final class Entry {

        private final Branch branch;
        private final ByteBuffer carrier;
        private final Set<ByteBuffer> qualifiers = new HashSet<>();
        private final Set<BranchResource> attached = new HashSet<>();
        private BrokerClock.Alarm timeout;

        Entry(Branch branch, ByteBuffer carrier) {
            this.branch = branch;
            this.carrier = carrier;
        }

        Branch branch() {
            return branch;
        }
    }

    /** The context that its branches share. */
    public BranchContext context() {
        return context;
    }

    synchronized Branch start(Xid xid, int flags, int timeoutSeconds, BranchResource resource, Claim claim)
            throws XAException {
        GlobalId id = GlobalId.of(xid);
        ByteBuffer qualifier = GlobalId.qualifier(xid);
        Entry entry = entries.get(id);
        if (flags == XAResource.TMNOFLAGS) {
            if (entry != null && entry.qualifiers.contains(qualifier)) {
                throw XaErrors.of(
                        XAException.XAER_DUPID, "Transaction " + XidText.of(xid) + " has been started already.");
            }
            if (inDoubt.knows(xid)) {
                throw XaErrors.of(XAException.XAER_DUPID, "Transaction " + XidText.of(xid) + " is prepared already.");
            }
        } else if (entry == null) {
            throw XaErrors.of(XAException.XAER_NOTA, "Transaction " + XidText.of(xid) + " is not known here.");
        }
        if (entry == null) {
            FaultPoint.BRANCH_STARTED.reach();
            Branch branch = new Branch(context, KeptXid.of(xid), claim);
            graph.add(branch);
            entry = new Entry(branch, qualifier);
            entries.put(id, entry);
            finished.remove(id);
            armTimeout(entry, timeoutSeconds);
        } else if (!entry.branch.active()) {
            throw entry.branch.doom() != null
                    ? XaErrors.rolledBack(entry.branch.doom())
                    : XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " takes no more work.");
        }
        entry.qualifiers.add(qualifier);
        entry.attached.add(resource);
        return entry.branch;
    }

    private void armTimeout(Entry entry, int seconds) {
        if (seconds > 0) {
            Branch branch = entry.branch;
            entry.timeout = context.clock()
                    .at(
                            context.clock().instant().plusSeconds(seconds),
                            () -> branch.doom(new BrokerException(
                                    ErrorNumbers.BRANCH_TIMEOUT,
                                    "It was not completed within " + seconds + " seconds.")));
        }
    }

    /** A resource ends its part; a transaction that is over already, or unknown but just finished, is no error. */
    void end(Xid xid, int flags) throws XAException {
        Entry entry = entry(xid);
        if (entry == null) {
            if (isFinished(xid)) {
                return;
            }
            throw unknown(xid);
        }
        if (flags == XAResource.TMFAIL) {
            entry.branch.doom(
                    new BrokerException(ErrorNumbers.TRANSACTION_ENDED, "Its transaction manager ended it as failed."));
        }
    }

    int prepare(Xid xid) throws XAException {
        Entry entry = entry(xid);
        if (entry == null) {
            completeFollower(xid);
            return XAResource.XA_RDONLY;
        }
        if (!GlobalId.qualifier(xid).equals(entry.carrier)) {
            return XAResource.XA_RDONLY;
        }
        try {
            failIfDoomed(xid, entry);
            if (entry.branch.isPrepared()) {
                throw XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " is prepared already.");
            }
            FaultPoint.PREPARE_ASKED.reach();
            if (entry.branch.prepare()) {
                cancelTimeout(entry);
                detach(entry);
                FaultPoint.PREPARE_ANSWERS.reach();
                return XAResource.XA_OK;
            }
            finish(xid, entry);
            return XAResource.XA_RDONLY;
        } catch (BrokerException e) {
            throw failedAtCompletion(xid, entry, e);
        }
    }

    void commit(Xid xid, boolean onePhase) throws XAException {
        Entry entry = entry(xid);
        if (entry == null) {
            if (!onePhase && inDoubt.commit(xid)) {
                return;
            }
            completeFollower(xid);
            return;
        }
        if (!GlobalId.qualifier(xid).equals(entry.carrier)) {
            // the carrier's own commit decides; this qualifier has voted read-only
            return;
        }
        try {
            failIfDoomed(xid, entry);
            if (onePhase) {
                if (entry.branch.isPrepared()) {
                    throw XaErrors.of(
                            XAException.XAER_PROTO,
                            "Transaction " + XidText.of(xid) + " is prepared; one phase can't commit it.");
                }
                entry.branch.commit();
            } else {
                if (!entry.branch.isPrepared()) {
                    throw XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " is not prepared.");
                }
                FaultPoint.COMMIT_ASKED.reach();
                entry.branch.commitPrepared();
            }
            finish(xid, entry);
            FaultPoint.COMMIT_ANSWERS.reach();
        } catch (BrokerException e) {
            throw failedAtCompletion(xid, entry, e);
        }
    }

    void rollback(Xid xid) throws XAException {
        Entry entry = entry(xid);
        if (entry == null) {
            if (!inDoubt.rollback(xid) && !follows(xid)) {
                throw unknown(xid);
            }
            return;
        }
        entry.branch.rollback();
        finish(xid, entry);
    }

    void forget(Xid xid) throws XAException {
        throw unknown(xid);
    }

    Xid[] recover(int flags) throws XAException {
        if ((flags & ~(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)) != 0) {
            throw XaErrors.of(XAException.XAER_INVAL, "Flags " + flags + " are none of recover's.");
        }
        if ((flags & XAResource.TMSTARTRSCAN) == 0) {
            return new Xid[0];
        }
        try {
            return context.store().inDoubt().toArray(Xid[]::new);
        } catch (StoreException e) {
            throw XaErrors.of(XAException.XAER_RMFAIL, e);
        }
    }

    /** Detaches a resource without ending anything, as when its channel is closed. */
    synchronized void forgetResource(BranchResource resource) {
        entries.values().forEach(entry -> entry.attached.remove(resource));
    }

    /** Dooms every branch that can still be doomed, as when the memory behind them is discarded. */
    public void doomAll(BrokerException reason) {
        for (Branch branch : List.copyOf(graph.branches())) {
            branch.doom(reason);
        }
    }

    private synchronized Entry entry(Xid xid) {
        return entries.get(GlobalId.of(xid));
    }

    private synchronized boolean isFinished(Xid xid) {
        return finished.containsKey(GlobalId.of(xid));
    }

    private synchronized boolean follows(Xid xid) {
        Finished known = finished.get(GlobalId.of(xid));
        return known != null && known.others.contains(GlobalId.qualifier(xid));
    }

    /** A qualifier is completed after the transaction has ended through another: the answer must agree with that. */
    private synchronized void completeFollower(Xid xid) throws XAException {
        if (!follows(xid)) {
            throw unknown(xid);
        }
        if (!finished.get(GlobalId.of(xid)).committed) {
            throw XaErrors.of(XAException.XA_RBROLLBACK, "Transaction " + XidText.of(xid) + " has been rolled back.");
        }
    }

    private void failIfDoomed(Xid xid, Entry entry) throws XAException {
        BrokerException doom = entry.branch.doom();
        // a time-out that came while it was being prepared is too late
        if (doom != null && !entry.branch.isPrepared()) {
            entry.branch.rollback();
            finish(xid, entry);
            throw XaErrors.rolledBack(doom);
        }
    }

    private XAException failedAtCompletion(Xid xid, Entry entry, BrokerException failure) {
        if (failure.number() == ErrorNumbers.OUTCOME_UNKNOWN) {
            finish(xid, entry);
            return XaErrors.of(XAException.XAER_RMFAIL, failure);
        }
        entry.branch.rollback();
        finish(xid, entry);
        return XaErrors.rolledBack(entry.branch.doom() != null ? entry.branch.doom() : failure);
    }

    private static XAException unknown(Xid xid) {
        return XaErrors.of(XAException.XAER_NOTA, "Transaction " + XidText.of(xid) + " is not known here.");
    }

    private synchronized void finish(Xid xid, Entry entry) {
        cancelTimeout(entry);
        detach(entry);
        entries.remove(GlobalId.of(xid));
        Set<ByteBuffer> others = new HashSet<>(entry.qualifiers);
        others.remove(GlobalId.qualifier(xid));
        finished.put(GlobalId.of(xid), new Finished(others, entry.branch.committed()));
        graph.remove(entry.branch);
    }

    private void cancelTimeout(Entry entry) {
        if (entry.timeout != null) {
            entry.timeout.cancel();
            entry.timeout = null;
        }
    }

    private synchronized void detach(Entry entry) {
        List<BranchResource> resources = new ArrayList<>(entry.attached);
        entry.attached.clear();
        for (BranchResource resource : resources) {
            resource.detachedFrom(entry.branch);
        }
    }

    /** Runs something with the wait graph, for local branches. */
    public <T> T withGraph(Function<WaitGraph, T> work) {
        return work.apply(graph);
    }
}
