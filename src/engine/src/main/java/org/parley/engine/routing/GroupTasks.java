package org.parley.engine.routing;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;

/** Tasks during which the engine holds a group: it takes one that is free, and comes back when somebody else has it. */
final class GroupTasks {

    private final EndpointTable table;
    private final BiConsumer<String, Runnable> worker;

    /**
     * Tasks of one broker database.
     *
     * @param worker runs a task, told what it does, on the engine's own thread
     */
    GroupTasks(EndpointTable table, BiConsumer<String, Runnable> worker) {
        this.table = table;
        this.worker = worker;
    }

    /** Runs a task while the endpoint's group is held, or another one when there is no such endpoint. */
    void whenFree(String what, long id, Consumer<Endpoint> work, Runnable whenGone) {
        worker.accept(what, new Runnable() {
            @Override
            public void run() {
                Endpoint endpoint = table.locked(() -> hold(id, () -> worker.accept(what, this)));
                if (endpoint == null) {
                    if (table.locked(() -> table.endpoint(id)) == null) {
                        whenGone.run();
                    }
                    return;
                }
                try {
                    work.accept(endpoint);
                } finally {
                    table.locked(() -> free(endpoint.group()));
                }
            }
        });
    }

    /** Runs a task while a group is held, which may be gone by then. */
    void whenFree(String what, Group group, Runnable work) {
        worker.accept(what, new Runnable() {
            @Override
            public void run() {
                if (table.locked(() -> hold(group, () -> worker.accept(what, this)))) {
                    try {
                        work.run();
                    } finally {
                        table.locked(() -> free(group));
                    }
                }
            }
        });
    }

    private Endpoint hold(long id, Runnable whenFree) {
        Endpoint endpoint = table.endpoint(id);
        return endpoint != null && hold(endpoint.group(), whenFree) ? endpoint : null;
    }

    private static boolean hold(Group group, Runnable whenFree) {
        if (group.holder() != null) {
            group.whenFree(whenFree);
            return false;
        }
        group.hold(EngineHold.INSTANCE);
        return true;
    }

    /** Gives a group free that the engine holds; under the table's lock. */
    void free(Group group) {
        group.free();
        table.discardIfUnused(group);
    }
}
