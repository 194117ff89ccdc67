package org.parley.engine.tx;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/** A channel's XAResource: a thin object over the branch table. */
public final class BranchResource implements XAResource {

    private static final int WRAPPERS = 4;

    private final Supplier<BranchTable> tables;
    private final Supplier<Claim> claim;
    private volatile Branch attached;
    private volatile BranchTable lastStartedIn;
    private volatile boolean closed;
    private volatile boolean scanning;
    private volatile int timeoutSeconds;

    /**
     * A resource of one channel.
     *
     * @param tables the table of the database, which changes when the database is read anew from disk
     * @param claim the claim of the delivery whose channel it is; gives null outside deliveries
     */
    public BranchResource(Supplier<BranchTable> tables, Supplier<Claim> claim) {
        this.tables = tables;
        this.claim = claim;
    }

    /** The branch that the channel is attached to, or null. */
    public Branch attached() {
        return attached;
    }

    void detachedFrom(Branch branch) {
        if (attached == branch) {
            attached = null;
        }
    }

    /**
     * The channel is closed: ends its part in whatever it is attached to. The transaction goes on, and can be completed here,
     * but no other one begins.
     */
    public void close() {
        closed = true;
        attached = null;
        BranchTable table = lastStartedIn;
        if (table != null) {
            table.forgetResource(this);
        }
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        if (flags != TMNOFLAGS && flags != TMJOIN && flags != TMRESUME) {
            throw XaErrors.of(XAException.XAER_INVAL, "Flags " + flags + " are none of start's.");
        }
        if (closed) {
            throw XaErrors.of(
                    XAException.XAER_RMFAIL, new BrokerException(ErrorNumbers.CLOSED, "The connection is closed."));
        }
        Branch current = attached;
        // one that is doomed takes no more work: it may be over already or be rolled back in a moment
        if (current != null && !current.ended() && current.doom() == null) {
            throw XaErrors.of(
                    XAException.XAER_PROTO, "This connection is attached to " + current.describe() + " already.");
        }
        try {
            lastStartedIn = tables.get();
            attached = lastStartedIn.start(xid, flags, timeoutSeconds, this, claim.get());
        } catch (BrokerException e) {
            throw XaErrors.of(XAException.XAER_RMFAIL, e);
        }
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        if (flags != TMSUCCESS && flags != TMFAIL && flags != TMSUSPEND) {
            throw XaErrors.of(XAException.XAER_INVAL, "Flags " + flags + " are none of end's.");
        }
        Branch current = attached;
        if (current != null && current.ended()) {
            // whose table may be gone, so that nobody else detaches it
            attached = null;
        }
        table().end(xid, flags, this);
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return table().prepare(xid);
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        table().commit(xid, onePhase);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        table().rollback(xid);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        table().forget(xid);
    }

    @Override
    public Xid[] recover(int flags) throws XAException {
        if ((flags & ~(TMSTARTRSCAN | TMENDRSCAN)) != 0) {
            throw XaErrors.of(XAException.XAER_INVAL, "Flags " + flags + " are none of recover's.");
        }
        boolean starts = (flags & TMSTARTRSCAN) != 0;
        if (!starts && !scanning) {
            throw XaErrors.of(
                    XAException.XAER_INVAL,
                    "No scan is open on this resource; TMSTARTRSCAN, " + TMSTARTRSCAN + ", starts one.");
        }
        // the first call gives all, so that nothing is left for the ones that follow
        Xid[] found = starts ? table().recoverable() : new Xid[0];
        scanning = (flags & TMENDRSCAN) == 0;
        return found;
    }

    private BranchTable table() throws XAException {
        try {
            return tables.get();
        } catch (BrokerException e) {
            throw XaErrors.of(XAException.XAER_RMFAIL, e);
        }
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        Object inner = other;
        for (int depth = 0; depth < WRAPPERS && inner != null; depth++) {
            if (inner instanceof BranchResource resource) {
                return resource.table() == table();
            }
            inner = unwrap(inner);
        }
        return false;
    }

    /** Some servers wrap resources; the wrapper of IronJacamar gives the inner one by {@code getResource()}. */
    private static Object unwrap(Object wrapper) {
        try {
            Method method = wrapper.getClass().getMethod("getResource");
            return XAResource.class.isAssignableFrom(method.getReturnType()) ? method.invoke(wrapper) : null;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        if (seconds < 0) {
            throw XaErrors.of(XAException.XAER_INVAL, "A time-out of " + seconds + " seconds; allowed is 0 or more.");
        }
        timeoutSeconds = seconds;
        return true;
    }

    @Override
    public int getTransactionTimeout() {
        return timeoutSeconds;
    }
}
