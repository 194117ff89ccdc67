package org.parley.engine.activation;

import org.parley.BrokerException;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Queue;
import org.parley.engine.queue.QueueWatcher.Task;

/** A queue that a procedure reads: does what its monitor orders. Guarded by the table's lock. */
final class ProcedureQueue implements QueueWatch.Orders {

    private static final int ENDED_WITHOUT_RECEIVE = 28087;

    private final ActivatedProcedures all;
    private final QueueWatch watch;
    private final int id;
    private final String name;
    private String procedure;

    ProcedureQueue(ActivatedProcedures all, QueueWatch watch, int id, String name) {
        this.all = all;
        this.watch = watch;
        this.id = id;
        this.name = name;
    }

    int id() {
        return id;
    }

    String name() {
        return name;
    }

    void begin() {
        watch.runProcedures(this);
    }

    void end() {
        watch.runProcedures(null);
    }

    @Override
    public void start() {
        CatalogSnapshot now = all.database().catalog().snapshot();
        Queue queue = now.queues().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElse(null);
        if (queue == null || queue.activation().procedure() == null) {
            return;
        }
        procedure = queue.activation().procedure();
        String user = queue.activation().executeAs() == null
                ? now.principals().ownerOf(id)
                : queue.activation().executeAs();
        Task task = new Task(QueueWatch.nextSpid(), procedure, user);
        watch.ordered(task);
        all.start(new ProcedureReader(all, this, task));
    }

    /** A reader could not be started. */
    void notStarted(Task task) {
        watch.notStarted(task);
    }

    /** A reader has ended. */
    void ended(Task task, boolean received) {
        watch.ended(task, received);
    }

    @Override
    public void stopped() {
        BrokerException reason = new BrokerException(
                ENDED_WITHOUT_RECEIVE,
                "Procedure '" + procedure + "' of queue '" + name
                        + "' has ended without a RECEIVE and isn't started again; turn ACTIVATION of the queue off and on"
                        + " when it is mended.");
        if (all.note(name, reason)) {
            all.database().context().listener().procedureFailed(all.database().name(), name, procedure, reason);
        }
    }
}
