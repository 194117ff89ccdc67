package org.parley.engine.queue;

import java.util.UUID;

/** A service of this database as its groups see it: the queue that they are in. Guarded by the table's lock. */
final class LocalService {

    private final int id;
    private QueueIndex queue;
    private int groups;

    LocalService(int id, QueueIndex queue) {
        this.id = id;
        this.queue = queue;
    }

    /** Id in the catalog. */
    int id() {
        return id;
    }

    QueueIndex queue() {
        return queue;
    }

    void queue(QueueIndex other) {
        queue = other;
    }

    /** Whether it has groups. */
    boolean inUse() {
        return groups > 0;
    }

    Group makeGroup(UUID group) {
        groups++;
        return new Group(group, this);
    }

    void groupIsGone() {
        groups--;
    }
}
