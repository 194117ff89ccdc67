package org.parley.engine.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** A conversation group: the unit of locking and of delivery. Guarded by the table's lock. */
public final class Group {

    private static final int NOWHERE = -1;

    private final long idHigh;
    private final long idLow;
    private final LocalService service;
    /** Null, its only endpoint, or a list of more: nearly all groups have one. */
    private Object endpoints;

    private GroupHolder holder;
    private List<Runnable> whenFree;

    // where it stands in the queue's index, and why there; meaningless while it doesn't
    private int place = NOWHERE;
    private long turn;

    Group(UUID id, LocalService service) {
        this.idHigh = id.getMostSignificantBits();
        this.idLow = id.getLeastSignificantBits();
        this.service = service;
    }

    /** Its id. */
    public UUID id() {
        return new UUID(idHigh, idLow);
    }

    /** Id of the local service of all its conversations. */
    public int service() {
        return service.id();
    }

    LocalService localService() {
        return service;
    }

    /** The queue of that service. */
    public QueueIndex queue() {
        return service.queue();
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    /** Its endpoints, as committed; not to be changed, and good until the next change. */
    public List<Endpoint> endpoints() {
        if (endpoints instanceof Endpoint only) {
            return List.of(only);
        }
        return endpoints == null ? List.of() : Collections.unmodifiableList(several());
    }

    @SuppressWarnings("unchecked")
    private List<Endpoint> several() {
        return (List<Endpoint>) endpoints;
    }

    void add(Endpoint endpoint) {
        if (endpoints == null) {
            endpoints = endpoint;
        } else if (endpoints instanceof Endpoint other) {
            endpoints = new ArrayList<>(List.of(other, endpoint));
        } else {
            several().add(endpoint);
        }
    }

    void remove(Endpoint endpoint) {
        if (endpoints == endpoint) {
            endpoints = null;
        } else if (endpoints instanceof List) {
            several().remove(endpoint);
            if (several().isEmpty()) {
                endpoints = null;
            }
        }
    }

    boolean isEmpty() {
        return endpoints == null;
    }

    /** Who holds it, or null. */
    public GroupHolder holder() {
        return holder;
    }

    /** Whether one of its endpoints has something to receive. */
    public boolean receivable() {
        if (endpoints instanceof Endpoint only) {
            return only.receivable();
        }
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.receivable()) {
                return true;
            }
        }
        return false;
    }

    /** Takes the group; it must be free. */
    public void hold(GroupHolder by) {
        if (holder != null) {
            throw new IllegalStateException("Group " + id() + " is held by " + holder.describe() + " already.");
        }
        holder = by;
        queue().remove(this);
    }

    /** Passes the group on from its holder to another one, without a moment in which it is free. */
    public void passTo(GroupHolder by) {
        holder = by;
    }

    /** Gives the group free, then runs what waited for that. */
    public void free() {
        holder = null;
        if (whenFree != null) {
            List<Runnable> tasks = whenFree;
            whenFree = null;
            tasks.forEach(Runnable::run);
        }
        queue().changed(this);
    }

    /** Its service was served from that queue until now: who waits for the group there is told. */
    void movedFrom(QueueIndex old) {
        old.remove(this);
        if (old.awaited()) {
            endpoints().forEach(endpoint -> old.gone(endpoint.handle()));
            old.gone(id());
        }
        queue().changed(this);
    }

    /** Runs a short task now when the group is free, or as soon as it is. */
    public void whenFree(Runnable task) {
        if (holder == null) {
            task.run();
            return;
        }
        if (whenFree == null) {
            whenFree = new ArrayList<>(1);
        }
        whenFree.add(task);
    }

    boolean indexed() {
        return place != NOWHERE;
    }

    void leaveIndex() {
        place = NOWHERE;
    }

    /** Its place in the queue's heap; meaningless while it isn't indexed. */
    int place() {
        return place;
    }

    void place(int where) {
        place = where;
    }

    /** Its turn is from now on that of the conversation whose turn is first. */
    void takeTurn() {
        turn = currentTurn();
    }

    /** Whether the turn is still what it was when it was taken. */
    boolean turnIsCurrent() {
        return turn == currentTurn();
    }

    private long currentTurn() {
        if (endpoints instanceof Endpoint only) {
            return only.turn();
        }
        long first = Endpoint.NEVER;
        for (Endpoint endpoint : endpoints()) {
            first = Math.min(first, endpoint.turn());
        }
        return first;
    }

    static int compareTurns(Group a, Group b) {
        int byTurn = Long.compare(a.turn, b.turn);
        if (byTurn != 0) {
            return byTurn;
        }
        int byHigh = Long.compare(a.idHigh, b.idHigh);
        return byHigh != 0 ? byHigh : Long.compare(a.idLow, b.idLow);
    }

    /** Whether this group should be received from before another one that isn't in the index. */
    public boolean before(Group other) {
        other.takeTurn();
        return compareTurns(this, other) < 0;
    }
}
