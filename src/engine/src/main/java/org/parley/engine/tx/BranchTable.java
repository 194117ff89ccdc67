package org.parley.engine.tx;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.InDoubtBranch;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.DecisionRow;
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
    private final Decisions decisions;
    private final Map<XidPart, GlobalTransaction> running = new HashMap<>();
    private final FinishedTransactions finished = new FinishedTransactions();

    /** The table of one broker database; branches found in doubt at open, and decided ones, are kept apart. */
    public BranchTable(BranchContext context, WaitGraph graph, InDoubt inDoubt, Decisions decisions) {
        this.decisions = decisions;
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
        XidPart id = XidPart.global(xid);
        GlobalTransaction known = running.get(id);
        if (flags != XAResource.TMNOFLAGS) {
            return takeUp(xid, flags, resource, known);
        }
        if (isPrepared(xid) || known != null && known.has(XidPart.qualifier(xid))) {
            throw XaErrors.of(XAException.XAER_DUPID, "Transaction " + XidText.of(xid) + " has been started already.");
        }
        GlobalTransaction transaction = known == null ? begin(id, xid, timeoutSeconds, claim) : known;
        checkTakesWork(xid, transaction);
        transaction.start(resource, xid);
        return transaction.branch();
    }

    private Branch takeUp(Xid xid, int flags, BranchResource resource, GlobalTransaction known) throws XAException {
        if (known == null || !known.has(XidPart.qualifier(xid))) {
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

    private GlobalTransaction begin(XidPart id, Xid xid, int timeoutSeconds, Claim claim) {
        FaultPoint.BRANCH_STARTED.reach();
        Branch branch = new Branch(context, KeptXid.of(xid), claim);
        GlobalTransaction transaction = new GlobalTransaction(id, branch, XidPart.qualifier(xid));
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

    /** The clock's thread rings for all databases: it only says that the branch is doomed. */
    private void armTimeout(GlobalTransaction transaction, int seconds) {
        if (seconds > 0) {
            Branch branch = transaction.branch();
            transaction.timeout(context.clock().at(context.clock().instant().plusSeconds(seconds), () -> {
                if (branch.condemn(new BrokerException(
                        ErrorNumbers.BRANCH_TIMEOUT, "It was not completed within " + seconds + " seconds."))) {
                    context.aftermath().rollBack(branch);
                }
            }));
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
        GlobalTransaction transaction = running.get(XidPart.global(xid));
        if (transaction == null) {
            if (flags != XAResource.TMSUSPEND && !isPrepared(xid) && finished.rolledBack(xid)) {
                return null;
            }
            throw absent(xid);
        }
        if (!transaction.has(XidPart.qualifier(xid))) {
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
        GlobalTransaction transaction = running.get(XidPart.global(xid));
        if (transaction != null && !transaction.has(XidPart.qualifier(xid))) {
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
        if (!transaction.carriedBy(XidPart.qualifier(xid))) {
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
        transaction.complete(XidPart.qualifier(xid));
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
        if (!transaction.carriedBy(XidPart.qualifier(xid))) {
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
            if (!inDoubt.end(xid, true, any -> {})) {
                decisions.tell(xid);
                throw notPrepared(xid);
            }
            return;
        }
        if (!transaction.branch().isPrepared() || !transaction.carriedBy(XidPart.qualifier(xid))) {
            throw XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " is not prepared.");
        }
        try {
            FaultPoint.COMMIT_ASKED.reach();
            if (!transaction.branch().endPrepared(true, () -> {})) {
                decisions.tell(xid);
                throw unknown(xid);
            }
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
            if (!inDoubt.end(xid, false, any -> {})) {
                decisions.tell(xid);
                completeRolledBack(xid);
            }
            return;
        }
        try {
            transaction.branch().rollback();
        } catch (BrokerException e) {
            throw failedAtCompletion(xid, transaction, e);
        }
        decisions.tell(xid);
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

    void forget(Xid xid) throws XAException {
        if (running(xid) != null) {
            throw XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " has not ended.");
        }
        try {
            if (!decisions.forget(xid, context.clock().instant())) {
                throw absent(xid);
            }
        } catch (StoreException e) {
            throw XaErrors.of(XAException.XAER_RMFAIL, e);
        }
    }

    /** Branches that are prepared, whoever has prepared them, and decided ones that have not been forgotten. */
    public List<InDoubtBranch> inDoubt() {
        List<InDoubtBranch> all = new ArrayList<>(inDoubt.list());
        for (GlobalTransaction transaction : prepared()) {
            all.add(transaction.branch().shown());
        }
        all.addAll(decisions.list());
        all.sort(Comparator.comparing(InDoubtBranch::since));
        return all;
    }

    /** Number of branches that an earlier process has prepared, or this one longer ago than that. */
    public long inDoubtFor(Duration longer) {
        Instant bound = context.clock().instant().minus(longer);
        return inDoubt.list().size()
                + prepared().stream()
                        .filter(transaction ->
                                !transaction.branch().shown().since().isAfter(bound))
                        .count();
    }

    private synchronized List<GlobalTransaction> prepared() {
        return running.values().stream()
                .filter(transaction -> transaction.branch().isPrepared())
                .toList();
    }

    /**
     * Decides the outcome of a prepared branch in place of its transaction manager, which is told so when it comes.
     *
     * @param by who decides
     * @throws BrokerException {@link ErrorNumbers#NOT_IN_DOUBT} when no such branch is prepared,
     *     {@link ErrorNumbers#STORE_FAILED} when the decision could not be written, or may be and shows when the database is open
     *     again, and {@link ErrorNumbers#OUTCOME_UNKNOWN} when it is written: the branch is ended so when the database is open again
     */
    public void decide(Xid xid, boolean commit, String by) {
        if (!decideHere(xid, commit, by) && !decideInDoubt(xid, commit, by)) {
            throw notInDoubt(xid);
        }
        context.listener().branchDecided(context.database(), XidText.of(xid), commit, by);
    }

    private boolean decideHere(Xid xid, boolean commit, String by) {
        GlobalTransaction transaction;
        synchronized (this) {
            transaction = running.get(XidPart.global(xid));
        }
        if (transaction == null || !transaction.carriedBy(XidPart.qualifier(xid))) {
            return false;
        }
        Branch branch = transaction.branch();
        try {
            return branch.endPrepared(commit, () -> note(xid, branch.shown(), commit, by));
        } finally {
            if (branch.ended()) {
                finish(xid, transaction, commit ? Outcome.COMMITTED : Outcome.ROLLED_BACK);
            }
        }
    }

    private boolean decideInDoubt(Xid xid, boolean commit, String by) {
        try {
            return inDoubt.end(xid, commit, branch -> note(xid, branch, commit, by));
        } catch (XAException e) {
            throw BranchErrors.outcomeUnknown(e, context);
        }
    }

    private void note(Xid xid, InDoubtBranch branch, boolean commit, String by) {
        try {
            decisions.note(new DecisionRow(
                    KeptXid.of(xid),
                    commit,
                    by,
                    context.clock().millis(),
                    branch.since().toEpochMilli(),
                    branch.groups(),
                    branch.sent(),
                    branch.received()));
        } catch (StoreException e) {
            throw BranchErrors.translated(e, context);
        }
    }

    /**
     * Forgets a decision in place of the transaction manager.
     *
     * @throws BrokerException {@link ErrorNumbers#NOT_IN_DOUBT} when no such branch was decided
     */
    public void forgetDecision(Xid xid) {
        try {
            if (!decisions.forget(xid, context.clock().instant())) {
                throw notInDoubt(xid);
            }
        } catch (StoreException e) {
            throw BranchErrors.translated(e, context);
        }
    }

    private BrokerException notInDoubt(Xid xid) {
        String what = decisions.knows(xid)
                ? " has been ended already."
                : " is not in doubt; IN_DOUBT_BRANCHES shows what is.";
        return new BrokerException(
                ErrorNumbers.NOT_IN_DOUBT,
                "Transaction " + XidText.of(xid) + " of database '" + context.database() + "'" + what);
    }

    /** Xids of the prepared branches, whichever process has prepared them, and of those that were decided. */
    Xid[] recoverable() throws XAException {
        try {
            List<Xid> xids = new ArrayList<>(context.store().inDoubt());
            xids.addAll(decisions.xids());
            return xids.toArray(Xid[]::new);
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
        BrokerException reason = branch.doom() != null ? branch.doom() : failure;
        if (failure.number() != ErrorNumbers.OUTCOME_UNKNOWN) {
            branch.rollback();
        }
        finish(xid, transaction, Outcome.ROLLED_BACK);
        return XaErrors.rolledBack(reason);
    }

    /** What is said of a transaction that doesn't run: it waits for its outcome, or nobody knows it. */
    private XAException absent(Xid xid) {
        return isPrepared(xid)
                ? XaErrors.of(
                        XAException.XAER_PROTO,
                        "Transaction " + XidText.of(xid) + " is prepared: its outcome is to be told.")
                : unknown(xid);
    }

    private boolean isPrepared(Xid xid) {
        return inDoubt.knows(xid) || decisions.knows(xid);
    }

    private static XAException unknown(Xid xid) {
        return XaErrors.of(XAException.XAER_NOTA, "Transaction " + XidText.of(xid) + " is not known here.");
    }

    private synchronized void finish(Xid xid, GlobalTransaction transaction, Outcome outcome) {
        transaction.cancelTimeout();
        transaction.detachAll();
        if (running.remove(transaction.id(), transaction)) {
            finished.add(
                    transaction.id(),
                    transaction.leftBy(XidPart.qualifier(xid)),
                    outcome,
                    transaction.branch().doom());
            graph.remove(transaction.branch());
        }
    }
}
