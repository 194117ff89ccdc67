package org.parley.engine.tx;

import java.util.LinkedHashSet;
import java.util.Set;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.QueueIndex;

/**
 * What follows from the rollback of a transaction that had received: it is counted, for its groups or for their queues, and
 * what was received may wait before it is offered again; service-broker.md, section 12. Under the table's lock.
 */
public final class Rollbacks {

    private Rollbacks() {}

    /**
     * Counts a transaction.
     *
     * @param receivedFrom groups that it had received from, held still
     * @param cause why it was rolled back, or null when that isn't known
     */
    public static void count(Set<Group> receivedFrom, Throwable cause, Aftermath aftermath) {
        Set<QueueIndex> queues = new LinkedHashSet<>();
        for (Group group : receivedFrom) {
            QueueIndex queue = group.queue();
            queues.add(queue);
            if (queue.rolledBack(group)) {
                aftermath.suspend(group, cause == null ? null : cause.getMessage());
            } else if (queue.redeliveryDelay() > 0) {
                aftermath.postpone(group);
            }
        }
        for (QueueIndex queue : queues) {
            if (queue.rolledBack()) {
                aftermath.disableQueue(queue.id());
            }
        }
    }
}
