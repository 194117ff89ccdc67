package org.parley.engine.tx;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.InDoubtBranch;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.fault.Fault;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;

/**
 * All the work of one transaction in one broker database: one transaction of the store, one set of group locks, one list
 * of drafts that become true in memory after the store has said yes.
 *
 * <p>Once the store has rolled the transaction back by itself, or a time-out or a dead-lock has ended it, the branch is
 * closed: its locks are free at once and every later call fails with the reason, so that work never goes on in silence.
 */
public final class Branch implements Ending, Store.Hold {

    private enum Phase {
        ACTIVE,
        PREPARED,
        COMMITTED,
        ROLLED_BACK
    }

    private final BranchContext context;
    private final Xid carrier;
    private final Claim claim;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Drafts drafts = new Drafts();

    // the next three are guarded by the table's lock
    private final HeldGroups held;
    private final Set<Group> told = new HashSet<>();
    private BranchWait wait;

    private volatile StoreTransaction store;
    private volatile Phase phase = Phase.ACTIVE;
    private ManifestRow manifest;
    private long preparedAt;
    private volatile BrokerException doom;
    private volatile Thread lastThread = Thread.currentThread();

    /**
     * A branch; the store's transaction begins with the first statement.
     *
     * @param carrier the Xid that carries it, or null for a local transaction
     * @param claim the claim of the delivery that begins it, or null
     */
    public Branch(BranchContext context, Xid carrier, Claim claim) {
        this.context = context;
        this.carrier = carrier;
        this.claim = claim;
        this.held = new HeldGroups(this, context.table());
    }

    /** What the branches of this database share. */
    public BranchContext context() {
        return context;
    }

    /**
     * Runs one statement: one at a time, not after the end, failures translated. What is wrong with the call is found
     * before anything is written; any other failure may have come halfway, so it closes the branch.
     */
    public <T> T work(Supplier<T> statement) {
        mutex.lock();
        try {
            checkActive();
            lastThread = Thread.currentThread();
            return statement.get();
        } catch (BrokerException e) {
            throw e;
        } catch (StoreException e) {
            throw abandoned(failed(e));
        } catch (RuntimeException | Error e) {
            abandoned(new BrokerException(ErrorNumbers.TRANSACTION_ENDED, "A statement failed halfway: " + e, e));
            throw e;
        } finally {
            release();
        }
    }

    /**
     * Keeps the branch from being ended by other threads until it is released: a statement of the JDBC face runs in its
     * store's transaction.
     */
    public Branch hold() {
        mutex.lock();
        return this;
    }

    @Override
    public boolean covers(Store.SqlSource source) {
        return source == store || NONE.covers(source);
    }

    @Override
    public void release() {
        try {
            if (mutex.getHoldCount() == 1) {
                if (phase == Phase.ACTIVE && store != null && store.lost() != null) {
                    failed(store.lost());
                }
                closeIfDoomed();
            }
        } finally {
            mutex.unlock();
        }
        // doomed between the two, by a thread that found the mutex taken
        closeIfFree();
    }

    /** Rolls it back when it is doomed, unless a statement runs: that does so when it returns. */
    public void closeIfFree() {
        if (doom != null && phase == Phase.ACTIVE && !mutex.isHeldByCurrentThread() && mutex.tryLock()) {
            try {
                closeIfDoomed();
            } finally {
                mutex.unlock();
            }
        }
    }

    /** The store's transaction. Only inside {@link #work} or for the JDBC face. */
    public StoreTransaction store() {
        if (store == null) {
            store = carrier == null ? context.store().begin() : context.store().begin(carrier);
        }
        return store;
    }

    StoreTransaction storeIfBegun() {
        return store;
    }

    /** The draft of a committed endpoint, made when there is none. The group must be held. */
    public Draft draft(Endpoint endpoint) {
        return drafts.of(endpoint);
    }

    /** The draft of an id, or null. */
    public Draft draftIfAny(long id) {
        return drafts.get(id);
    }

    /** The committed endpoints of a held group as this branch has moved them, in a list of the caller's. Under the table's lock. */
    public List<Endpoint> endpointsOf(Group group) {
        return drafts.inGroup(group);
    }

    /** Groups that GET CONVERSATION GROUP has told and nothing was received from since. Under the table's lock. */
    public Set<Group> told() {
        return told;
    }

    /** Begins an endpoint; its group is held and its contract in use. Under the table's lock. */
    public Draft begin(EndpointRow row, Group group, EndpointState state) {
        return drafts.begin(row, group, state);
    }

    @Override
    public Collection<Draft> drafts() {
        return drafts.all();
    }

    /** Writes what drafts hold back, so that the JDBC face sees it. */
    public void flush() {
        drafts.writeTo(this::store);
    }

    /** A savepoint was set in the store: {@link #rolledBackTo} brings the branch back to this moment. */
    public void savepointSet(String name) {
        drafts.savepointSet(name);
    }

    /** The store went back to a savepoint. Group locks stay; messages put back don't count as received. */
    public void rolledBackTo(String name) {
        drafts.rolledBackTo(name);
    }

    /** Messages of this group have been received. */
    public void received(Group group) {
        drafts.receivedFrom().add(group);
    }

    @Override
    public Set<Group> receivedFrom() {
        return drafts.receivedFrom();
    }

    @Override
    public HeldGroups held() {
        return held;
    }

    Claim claim() {
        return claim;
    }

    /** The thread that worked in it last: if it waits for a group of this branch, nobody can ever end the wait. */
    public Thread lastThread() {
        return lastThread;
    }

    /** What a statement of it waits for. Under the table's lock. */
    public BranchWait waiting() {
        if (wait == null) {
            wait = new BranchWait();
        }
        return wait;
    }

    private void wakeUp() {
        context.table().locked(() -> {
            if (wait != null) {
                wait.wake();
            }
        });
    }

    /** Whether it can still be worked in. */
    public boolean active() {
        return phase == Phase.ACTIVE && doom == null;
    }

    /** Whether nothing was done in it yet. */
    public boolean untouched() {
        return active()
                && store == null
                && context.table().locked(() -> drafts.all().isEmpty() && held.none());
    }

    /** Whether it was committed. */
    public boolean committed() {
        return phase == Phase.COMMITTED;
    }

    /** Whether it has ended, one way or the other. */
    public boolean ended() {
        return phase == Phase.COMMITTED || phase == Phase.ROLLED_BACK;
    }

    /** Whether it is prepared. */
    public boolean isPrepared() {
        return phase == Phase.PREPARED;
    }

    /** Why it can only be rolled back, or null. */
    public BrokerException doom() {
        return doom;
    }

    /** Fails with the reason when the branch can't be worked in. */
    public void checkActive() {
        BrokerException reason = doom;
        if (reason != null) {
            throw BranchErrors.ended(reason, context);
        }
        if (phase != Phase.ACTIVE) {
            throw BranchErrors.notActive(phase, context);
        }
        if (store != null && store.lost() != null) {
            throw failed(store.lost());
        }
    }

    /** Dooms the branch: it is rolled back here and now or, while a statement runs, when that returns. */
    public void doom(BrokerException reason) {
        condemn(reason);
        closeIfFree();
    }

    /** As {@link #doom}, but the rollback is left to who calls {@link #closeIfFree}; false when it is prepared or has ended. */
    boolean condemn(BrokerException reason) {
        if (phase != Phase.ACTIVE) {
            return false;
        }
        abandoned(reason);
        wakeUp();
        return true;
    }

    private BrokerException abandoned(BrokerException reason) {
        if (doom == null) {
            doom = reason;
        }
        return reason;
    }

    private void closeIfDoomed() {
        if (doom != null && phase == Phase.ACTIVE) {
            end(false, doom);
        }
    }

    /** Translates a failure of the store; a fatal one closes the branch. */
    public BrokerException failed(StoreException failure) {
        BrokerException translated = BranchErrors.translated(failure, context);
        if (failure.kind().fatal()) {
            abandoned(translated);
            mutex.lock();
            try {
                closeIfDoomed();
            } finally {
                mutex.unlock();
            }
            if (failure.kind() == StoreException.Kind.UNAVAILABLE) {
                context.aftermath().storeFailed(failure);
            }
        }
        return translated;
    }

    /** Commits in one phase. */
    public void commit() {
        mutex.lock();
        try {
            checkActive();
            boolean readOnly = store == null;
            try {
                drafts.completeIn(this::store);
            } catch (StoreException e) {
                throw failed(e);
            }
            if (store != null) {
                if (Fault.LOCKS_FREED_EARLY.isPlanted()) {
                    context.table().locked(held::release);
                }
                commitStore(store::commit);
            }
            end(true, null);
            context.listener().committed(context.database(), true, readOnly);
        } finally {
            mutex.unlock();
        }
    }

    private void commitStore(Runnable commit) {
        try {
            commit.run();
        } catch (StoreException e) {
            if (e.kind().fatal() && e.kind() != StoreException.Kind.UNAVAILABLE) {
                // the store says that it has rolled back, as for a deferred constraint: the outcome is known
                throw failed(e);
            }
            throw outcomeUnknown(e);
        }
    }

    private BrokerException outcomeUnknown(Throwable cause) {
        context.aftermath().storeFailed(cause);
        phase = Phase.ROLLED_BACK;
        doom = BranchErrors.outcomeUnknown(cause, context);
        return doom;
    }

    /**
     * Prepares.
     *
     * @return false when there was nothing to commit; the branch has ended then
     */
    public boolean prepare() {
        mutex.lock();
        try {
            checkActive();
            preparedAt = context.clock().millis();
            try {
                drafts.completeIn(this::store);
                manifest = context.manifests().of(this, carrier, preparedAt);
                if (manifest != null) {
                    store().writeManifest(manifest);
                }
            } catch (StoreException e) {
                throw failed(e);
            }
            if (store == null || !prepareStore()) {
                end(true, null);
                context.listener().committed(context.database(), false, true);
                return false;
            }
            phase = Phase.PREPARED;
            context.listener().prepared(context.database());
            return true;
        } finally {
            mutex.unlock();
        }
    }

    private boolean prepareStore() {
        try {
            return store.prepare();
        } catch (XAException e) {
            // what can't be prepared is over: its transaction manager asks no more after the answer
            throw store.lost() != null ? failed(store.lost()) : abandoned(BranchErrors.notPrepared(e, context));
        }
    }

    /**
     * Ends it after {@link #prepare()}.
     *
     * @param note done before
     * @return false when it isn't prepared any more: an operator has decided, or the transaction manager
     */
    boolean endPrepared(boolean commit, Runnable note) {
        mutex.lock();
        try {
            if (phase != Phase.PREPARED) {
                return false;
            }
            note.run();
            if (commit) {
                try {
                    store.commitPrepared();
                } catch (StoreException e) {
                    throw outcomeUnknown(e);
                }
            }
            end(commit, null);
            if (commit) {
                context.listener().committed(context.database(), false, false);
            }
            return true;
        } finally {
            mutex.unlock();
        }
    }

    /** What is shown of it while it is prepared. */
    InDoubtBranch shown() {
        ManifestRow row = manifest;
        return (row == null ? Manifest.none(preparedAt) : Manifest.of(row)).shown(carrier);
    }

    /** Rolls back, whatever was before; does nothing when the branch has ended. */
    public void rollback() {
        if (phase == Phase.ACTIVE && doom == null) {
            condemn(new BrokerException(ErrorNumbers.TRANSACTION_ENDED, "its owner asked for it."));
        }
        mutex.lock();
        try {
            if (!ended()) {
                end(false, null);
            }
        } finally {
            mutex.unlock();
        }
    }

    private void end(boolean commit, Throwable cause) {
        StoreException failure = null;
        if (!commit && store != null) {
            try {
                store.rollback();
            } catch (StoreException e) {
                if (phase == Phase.PREPARED) {
                    throw outcomeUnknown(e);
                }
                failure = e;
            }
        }
        phase = commit ? Phase.COMMITTED : Phase.ROLLED_BACK;
        try {
            context.table().locked(() -> new Outcome(this, context, manifest).apply(commit, cause));
        } catch (RuntimeException e) {
            // memory no longer agrees with the disk: only the disk is right
            throw outcomeUnknown(e);
        }
        if (!commit) {
            context.listener().rolledBack(context.database(), cause);
        }
        if (failure != null) {
            context.aftermath().storeFailed(failure);
        }
    }

    /** The endpoints that a manifest has to name. */
    List<Draft> changedDrafts() {
        return drafts.changed();
    }

    @Override
    public String describe() {
        return carrier == null ? "a local transaction" : "the global transaction " + XidText.of(carrier);
    }
}
