package org.parley.engine.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A conversation group: the unit of locking and of delivery. Guarded by the table's lock. */
public final class Group {

    private final UUID id;
    private final int service;
    private final QueueIndex queue;
    private final List<Endpoint> endpoints = new ArrayList<>(1);
    private GroupHolder holder;
    private List<Runnable> whenFree;

    // the key under which it stands in the queue's index; meaningless while it doesn't
    private boolean indexed;
    private int keyPriority;
    private long keyOrder;

    Group(UUID id, int service, QueueIndex queue) {
        this.id = id;
        this.service = service;
        this.queue = queue;
    }

    /** Its id. */
    public UUID id() {
        return id;
    }

    /** Id of the local service of all its conversations. */
    public int service() {
        return service;
    }

    /** The queue of that service. */
    public QueueIndex queue() {
        return queue;
    }

    /** Its endpoints, as committed. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Who holds it, or null. */
    public GroupHolder holder() {
        return holder;
    }

    /** Whether one of its endpoints has something to receive. */
    public boolean receivable() {
        for (int i = 0; i < endpoints.size(); i++) {
            if (endpoints.get(i).receivable()) {
                return true;
            }
        }
        return false;
    }

    /** Takes the group; it must be free. */
    public void hold(GroupHolder by) {
        if (holder != null) {
            throw new IllegalStateException("Group " + id + " is held by " + holder.describe() + " already.");
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
        return indexed;
    }

    void leaveIndex() {
        indexed = false;
    }

    /** Computes the key: the highest priority among conversations with messages, then the oldest message of those. */
    void enterIndex() {
        keyPriority = 0;
        keyOrder = Long.MAX_VALUE;
        for (Endpoint endpoint : endpoints) {
            if (endpoint.receivable()) {
                if (endpoint.priority() > keyPriority) {
                    keyPriority = endpoint.priority();
                    keyOrder = endpoint.headOrder();
                } else if (endpoint.priority() == keyPriority) {
                    keyOrder = Math.min(keyOrder, endpoint.headOrder());
                }
            }
        }
        indexed = true;
    }

    /** Whether the key has changed since {@link #enterIndex()}. */
    boolean keyIsCurrent() {
        int priority = keyPriority;
        long order = keyOrder;
        enterIndex();
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
        return byAge != 0 ? byAge : a.id.compareTo(b.id);
    }

    /** Whether this group should be received from before another one that isn't in the index. */
    public boolean before(Group other) {
        other.enterIndex();
        other.indexed = false;
        return compareKeys(this, other) < 0;
    }
}
