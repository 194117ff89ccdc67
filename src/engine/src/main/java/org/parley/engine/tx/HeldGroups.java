package org.parley.engine.tx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.engine.fault.Fault;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.GroupHolder;

/** The groups that a branch holds and the contracts that it keeps from being dropped. Guarded by the table's lock. */
public final class HeldGroups {

    private final GroupHolder branch;
    private final EndpointTable table;
    /** The claim that a group was adopted from, or null. */
    private final Map<Group, Claim> held = new LinkedHashMap<>();

    private final List<Integer> contracts = new ArrayList<>(1);
    private Group resumed;

    HeldGroups(GroupHolder branch, EndpointTable table) {
        this.branch = branch;
        this.table = table;
    }

    /** Which. */
    public Set<Group> groups() {
        return held.keySet();
    }

    /** Whether it holds no group and uses no contract. */
    boolean none() {
        return held.isEmpty() && contracts.isEmpty();
    }

    /** Takes a group if it is free, held already, or claimed by this branch's own reader. */
    public boolean tryHold(Group group) {
        if (group.holder() == branch) {
            return true;
        }
        if (group.holder() == null) {
            group.hold(branch);
            held.put(group, null);
            return true;
        }
        if (group.holder() instanceof Claim other && branch instanceof Branch begun && other.adoptableBy(begun)) {
            group.passTo(branch);
            held.put(group, other);
            return true;
        }
        return false;
    }

    /** A group was given to this branch by who freed it. */
    public void nowHolds(Group group) {
        held.put(group, null);
    }

    /** A group that it holds is suspended no more when it commits. */
    public void resume(Group group) {
        resumed = group;
    }

    void committed() {
        if (resumed != null) {
            resumed.queue().resume(resumed);
        }
    }

    /** Keeps a contract from being dropped while this branch lasts. */
    public void use(int contract) {
        table.useContract(contract, 1);
        contracts.add(contract);
    }

    /** Gives everything free: a group goes back to the claim it was adopted from while that is open. */
    void release() {
        held.forEach((group, claim) -> {
            if (group.holder() != branch) {
                return;
            }
            if (Fault.GROUPS_NOT_RETURNED.isPlanted()) {
                group.passTo(null);
            } else if (claim != null && claim.open()) {
                group.passTo(claim);
            } else {
                group.free();
                table.discardIfUnused(group);
            }
        });
        held.clear();
        contracts.forEach(contract -> table.useContract(contract, -1));
        contracts.clear();
    }
}
