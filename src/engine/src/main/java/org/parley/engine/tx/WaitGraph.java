package org.parley.engine.tx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;

/** Who waits for whom: for groups in memory, for rows in the store. */
public final class WaitGraph {

    private final Store store;
    private final Object oneDetectorAtATime = new Object();
    private final Set<Branch> branches = ConcurrentHashMap.newKeySet();
    private final EndpointTable table;

    /** The graph of one broker database. */
    public WaitGraph(Store store, EndpointTable table) {
        this.store = store;
        this.table = table;
    }

    /** A branch has begun. */
    public void add(Branch branch) {
        branches.add(branch);
    }

    /** A branch has ended. */
    public void remove(Branch branch) {
        branches.remove(branch);
    }

    /** The branches that have begun and not ended. */
    public Set<Branch> branches() {
        return branches;
    }

    /** Whether the waits for groups alone lead from a branch back to it. Under the table's lock. */
    boolean cycleInMemory(Branch from) {
        Branch next = holderAwaitedBy(from);
        for (int steps = 0; next != null && steps <= branches.size(); steps++) {
            if (next == from) {
                return true;
            }
            next = holderAwaitedBy(next);
        }
        return false;
    }

    /** Whether the chain of waits ends at a branch that may be waiting in the store. Under the table's lock. */
    boolean mayLeadThroughStore(Branch from) {
        Branch next = holderAwaitedBy(from);
        for (int steps = 0; next != null && steps <= branches.size(); steps++) {
            if (next.waiting().group() == null) {
                return next.storeIfBegun() != null && from.storeIfBegun() != null;
            }
            next = holderAwaitedBy(next);
        }
        return false;
    }

    /** Whether waits for groups and rows together lead from a branch back to it. Not under the table's lock. */
    boolean cycleThroughStore(Branch from) {
        // two victims of one cycle would be one too many: the second detector sees the first victim gone
        synchronized (oneDetectorAtATime) {
            return cycle(from, readWaits());
        }
    }

    private Map<StoreTransaction, Set<StoreTransaction>> readWaits() {
        try {
            return store.waits();
        } catch (StoreException e) {
            // the waits of the store are only asked to end a dead-lock early; the time-out ends it anyway
            return Map.of();
        }
    }

    private boolean cycle(Branch from, Map<StoreTransaction, Set<StoreTransaction>> rowWaits) {
        Map<StoreTransaction, Branch> owners = new IdentityHashMap<>();
        Map<Branch, Branch> groupWaits = new HashMap<>();
        table.locked(() -> {
            for (Branch branch : branches) {
                if (branch.storeIfBegun() != null && branch.active()) {
                    owners.put(branch.storeIfBegun(), branch);
                }
                Branch holder = holderAwaitedBy(branch);
                if (holder != null) {
                    groupWaits.put(branch, holder);
                }
            }
        });
        Set<Branch> seen = new HashSet<>();
        Deque<Branch> open = new ArrayDeque<>();
        open.add(from);
        while (!open.isEmpty()) {
            Branch branch = open.remove();
            Set<Branch> next = new HashSet<>();
            if (groupWaits.containsKey(branch)) {
                next.add(groupWaits.get(branch));
            }
            if (branch.storeIfBegun() != null) {
                rowWaits.getOrDefault(branch.storeIfBegun(), Set.of())
                        .forEach(blocker -> next.add(owners.get(blocker)));
            }
            next.remove(null);
            if (next.contains(from)) {
                return true;
            }
            next.removeIf(each -> !seen.add(each));
            open.addAll(next);
        }
        return false;
    }

    private static Branch holderAwaitedBy(Branch branch) {
        Group group = branch.waiting().group();
        return group != null && branch.doom() == null && group.holder() instanceof Branch holder ? holder : null;
    }
}
