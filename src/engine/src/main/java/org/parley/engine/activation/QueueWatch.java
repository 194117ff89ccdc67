package org.parley.engine.activation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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

    private static final AtomicInteger LAST_SPID = new AtomicInteger();

    private final OpenDatabase database;
    private final QueueIndex queue;
    private final BrokerClock clock;
    private final Set<Task> tasks = new LinkedHashSet<>();
    private int activations;
    private Orders orders;
    private QueueMonitor monitor;
    private BrokerClock.Alarm alarm;

    private QueueWatch(OpenDatabase database, QueueIndex queue) {
        this.database = database;
        this.queue = queue;
        this.clock = database.context().clock();
        this.monitor = new QueueMonitor(Kind.READERS, true, Integer.MAX_VALUE);
    }

    /** A number for a reader that no other one has. */
    static int nextSpid() {
        return LAST_SPID.incrementAndGet();
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

    /** Does what the monitor orders; called under the table's lock, so that it must only take note. */
    interface Orders {

        /** A notification is to be sent, or a procedure to be started. */
        void start();

        /** A procedure has ended without a RECEIVE: none is started any more. */
        default void stopped() {}
    }

    /** Begins to tell when the queue needs a reader, or, given null, ceases to. */
    void notify(Runnable send) {
        order(Kind.NOTIFICATION, send == null ? null : send::run);
    }

    /** Begins to have procedures started, as the queue says, or, given null, ceases to. Those at work go on. */
    void runProcedures(Orders by) {
        order(Kind.PROCEDURE, by);
    }

    private void order(Kind kind, Orders by) {
        boolean before = orders != null;
        orders = by;
        if (before == (by != null)) {
            return;
        }
        Kind now = by == null ? Kind.READERS : kind;
        monitor = new QueueMonitor(now, starts(now), most(now));
        if (now != Kind.NOTIFICATION) {
            tasks.forEach(task -> monitor.readerStarted(clock.millis()));
        }
        if (by != null && queue.first() != null) {
            arrived(true);
        }
        endIfUnused();
    }

    private boolean starts(Kind kind) {
        return queue.on() && (kind != Kind.PROCEDURE || queue.activation().on());
    }

    private int most(Kind kind) {
        return kind == Kind.PROCEDURE ? queue.activation().maxReaders() : Integer.MAX_VALUE;
    }

    private void endIfUnused() {
        if (activations == 0 && orders == null && tasks.isEmpty()) {
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
        if (orders != null) {
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
        act(monitor.altered(starts(monitor.kind()), most(monitor.kind()), sight(), clock.millis()));
    }

    /** A reader of beans has got its first group. */
    void started(Task task) {
        tasks.add(task);
        if (orders == null) {
            monitor.readerStarted(clock.millis());
            keepLooking();
        }
    }

    /** A procedure is being started, as ordered. */
    void ordered(Task task) {
        tasks.add(task);
    }

    /** A procedure could not be started; it is tried again after a while. */
    void notStarted(Task task) {
        tasks.remove(task);
        if (monitor.kind() == Kind.PROCEDURE) {
            monitor.startFailed(clock.millis());
            keepLooking();
        }
        endIfUnused();
    }

    /**
     * A reader has ended.
     *
     * @param received whether it has run a RECEIVE
     */
    void ended(Task task, boolean received) {
        tasks.remove(task);
        if (monitor.kind() != Kind.NOTIFICATION) {
            act(monitor.readerEnded(received, sight(), clock.millis()));
        }
        endIfUnused();
    }

    private void act(Verdict verdict) {
        switch (verdict) {
            case START -> orders.start();
            case FAILED -> orders.stopped();
            case LIMIT_REACHED -> queue.quota().reached();
            case SILENT -> tellSilent();
            default -> {}
        }
        keepLooking();
    }

    private void tellSilent() {
        database.context()
                .listener()
                .readersSilent(
                        database.name(), queue.name(), Duration.ofMillis(QueueMonitor.INTERVAL_MILLIS), tasks.size());
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
        return active || orders != null && sight().receivable();
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
        boolean told = now.state() == State.INACTIVE && orders == null && queue.first() != null;
        return new QueueWatcher.Shown(
                (told ? State.NOTIFIED : now.state()).name(),
                now.lastEmptyRowset(),
                now.lastActivated(),
                List.copyOf(tasks));
    }
}
