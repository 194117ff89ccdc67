package org.parley.engine.activation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.parley.engine.activation.QueueMonitor.Kind;
import org.parley.engine.activation.QueueMonitor.Sight;
import org.parley.engine.activation.QueueMonitor.State;
import org.parley.engine.activation.QueueMonitor.Verdict;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.queue.QueueWatcher;
import org.parley.spi.BrokerClock;

/**
 * The monitor of a queue that activations read or whose QUEUE_ACTIVATION somebody wants to hear of. It looks at the queue
 * every five seconds while there is anything to wait for, and else never. Guarded by the table's lock, under which all of
 * its methods are called.
 */
public final class QueueWatch implements QueueWatcher {

    private final OpenDatabase database;
    private final QueueIndex queue;
    private final BrokerClock clock;
    private final Set<Task> tasks = new LinkedHashSet<>();
    private int activations;
    private Runnable notify;
    private QueueMonitor monitor;
    private BrokerClock.Alarm alarm;

    private QueueWatch(OpenDatabase database, QueueIndex queue) {
        this.database = database;
        this.queue = queue;
        this.clock = database.context().clock();
        this.monitor = new QueueMonitor(Kind.READERS, true, Integer.MAX_VALUE);
    }

    /** The one of a queue, made when there is none. */
    static QueueWatch of(OpenDatabase database, QueueIndex queue) {
        if (queue.watcher() instanceof QueueWatch known) {
            return known;
        }
        QueueWatch made = new QueueWatch(database, queue);
        queue.watcher(made);
        return made;
    }

    /** An activation reads the queue from now on. */
    void activationAttached() {
        activations++;
    }

    /** An activation reads the queue no more. */
    void activationDetached() {
        activations--;
        endIfUnused();
    }

    /**
     * Begins to tell when the queue needs a reader, or, given null, ceases to.
     *
     * @param send sends the notifications; must only take note
     */
    void notify(Runnable send) {
        boolean before = notify != null;
        notify = send;
        if (before == (send != null)) {
            return;
        }
        Kind kind = send == null ? Kind.READERS : Kind.NOTIFICATION;
        monitor = new QueueMonitor(kind, queue.on(), Integer.MAX_VALUE);
        if (send == null) {
            tasks.forEach(task -> monitor.readerStarted(clock.millis()));
        } else if (queue.first() != null) {
            arrived(true);
        }
        endIfUnused();
    }

    private void endIfUnused() {
        if (activations == 0 && notify == null && tasks.isEmpty()) {
            end();
        }
    }

    /** The queue, or the database, is watched no more. */
    void end() {
        if (queue.watcher() == this) {
            queue.watcher(null);
        }
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private Sight sight() {
        return new Sight(queue.first() != null, queue.awaitedByAny());
    }

    @Override
    public void arrived(boolean first) {
        // activated readers are started for it by who has been told already
        if (notify != null) {
            act(monitor.arrived(first, sight(), clock.millis()));
        }
    }

    @Override
    public void received(boolean where, boolean empty) {
        act(monitor.received(where, empty, sight(), clock.millis()));
    }

    @Override
    public void rolledBack() {
        act(monitor.rolledBack(sight(), clock.millis()));
    }

    @Override
    public void turned(boolean on) {
        act(monitor.altered(on, Integer.MAX_VALUE, sight(), clock.millis()));
    }

    /** A reader has got its first group. */
    void started(Task task) {
        tasks.add(task);
        if (notify == null) {
            monitor.readerStarted(clock.millis());
            keepLooking();
        }
    }

    /** A reader has ended. */
    void ended(Task task) {
        tasks.remove(task);
        if (notify == null) {
            monitor.readerEnded(true, sight(), clock.millis());
        }
        endIfUnused();
    }

    private void act(Verdict verdict) {
        if (verdict == Verdict.START) {
            notify.run();
        } else if (verdict == Verdict.SILENT) {
            database.context()
                    .listener()
                    .readersSilent(
                            database.name(),
                            queue.name(),
                            Duration.ofMillis(QueueMonitor.INTERVAL_MILLIS),
                            tasks.size());
        }
        keepLooking();
    }

    private void keepLooking() {
        if (alarm == null && queue.watcher() == this && waitsForAnything()) {
            alarm = clock.at(
                    clock.instant().plusMillis(QueueMonitor.INTERVAL_MILLIS),
                    () -> database.table().locked(this::look));
        }
    }

    private boolean waitsForAnything() {
        boolean active = monitor.shown().state() != State.INACTIVE;
        return active || notify != null && sight().receivable();
    }

    private void look() {
        if (alarm != null) {
            alarm = null;
            act(monitor.tick(sight(), clock.millis()));
        }
    }

    @Override
    public QueueWatcher.Shown shown() {
        QueueMonitor.Shown now = monitor.shown();
        // activations have been told of what is ready, and nobody has received it yet
        boolean told = now.state() == State.INACTIVE && notify == null && queue.first() != null;
        return new QueueWatcher.Shown(
                (told ? State.NOTIFIED : now.state()).name(),
                now.lastEmptyRowset(),
                now.lastActivated(),
                List.copyOf(tasks));
    }
}
