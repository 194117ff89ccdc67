package org.parley.engine.activation;

import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.queue.QueueWatcher.Task;
import org.parley.engine.session.Statements;
import org.parley.engine.tx.Claim;

/** A queue as an activation reads it: claims for its readers, counted by the queue's quota and seen by its monitor. */
public final class ReadQueue {

    private final Statements statements;
    private final QueueIndex index;
    private final QueueActivation activation;

    // guarded by the table's lock
    private QueueWatch watch;
    private boolean detached;

    ReadQueue(Statements statements, QueueIndex index, QueueActivation activation) {
        this.statements = statements;
        this.index = index;
        this.activation = activation;
    }

    /** Of the opened database. */
    Statements statements() {
        return statements;
    }

    /** STATUS. */
    boolean on() {
        return index.on();
    }

    /** Why it lets no reader be started, or null. */
    String startsNone() {
        return index.startsNone();
    }

    private EndpointTable table() {
        return statements.database().table();
    }

    /** Whether it is that queue as it is open now. */
    boolean is(Statements others, QueueIndex other) {
        return statements == others && index == other;
    }

    /**
     * A reader and the group that it begins with.
     *
     * @param claim its hold on the group
     * @param task what is shown of it
     */
    public record Started(Claim claim, Task task) {}

    /** Claims the next group for a new reader; null when there is none or no reader may be started. */
    Started start() {
        Task task = new Task(
                QueueWatch.nextSpid(),
                activation.config().name(),
                activation.config().user());
        return table().locked(() -> {
            Group first = index.first();
            if (first == null || watch == null || !index.quota().enter(activation)) {
                return null;
            }
            watch.started(task);
            return new Started(claim(first), task);
        });
    }

    /** Claims the next group for a reader at work; null when there is none or the reader is one too many. */
    Claim next() {
        return table().locked(() -> {
            Group first = index.first();
            return first == null || !index.quota().goesOn(activation) ? null : claim(first);
        });
    }

    private Claim claim(Group group) {
        return new Claim("'" + activation.config().name() + "'", group);
    }

    /** A reader has ended; says whether there is something to be read. */
    boolean end(Task task) {
        return table().locked(() -> {
            index.quota().leave(activation);
            watch.ended(task, true);
            return index.first() != null;
        });
    }

    /** The activation is told of ready groups from now on, beginning with those that are there. */
    void attach() {
        table().locked(() -> {
            if (detached) {
                // stopped or detached meanwhile: nobody would take it from the index again
                return;
            }
            index.activate(activation);
            watch = QueueWatch.of(statements.database(), index);
            watch.activationAttached();
            if (index.first() != null) {
                activation.groupReady();
            }
        });
    }

    /** It is told no more. */
    void detach() {
        table().locked(() -> {
            detached = true;
            index.deactivate(activation);
            if (watch != null) {
                watch.activationDetached();
            }
        });
    }
}
