package org.parley.engine.tx;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.fault.Fault;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.spi.BrokerClock;

/**
 * Waits for conversation groups: first come, first served, bounded, with dead-locks found, also those that lead through
 * the store's own locks.
 */
public final class GroupLocks {

    /** How often a wait looks whether it has become part of a cycle that leads through the store. Real time: only the store's waits are asked. */
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final BranchContext context;
    private final EndpointTable table;
    private final WaitGraph graph;

    /** The locks of one broker database. */
    public GroupLocks(BranchContext context, WaitGraph graph) {
        this.context = context;
        this.table = context.table();
        this.graph = graph;
    }

    /**
     * Takes a group for a branch, waiting if need be. Under the table's lock, which is given free while waiting.
     *
     * @throws BrokerException 1222 when it isn't free in time, 1205 when the branch is the victim of a dead-lock
     */
    public void hold(Branch branch, Group group) {
        if (branch.held().tryHold(group)) {
            return;
        }
        if (group.holder() instanceof Branch other && other.lastThread() == Thread.currentThread() && other.active()) {
            throw new BrokerException(
                    ErrorNumbers.LOCK_TIMEOUT,
                    "Conversation group " + group.id() + " is held by " + other.describe()
                            + ", which is suspended on this thread; waiting for it could never end.");
        }
        Wait wait = new Wait(branch, group, table.lock().newCondition());
        group.whenFree(wait);
        BrokerClock.Alarm alarm = context.clock()
                .at(context.clock().instant().plus(context.lockTimeout()), () -> table.locked(wait::timeOut));
        branch.waiting().begin(group, wait.changed::signal);
        try {
            wait.untilHeld();
        } finally {
            branch.waiting().end();
            wait.over = true;
            alarm.cancel();
        }
    }

    /** One waiting statement; runs each time the group is freed until it has been served. */
    private final class Wait implements Runnable {

        private final Branch branch;
        private final Group group;
        private final Condition changed;
        private boolean served;
        private boolean timedOut;
        private boolean over;

        Wait(Branch branch, Group group, Condition changed) {
            this.branch = branch;
            this.group = group;
            this.changed = changed;
        }

        @Override
        public void run() {
            if (over || Fault.LOCK_WAITER_NOT_WOKEN.isPlanted()) {
                return;
            }
            if (group.holder() != null) {
                group.whenFree(this);
                return;
            }
            group.hold(branch);
            branch.held().nowHolds(group);
            served = true;
            changed.signal();
        }

        void timeOut() {
            timedOut = true;
            changed.signal();
        }

        void untilHeld() {
            while (!served) {
                branch.checkActive();
                if (timedOut) {
                    throw new BrokerException(
                            ErrorNumbers.LOCK_TIMEOUT,
                            "Conversation group " + group.id() + " was not free within " + context.lockTimeout()
                                    + "; it is held by " + describeHolder() + ".");
                }
                if (graph.cycleInMemory(branch)) {
                    throw victim();
                }
                sleep();
                if (!served && graph.mayLeadThroughStore(branch)) {
                    lookIntoStore();
                }
            }
        }

        private void sleep() {
            try {
                changed.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BrokerException(
                        ErrorNumbers.LOCK_TIMEOUT,
                        "The wait for conversation group " + group.id() + " was interrupted.",
                        e);
            }
        }

        /** Asks the store outside the lock: its answer may be old, so a cycle is looked for twice. */
        private void lookIntoStore() {
            int holds = table.lock().getHoldCount();
            for (int i = 0; i < holds; i++) {
                table.lock().unlock();
            }
            boolean cycle;
            try {
                cycle = graph.cycleThroughStore(branch);
            } finally {
                for (int i = 0; i < holds; i++) {
                    table.lock().lock();
                }
            }
            if (cycle && !served) {
                throw victim();
            }
        }

        private BrokerException victim() {
            BrokerException reason = new BrokerException(
                    ErrorNumbers.DEADLOCK_VICTIM,
                    "The transaction in database '" + context.database()
                            + "' waited for conversation group " + group.id() + ", held by " + describeHolder()
                            + ", in a dead-lock and was chosen as its victim; run it again.");
            branch.doom(reason);
            return reason;
        }

        private String describeHolder() {
            return group.holder() == null ? "nobody" : group.holder().describe();
        }
    }
}
