package org.parley.testkit.crash;

import java.util.concurrent.atomic.LongAdder;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource of the engine while a transaction manager recovers; tells how long the engine itself has worked for it. */
record TimedResource(XAResource engine, LongAdder nanos) implements XAResource {

    private interface Verb {
        void run() throws XAException;
    }

    private void timed(Verb verb) throws XAException {
        long begin = System.nanoTime();
        try {
            verb.run();
        } finally {
            nanos.add(System.nanoTime() - begin);
        }
    }

    @Override
    public Xid[] recover(int flags) throws XAException {
        Xid[][] found = new Xid[1][];
        timed(() -> found[0] = engine.recover(flags));
        return found[0];
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        timed(() -> engine.commit(xid, onePhase));
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        timed(() -> engine.rollback(xid));
    }

    @Override
    public void forget(Xid xid) throws XAException {
        timed(() -> engine.forget(xid));
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return engine.isSameRM(other instanceof TimedResource timed ? timed.engine : other);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return engine.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return engine.setTransactionTimeout(seconds);
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        engine.start(xid, flags);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        engine.end(xid, flags);
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return engine.prepare(xid);
    }
}
