package org.parley.engine.routing;

import java.util.UUID;
import java.util.function.BiConsumer;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.store.SuspensionRow;
import org.parley.spi.BrokerClock;

/**
 * Sets groups aside. In memory that is so at once, in the moment of the rollback; its row follows, written while the engine
 * holds the group, so that nobody resumes the group meanwhile. A row whose group is gone goes, too.
 */
final class Suspensions {

    private final Aftercare aftercare;
    private final GroupTasks groupTasks;
    private final EndpointTable table;
    private final BrokerClock clock;
    private final BiConsumer<Group, SuspensionRow> told;

    /**
     * Suspensions of one broker database.
     *
     * @param told is told of each when it is stored
     */
    Suspensions(
            Aftercare aftercare,
            GroupTasks groupTasks,
            EndpointTable table,
            BrokerClock clock,
            BiConsumer<Group, SuspensionRow> told) {
        this.groupTasks = groupTasks;
        this.aftercare = aftercare;
        this.table = table;
        this.clock = clock;
        this.told = told;
    }

    /** Under the table's lock. */
    void suspend(Group group, String failure) {
        suspend(group, new SuspensionRow(group.id(), clock.millis(), QueueIndex.POISON, failure));
        groupTasks.whenFree("suspending conversation group " + group.id(), group, () -> store(group));
    }

    private void store(Group held) {
        SuspensionRow row = table.locked(() -> held.queue().suspension(held));
        if (row != null) {
            aftercare.inStore(tx -> tx.putSuspension(row));
            // who hears of it may want the group, which is held until this task is over
            aftercare.add("telling of a suspended conversation group", () -> told.accept(held, row));
        }
    }

    /** As it is stored; under the table's lock. */
    void restore(SuspensionRow row) {
        Group group = table.group(row.group());
        if (group == null) {
            forget(row.group());
        } else {
            suspend(group, row);
        }
    }

    private void suspend(Group group, SuspensionRow row) {
        group.queue().suspend(group, row, () -> forget(row.group()));
    }

    private void forget(UUID id) {
        aftercare.add("forgetting the suspension of conversation group " + id, () -> {
            // another group may have been begun under the id, and suspended: then the row is that one's
            if (!table.locked(() -> isSuspended(id))) {
                aftercare.inStore(tx -> tx.deleteSuspension(id));
            }
        });
    }

    private boolean isSuspended(UUID id) {
        Group group = table.group(id);
        return group != null && group.queue().suspension(group) != null;
    }
}
