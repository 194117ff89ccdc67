package org.parley.engine.activation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.parley.ActivationStatus;
import org.parley.ActivationStatus.State;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.Permission;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Contract;
import org.parley.engine.catalog.Queue;
import org.parley.engine.catalog.Service;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.queue.QueueWatcher.Task;
import org.parley.engine.security.Access;
import org.parley.engine.session.Statements;
import org.parley.engine.tx.Claim;
import org.parley.engine.work.Worker;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.BrokerClock;
import org.parley.spi.EngineListener;
import org.parley.spi.ReaderStarter;
import org.parley.spi.ReaderUnavailableException;

/**
 * Reads one queue: claims its ready groups, one for each reader, and has readers started up to a maximum. A group is
 * claimed before its reader's transaction begins, so none is opened for an empty queue.
 */
public final class QueueActivation implements Activation, QueueIndex.Consumer {

    private final ActivationConfig config;
    private final ReaderStarter starter;
    private final Worker dispatcher;
    private final String dispatching;
    private final BrokerClock clock;
    private final EngineListener listener;
    private final DeliveryChannels channels;
    private final AtomicBoolean dispatchPending = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readerEnded = lock.newCondition();

    // guarded by this activation's lock, which is never held while the table's is taken
    private int readers;
    private final ReaderPauses pauses = new ReaderPauses();
    private boolean stopped;
    private boolean held;
    private ReadQueue queue;
    private String reason = "it has just been made";

    /** Makes the channel of a delivery. */
    @FunctionalInterface
    public interface DeliveryChannels {

        /** A channel that works for a delivery. */
        EngineDelivery open(QueueActivation activation, ReadQueue queue, ReadQueue.Started started);
    }

    /** An activation that isn't attached to its queue yet. */
    public QueueActivation(
            ActivationConfig config,
            ReaderStarter starter,
            Worker dispatcher,
            BrokerClock clock,
            EngineListener listener,
            DeliveryChannels channels) {
        this.config = config;
        this.starter = starter;
        this.dispatcher = dispatcher;
        this.dispatching = "starting readers of " + config.name();
        this.clock = clock;
        this.listener = listener;
        this.channels = channels;
    }

    /** What it reads and how. */
    public ActivationConfig config() {
        return config;
    }

    /**
     * Looks for the queue, now and whenever databases or definitions have changed.
     *
     * @param opened the database, or empty while it isn't open
     */
    public void look(Optional<Statements> opened) {
        Optional<Queue> found = opened.flatMap(
                statements -> statements.database().catalog().snapshot().queue(config.queue()));
        if (found.isEmpty()) {
            waitFor(
                    opened.isEmpty()
                            ? "database '" + config.database() + "' does not exist or is not open"
                            : "queue '" + config.queue() + "' does not exist in database '" + config.database() + "'");
            return;
        }
        CatalogSnapshot catalog = opened.get().database().catalog().snapshot();
        Optional<String> missing = missing(catalog, found.get());
        if (missing.isPresent()) {
            waitFor(missing.get());
            return;
        }
        if (found.get().startsProcedure()) {
            waitFor(readByProcedure(found.get()));
            return;
        }
        attach(opened.get(), found.get());
    }

    private static String readByProcedure(Queue queue) {
        return "queue '" + queue.name() + "' is read by procedure '"
                + queue.activation().procedure() + "'; a queue is read by beans or by a procedure";
    }

    /** Refuses a queue that a procedure reads at this moment. */
    public void refuseProcedure(Statements opened) {
        opened.database()
                .catalog()
                .snapshot()
                .queue(config.queue())
                .filter(Queue::startsProcedure)
                .ifPresent(queue -> {
                    throw new BrokerException(
                            ErrorNumbers.OTHER_READERS,
                            "Activation '" + config.name() + "' can't begin: " + readByProcedure(queue)
                                    + ". Turn its ACTIVATION off first.");
                });
    }

    @Override
    public String name() {
        return config.name();
    }

    /** What its user lacks; the readers' statements are checked each, their deliveries here. */
    private Optional<String> missing(CatalogSnapshot catalog, Queue definition) {
        if (config.user() == null) {
            return Optional.empty();
        }
        Optional<Access> access = catalog.principals().access(config.user());
        if (access.isEmpty()) {
            return Optional.of("user '" + config.user() + "' does not exist in database '" + config.database() + "'");
        }
        return access.get().may(Permission.RECEIVE, definition.id())
                ? Optional.empty()
                : Optional.of(
                        "user '" + config.user() + "' has no RECEIVE permission on queue '" + config.queue() + "'");
    }

    private void waitFor(String what) {
        detach();
        boolean news;
        lock.lock();
        try {
            news = !stopped && !what.equals(reason);
            reason = what;
        } finally {
            lock.unlock();
        }
        if (news) {
            listener.activationWaiting(config.name(), what);
        }
    }

    private void attach(Statements statements, Queue definition) {
        OpenDatabase database = statements.database();
        QueueIndex index = database.table().locked(() -> database.table().queue(definition.id()));
        ReadQueue read;
        lock.lock();
        try {
            if (stopped || index == null || queue != null && queue.is(statements, index)) {
                return;
            }
            read = new ReadQueue(statements, index, this);
            queue = read;
            reason = "it reads queue '" + config.queue() + "'";
        } finally {
            lock.unlock();
        }
        listener.activationStarted(config.name(), config.database(), config.queue());
        warnOfTypes(database.catalog().snapshot(), definition);
        read.attach();
    }

    private void warnOfTypes(CatalogSnapshot catalog, Queue definition) {
        if (config.handledTypes() == null) {
            return;
        }
        for (Service service : catalog.servicesOf(definition.id())) {
            for (int contractId : service.contracts()) {
                Contract contract = catalog.contract(contractId);
                for (int type : contract.sentBy().keySet()) {
                    String name = catalog.messageType(type).name();
                    if (contract.maySend(type, true) && !config.handledTypes().contains(name)) {
                        listener.typeNotHandled(config.name(), config.queue(), name);
                    }
                }
            }
        }
    }

    private void detach() {
        ReadQueue from;
        lock.lock();
        try {
            from = queue;
            queue = null;
        } finally {
            lock.unlock();
        }
        if (from != null) {
            from.detach();
        }
    }

    @Override
    public void groupReady() {
        if (dispatchPending.compareAndSet(false, true)) {
            dispatcher.add(dispatching, this::dispatch);
        }
    }

    private void dispatch() {
        dispatchPending.set(false);
        while (enlist()) {
            EngineDelivery delivery = claim();
            if (delivery == null) {
                discharge();
                return;
            }
            delivery.started();
            try {
                starter.start(delivery);
            } catch (ReaderUnavailableException | RuntimeException e) {
                // without a pause the group that is given back would be dispatched again at once, for ever
                delivery.unavailable(e);
                return;
            }
        }
    }

    /** A reader has got as far as its bean: pauses begin with the shortest again. */
    void readerWorked() {
        lock.lock();
        try {
            pauses.readerWorked();
        } finally {
            lock.unlock();
        }
    }

    /** Counts one more reader, if there may be one. */
    private boolean enlist() {
        lock.lock();
        try {
            if (stopped || held || pauses.underWay() || queue == null || readers >= config.maxQueueReaders()) {
                return false;
            }
            readers++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void discharge() {
        lock.lock();
        try {
            readers--;
            readerEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private EngineDelivery claim() {
        ReadQueue from = queueNow();
        ReadQueue.Started started = from == null ? null : from.start();
        return started == null ? null : channels.open(this, from, started);
    }

    private ReadQueue queueNow() {
        lock.lock();
        try {
            return queue;
        } finally {
            lock.unlock();
        }
    }

    /** The next ready group for a reader at work; null when there is none or the activation stops. */
    Claim claimFor(ReadQueue from) {
        lock.lock();
        try {
            if (stopped || held || pauses.underWay() || queue != from) {
                return null;
            }
        } finally {
            lock.unlock();
        }
        return from.next();
    }

    /**
     * A reader has ended.
     *
     * @param worked whether it finished a round, or said why not
     */
    void readerEnded(ReadQueue from, Task task, boolean worked) {
        boolean reads = queueNow() == from;
        if (!worked && reads) {
            // with no pause its group would be given to the next reader at once, which would fail as soon
            pause(new IllegalStateException("A reader of '" + config.name() + "' ended without receiving."));
        }
        discharge();
        // a group that became ready while this reader was still counted has found no place
        if (from.end(task) && reads) {
            groupReady();
        }
    }

    /** No reader can be started at the moment: waits a while, longer each time. */
    void pause(Throwable cause) {
        long millis;
        lock.lock();
        try {
            if (pauses.underWay() || stopped) {
                return;
            }
            millis = pauses.begin(cause);
        } finally {
            lock.unlock();
        }
        listener.readerUnavailable(config.name(), cause);
        clock.at(clock.instant().plusMillis(millis), () -> {
            lock.lock();
            try {
                pauses.end();
            } finally {
                lock.unlock();
            }
            groupReady();
        });
    }

    EngineListener listener() {
        return listener;
    }

    /** The queue that it reads, by its name in the catalog. */
    String queue() {
        return Queue.nameOf(config.queue());
    }

    @Override
    public ActivationStatus status() {
        lock.lock();
        try {
            return new ActivationStatus(
                    queue(),
                    config.name(),
                    state(),
                    reason(),
                    readers,
                    config.maxQueueReaders(),
                    pauses.failures(),
                    pauses.lastFailure());
        } finally {
            lock.unlock();
        }
    }

    /** Readers at work. */
    int readers() {
        lock.lock();
        try {
            return readers;
        } finally {
            lock.unlock();
        }
    }

    private State state() {
        if (stopped) {
            return State.STOPPED;
        }
        if (held) {
            return State.PAUSED;
        }
        return queue == null || queue.startsNone() != null ? State.WAITING : State.ACTIVE;
    }

    private String reason() {
        if (held && !stopped) {
            return "it is paused until it is resumed";
        }
        String closed = queue == null ? null : queue.startsNone();
        return closed == null ? reason : closed;
    }

    @Override
    public void pause() {
        hold(true);
    }

    @Override
    public void resume() {
        hold(false);
        groupReady();
    }

    private void hold(boolean hold) {
        lock.lock();
        try {
            held = hold;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean stop(Duration longest) {
        lock.lock();
        try {
            stopped = true;
            reason = "it has been stopped";
        } finally {
            lock.unlock();
        }
        detach();
        return awaitReaders(longest);
    }

    /** Bounded by real time: an application's thread is waited for, not the broker's clock. */
    private boolean awaitReaders(Duration longest) {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (readers > 0) {
                if (left <= 0) {
                    return false;
                }
                left = readerEnded.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
