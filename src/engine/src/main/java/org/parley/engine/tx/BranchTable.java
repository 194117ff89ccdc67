package org.parley.engine.tx;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.StoreException;
import org.parley.engine.tx.FinishedTransactions.Outcome;

/**
 * The branches of one broker database by global transaction. Whatever resource a call comes through, whatever branch
 * qualifier it carries, the same global transaction finds the same branch: the qualifier it was begun with carries it,
 * the others answer that they are read-only. What each verb is answered in each state is the table of the manual's page
 * "XA".
 */
public final class BranchTable {

    private final BranchContext context;
    private final WaitGraph graph;
    private final InDoubt inDoubt;
    private final Map<GlobalId, GlobalTransaction> running = new HashMap<>();
    private final FinishedTransactions finished = new FinishedTransactions();

    /** The table of one broker database; branches found in doubt at open are kept apart. */
    public BranchTable(BranchContext context, WaitGraph graph, InDoubt inDoubt) {
        this.context = context;
        this.graph = graph;
        this.inDoubt = inDoubt;
    }

    /** The context that its branches share. */
    public BranchContext context() {
        return context;
    }

    synchronized Branch start(Xid xid, int flags, int timeoutSeconds, BranchResource resource, Claim claim)
            throws XAException {
        GlobalTransaction known = running.get(GlobalId.of(xid));
        if (flags != XAResource.TMNOFLAGS) {
            return takeUp(xid, flags, resource, known);
        }
        if (inDoubt.knows(xid) || known != null && known.has(GlobalId.qualifier(xid))) {
            throw XaErrors.of(XAException.XAER_DUPID, "Transaction " + XidText.of(xid) + " has been started already.");
        }
        GlobalTransaction transaction = known == null ? begin(xid, timeoutSeconds, claim) : known;
        checkTakesWork(xid, transaction);
        transaction.start(resource, xid);
        return transaction.branch();
    }

    private Branch takeUp(Xid xid, int flags, BranchResource resource, GlobalTransaction known) throws XAException {
        if (known == null || !known.has(GlobalId.qualifier(xid))) {
            throw absent(xid);
        }
        checkTakesWork(xid, known);
        if (flags == XAResource.TMJOIN) {
            known.start(resource, xid);
        } else {
            known.resume(resource, xid);
        }
        return known.branch();
    }

    private GlobalTransaction begin(Xid xid, int timeoutSeconds, Claim claim) {
        FaultPoint.BRANCH_STARTED.reach();
        GlobalId id = GlobalId.of(xid);
        Branch branch = new Branch(context, KeptXid.of(xid), claim);
        GlobalTransaction transaction = new GlobalTransaction(id, branch, GlobalId.qualifier(xid));
        graph.add(branch);
        running.put(id, transaction);
        finished.remove(id);
        armTimeout(transaction, timeoutSeconds);
        return transaction;
    }

    private static void checkTakesWork(Xid xid, GlobalTransaction transaction) throws XAException {
        Branch branch = transaction.branch();
        if (!branch.active()) {
            throw branch.doom() != null
                    ? XaErrors.rolledBack(branch.doom())
                    : XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " takes no more work.");
        }
    }

    private void armTimeout(GlobalTransaction transaction, int seconds) {
        if (seconds > 0) {
            Branch branch = transaction.branch();
            transaction.timeout(context.clock()
                    .at(
                            context.clock().instant().plusSeconds(seconds),
                            () -> branch.doom(new BrokerException(
                                    ErrorNumbers.BRANCH_TIMEOUT,
                                    "It was not completed within " + seconds + " seconds."))));
        }
    }

    /** A resource ends its part; a transaction that has just been rolled back is no error. */
    void end(Xid xid, int flags, BranchResource resource) throws XAException {
        Branch branch = endPart(xid, flags, resource);
        if (branch != null && flags == XAResource.TMFAIL) {
            branch.doom(
                    new BrokerException(ErrorNumbers.TRANSACTION_ENDED, "Its transaction manager ended it as failed."));
        }
    }

    private synchronized Branch endPart(Xid xid, int flags, BranchResource resource) throws XAException {
        GlobalTransaction transaction = running.get(GlobalId.of(xid));
        if (transaction == null) {
            if (flags != XAResource.TMSUSPEND && finished.rolledBack(xid)) {
                return null;
            }
            throw absent(xid);
        }
        if (!transaction.has(GlobalId.qualifier(xid))) {
            throw unknown(xid);
        }
        if (transaction.branch().isPrepared()) {
            throw XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " is prepared.");
        }
        transaction.end(resource, xid, flags);
        return transaction.branch();
    }

    /** The running transaction of an Xid, in which no resource is active; null when it isn't running. */
    private synchronized GlobalTransaction idle(Xid xid) throws XAException {
        GlobalTransaction transaction = running(xid);
        if (transaction != null) {
            transaction.checkIdle(xid);
        }
        return transaction;
    }

    private synchronized GlobalTransaction running(Xid xid) throws XAException {
        GlobalTransaction transaction = running.get(GlobalId.of(xid));
        if (transaction != null && !transaction.has(GlobalId.qualifier(xid))) {
            throw unknown(xid);
        }
        return transaction;
    }

    int prepare(Xid xid) throws XAException {
        GlobalTransaction transaction = idle(xid);
        if (transaction == null) {
            agree(xid);
            return XAResource.XA_RDONLY;
        }
        if (!transaction.carriedBy(GlobalId.qualifier(xid))) {
            return vote(xid, transaction);
        }
        try {
            failIfDoomed(xid, transaction);
            if (transaction.branch().isPrepared()) {
                throw XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " is prepared already.");
            }
            FaultPoint.PREPARE_ASKED.reach();
            if (transaction.branch().prepare()) {
                transaction.cancelTimeout();
                FaultPoint.PREPARE_ANSWERS.reach();
                return XAResource.XA_OK;
            }
            finish(xid, transaction, Outcome.READ_ONLY);
            return XAResource.XA_RDONLY;
        } catch (BrokerException e) {
            throw failedAtCompletion(xid, transaction, e);
        }
    }

    /** A qualifier that doesn't carry votes read-only: the carrier's own vote decides. */
    private synchronized int vote(Xid xid, GlobalTransaction transaction) throws XAException {
        transaction.complete(GlobalId.qualifier(xid));
        BrokerException doom = transaction.branch().doom();
        if (doom != null && !transaction.branch().isPrepared()) {
            throw XaErrors.rolledBack(doom);
        }
        return XAResource.XA_RDONLY;
    }

    void commit(Xid xid, boolean onePhase) throws XAException {
        if (onePhase) {
            commitAtOnce(xid);
        } else {
            commitPrepared(xid);
        }
    }

    private void commitAtOnce(Xid xid) throws XAException {
        GlobalTransaction transaction = idle(xid);
        if (transaction == null) {
            agree(xid);
            return;
        }
        if (!transaction.carriedBy(GlobalId.qualifier(xid))) {
            throw XaErrors.of(
                    XAException.XAER_PROTO,
                    "Transaction " + XidText.of(xid)
                            + " is part of one that was begun here with another qualifier, and can't be committed alone.");
        }
        try {
            failIfDoomed(xid, transaction);
            if (transaction.branch().isPrepared()) {
                throw XaErrors.of(
                        XAException.XAER_PROTO,
                        "Transaction " + XidText.of(xid) + " is prepared; one phase can't commit it.");
            }
            transaction.branch().commit();
            finish(xid, transaction, Outcome.COMMITTED);
            FaultPoint.COMMIT_ANSWERS.reach();
        } catch (BrokerException e) {
            throw failedAtCompletion(xid, transaction, e);
        }
    }

    private void commitPrepared(Xid xid) throws XAException {
        GlobalTransaction transaction = running(xid);
        if (transaction == null) {
            if (!inDoubt.commit(xid)) {
                throw notPrepared(xid);
            }
            return;
        }
        if (!transaction.branch().isPrepared() || !transaction.carriedBy(GlobalId.qualifier(xid))) {
            throw XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " is not prepared.");
        }
        try {
            FaultPoint.COMMIT_ASKED.reach();
            transaction.branch().commitPrepared();
            finish(xid, transaction, Outcome.COMMITTED);
            FaultPoint.COMMIT_ANSWERS.reach();
        } catch (BrokerException e) {
            throw failedAtCompletion(xid, transaction, e);
        }
    }

    private synchronized XAException notPrepared(Xid xid) {
        return finished.complete(xid) == null
                ? unknown(xid)
                : XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " was not prepared.");
    }

    /** Always done, also while a resource is active: a transaction that is to end must not be kept alive by an order of calls. */
    void rollback(Xid xid) throws XAException {
        GlobalTransaction transaction = running(xid);
        if (transaction == null) {
            if (!inDoubt.rollback(xid)) {
                completeRolledBack(xid);
            }
            return;
        }
        transaction.branch().rollback();
        finish(xid, transaction, Outcome.ROLLED_BACK);
    }

    private synchronized void completeRolledBack(Xid xid) throws XAException {
        Outcome outcome = finished.complete(xid);
        if (outcome == null) {
            throw unknown(xid);
        }
        if (outcome == Outcome.COMMITTED) {
            throw XaErrors.of(
                    XAException.XAER_PROTO,
                    "Transaction " + XidText.of(xid) + " has been committed by another qualifier.");
        }
    }

    synchronized void forget(Xid xid) throws XAException {
        GlobalTransaction transaction = running(xid);
        throw transaction == null
                ? absent(xid)
                : XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " has not ended.");
    }

    /** Xids of the prepared branches, whichever process has prepared them. */
    Xid[] recoverable() throws XAException {
        try {
            return context.store().inDoubt().toArray(Xid[]::new);
        } catch (StoreException e) {
            throw XaErrors.of(XAException.XAER_RMFAIL, e);
        }
    }

    /** Detaches a resource without ending anything, as when its channel is closed. */
    synchronized void forgetResource(BranchResource resource) {
        running.values().forEach(transaction -> transaction.detach(resource));
    }

    /** Dooms every branch that can still be doomed, as when the memory behind them is discarded. */
    public void doomAll(BrokerException reason) {
        for (Branch branch : List.copyOf(graph.branches())) {
            branch.doom(reason);
        }
    }

    /** A qualifier is completed after the transaction has ended through another: the answer must agree with that. */
    private synchronized void agree(Xid xid) throws XAException {
        if (finished.agree(xid) == null) {
            throw absent(xid);
        }
    }

    private void failIfDoomed(Xid xid, GlobalTransaction transaction) throws XAException {
        BrokerException doom = transaction.branch().doom();
        // a time-out that came while it was being prepared is too late
        if (doom != null && !transaction.branch().isPrepared()) {
            transaction.branch().rollback();
            finish(xid, transaction, Outcome.ROLLED_BACK);
            throw XaErrors.rolledBack(doom);
        }
    }

    private XAException failedAtCompletion(Xid xid, GlobalTransaction transaction, BrokerException failure) {
        Branch branch = transaction.branch();
        if (failure.number() != ErrorNumbers.OUTCOME_UNKNOWN) {
            branch.rollback();
        }
        finish(xid, transaction, Outcome.ROLLED_BACK);
        return XaErrors.rolledBack(branch.doom() != null ? branch.doom() : failure);
    }

    /** What is said of a transaction that doesn't run: it waits for its outcome, or nobody knows it. */
    private XAException absent(Xid xid) {
        return inDoubt.knows(xid)
                ? XaErrors.of(
                        XAException.XAER_PROTO,
                        "Transaction " + XidText.of(xid) + " is prepared: it can be committed or rolled back.")
                : unknown(xid);
    }

    private static XAException unknown(Xid xid) {
        return XaErrors.of(XAException.XAER_NOTA, "Transaction " + XidText.of(xid) + " is not known here.");
    }

    private synchronized void finish(Xid xid, GlobalTransaction transaction, Outcome outcome) {
        transaction.cancelTimeout();
        transaction.detachAll();
        if (running.remove(transaction.id(), transaction)) {
            ByteBuffer qualifier = GlobalId.qualifier(xid);
            finished.add(
                    transaction.id(),
                    transaction.othersThan(qualifier),
                    outcome,
                    transaction.branch().doom());
            graph.remove(transaction.branch());
        }
    }
}
