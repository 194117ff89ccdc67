package org.parley.engine.tx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.fault.Fault;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.Handover;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.StoreTransaction;

/** What a branch has done so far, and what it had done at each of its savepoints. */
final class Drafts {

    private final Map<String, Saved> savepoints = new HashMap<>();
    private final Set<Group> receivedFrom = new LinkedHashSet<>();
    private final Handover.Allowance allowance = new Handover.Allowance();
    private Map<Long, Draft> byId = new LinkedHashMap<>();

    /** What a savepoint brings back. */
    private record Saved(Map<Long, Draft> byId, Set<Group> receivedFrom) {}

    Draft get(long id) {
        return byId.get(id);
    }

    /** The draft of a committed endpoint, made when there is none. */
    Draft of(Endpoint endpoint) {
        return byId.computeIfAbsent(endpoint.id(), id -> new Draft(endpoint, allowance));
    }

    /** The draft of an endpoint that begins. */
    Draft begin(EndpointRow row, Group group, EndpointState state) {
        Draft draft = new Draft(row, group, state, allowance);
        byId.put(row.id(), draft);
        return draft;
    }

    Collection<Draft> all() {
        return byId.values();
    }

    List<Endpoint> inGroup(Group group) {
        List<Endpoint> inside = new ArrayList<>(group.endpoints());
        for (Draft draft : byId.values()) {
            Endpoint endpoint = draft.committed();
            if (endpoint != null && draft.group() != endpoint.group()) {
                if (endpoint.group() == group) {
                    inside.remove(endpoint);
                } else if (draft.group() == group) {
                    inside.add(endpoint);
                }
            }
        }
        return inside;
    }

    List<Draft> changed() {
        return byId.values().stream().filter(Draft::changes).toList();
    }

    /** Groups of which messages have been received. */
    Set<Group> receivedFrom() {
        return receivedFrom;
    }

    /** Writes what is held back, while work goes on. */
    void writeTo(Supplier<StoreTransaction> store) {
        write(store, false);
    }

    /** The same at the end: what was only kept to be read goes. */
    void completeIn(Supplier<StoreTransaction> store) {
        write(store, true);
    }

    private void write(Supplier<StoreTransaction> store, boolean last) {
        FaultPoint.FLUSHING.reach();
        for (Draft draft : byId.values()) {
            draft.writeTo(store.get());
            if (last) {
                draft.completeIn(store.get());
            }
        }
        FaultPoint.FLUSHED.reach();
    }

    void savepointSet(String name) {
        savepoints.put(name, new Saved(copyOf(byId), Set.copyOf(receivedFrom)));
    }

    void rolledBackTo(String name) {
        Saved saved = savepoints.get(name);
        if (saved != null && !Fault.SAVEPOINT_FORGOTTEN.isPlanted()) {
            byId = copyOf(saved.byId());
            receivedFrom.retainAll(saved.receivedFrom());
        }
    }

    private static Map<Long, Draft> copyOf(Map<Long, Draft> drafts) {
        Map<Long, Draft> copy = new LinkedHashMap<>();
        drafts.forEach((id, draft) -> copy.put(id, draft.copy()));
        return copy;
    }
}
