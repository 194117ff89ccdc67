package org.parley.tests.second;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Passes everything on. */
final class GatedResource implements XAResource {

    private final XAResource derby;

    GatedResource(XAResource derby) {
        this.derby = derby;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        Gate.PREPARE.pass();
        int vote = derby.prepare(xid);
        Gate.PREPARED.pass();
        return vote;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        Gate.COMMIT.pass();
        derby.commit(xid, onePhase);
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        derby.start(xid, flags);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        derby.end(xid, flags);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        derby.rollback(xid);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        derby.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return derby.recover(flag);
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return derby.isSameRM(other instanceof GatedResource gated ? gated.derby : other);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return derby.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return derby.setTransactionTimeout(seconds);
    }
}
