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
    private final int service;
    private QueueIndex queue;
    /** Null, its only endpoint, or a list of more: nearly all groups have one. */
    private Object endpoints;

    private GroupHolder holder;
    private List<Runnable> whenFree;

    // the key under which it stands in the queue's index; meaningless while it doesn't
    private int place = NOWHERE;
    private byte keyPriority;
    private long keyOrder;

    Group(UUID id, int service, QueueIndex queue) {
        this.idHigh = id.getMostSignificantBits();
        this.idLow = id.getLeastSignificantBits();
        this.service = service;
        this.queue = queue;
    }

    /** Its id. */
    public UUID id() {
        return new UUID(idHigh, idLow);
    }

    /** Id of the local service of all its conversations. */
    public int service() {
        return service;
    }

    /** The queue of that service. */
    public QueueIndex queue() {
        return queue;
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
        queue.remove(this);
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
        queue.changed(this);
    }

    /** Its service is served from another queue: who waits for the group in the old one is told. */
    void moveTo(QueueIndex other) {
        QueueIndex old = queue;
        old.remove(this);
        queue = other;
        if (old.awaited()) {
            endpoints().forEach(endpoint -> old.gone(endpoint.handle()));
            old.gone(id());
        }
        other.changed(this);
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

    /** Computes the key: the highest priority among conversations with messages, then the oldest message of those. */
    void computeKey() {
        keyPriority = 0;
        keyOrder = Long.MAX_VALUE;
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.receivable()) {
                if (endpoint.priority() > keyPriority) {
                    keyPriority = (byte) endpoint.priority();
                    keyOrder = endpoint.headOrder();
                } else if (endpoint.priority() == keyPriority) {
                    keyOrder = Math.min(keyOrder, endpoint.headOrder());
                }
            }
        }
    }

    /** Whether the key has changed since {@link #computeKey()}. */
    boolean keyIsCurrent() {
        byte priority = keyPriority;
        long order = keyOrder;
        computeKey();
        boolean same = priority == keyPriority && order == keyOrder;
        keyPriority = priority;
        keyOrder = order;
        return same;
    }

    static int compareKeys(Group a, Group b) {
        int byPriority = Integer.compare(b.keyPriority, a.keyPriority);
        if (byPriority != 0) {
            return byPriority;
        }
        int byAge = Long.compare(a.keyOrder, b.keyOrder);
        if (byAge != 0) {
            return byAge;
        }
        int byHigh = Long.compare(a.idHigh, b.idHigh);
        return byHigh != 0 ? byHigh : Long.compare(a.idLow, b.idLow);
    }

    /** Whether this group should be received from before another one that isn't in the index. */
    public boolean before(Group other) {
        other.computeKey();
        return compareKeys(this, other) < 0;
    }
}
