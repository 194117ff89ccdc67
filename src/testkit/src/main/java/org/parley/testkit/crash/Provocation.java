package org.parley.testkit.crash;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A resource that is asked for its vote when the others are prepared, and makes the near database fail and open again before it
 * answers: then their branches are in doubt. It has nothing to commit itself, or refuses.
 */
final class Provocation implements XAResource {

    private static final String FAILS = "STORE_COMMITS";
    private static final long ONE_TRY_NANOS = 300_000_000;
    private static final int TRIES = 10;

    private final Application application;
    private final Faults faults;
    private final boolean refuses;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Faults.Plan plan;

    /** Provokes again and again until something has happened. */
    Provocation(Application application, Faults faults, Faults.Plan plan, boolean refuses) {
        this.application = application;
        this.faults = faults;
        this.plan = plan;
        this.refuses = refuses;
    }

    /** Whether nothing has happened yet. */
    boolean goesOn() {
        return plan.happened().getCount() > 0;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        if (goesOn() && busy.compareAndSet(false, true)) {
            try {
                reopen();
            } finally {
                busy.set(false);
            }
            if (refuses) {
                throw new XAException(XAException.XA_RBROLLBACK);
            }
        }
        return XA_RDONLY;
    }

    private void reopen() {
        int before = application.openings();
        for (int i = 0; i < TRIES && application.openings() == before; i++) {
            faults.alsoFail(FAILS);
            awaitOpening(before);
        }
        faults.alsoFail(null);
    }

    private void awaitOpening(int before) {
        long start = System.nanoTime();
        while (application.openings() == before && System.nanoTime() - start < ONE_TRY_NANOS) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void start(Xid xid, int flags) {}

    @Override
    public void end(Xid xid, int flags) {}

    @Override
    public void commit(Xid xid, boolean onePhase) {}

    @Override
    public void rollback(Xid xid) {}

    @Override
    public void forget(Xid xid) {}

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }
}
