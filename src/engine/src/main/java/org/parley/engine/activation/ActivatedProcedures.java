package org.parley.engine.activation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.parley.BrokerException;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Queue;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.session.EngineChannel;
import org.parley.engine.work.Worker;

/**
 * Runs the procedures that queues of a database name as their readers; service-broker.md, section 13. The queue's monitor
 * orders, the server's own thread starts a thread for each run.
 */
public final class ActivatedProcedures implements AutoCloseable {

    /** Most procedures of a database that run at a time, over all queues. */
    static final int MOST = 200;

    private static final Duration STOP = Duration.ofSeconds(10);

    private final OpenDatabase database;
    private final Worker dispatcher;
    private final Function<String, EngineChannel> channels;

    // guarded by the table's lock
    private final Map<Integer, ProcedureQueue> queues = new HashMap<>();
    private final Map<String, BrokerException> failures = new TreeMap<>();
    private final List<ProcedureReader> readers = new ArrayList<>();
    private boolean closed;

    /**
     * Those of a database.
     *
     * @param dispatcher the server's own thread
     * @param channels opens a channel for a user
     */
    public ActivatedProcedures(OpenDatabase database, Worker dispatcher, Function<String, EngineChannel> channels) {
        this.database = database;
        this.dispatcher = dispatcher;
        this.channels = channels;
    }

    /** Definitions have changed, or the database has been opened. */
    public void look() {
        CatalogSnapshot now = database.catalog().snapshot();
        database.table().locked(() -> {
            if (!closed) {
                Map<Integer, Queue> wanted = new HashMap<>();
                now.queues().stream().filter(Queue::startsProcedure).forEach(queue -> wanted.put(queue.id(), queue));
                List.copyOf(queues.keySet()).stream()
                        .filter(id -> !wanted.containsKey(id))
                        .forEach(id -> end(queues.remove(id)));
                wanted.values().forEach(this::watch);
            }
        });
    }

    private void watch(Queue queue) {
        QueueIndex index = database.table().queue(queue.id());
        if (index != null && !queues.containsKey(queue.id())) {
            ProcedureQueue made = new ProcedureQueue(this, QueueWatch.of(database, index), queue.id(), queue.name());
            queues.put(queue.id(), made);
            made.begin();
        }
    }

    private void end(ProcedureQueue queue) {
        queue.end();
        failures.remove(queue.name());
    }

    OpenDatabase database() {
        return database;
    }

    EngineChannel channel(String user) {
        return channels.apply(user);
    }

    /** Starts a reader, or says why not; on the server's own thread. Called under the table's lock. */
    void start(ProcedureReader reader) {
        dispatcher.add("starting " + reader.name(), () -> {
            if (enter(reader)) {
                reader.start();
            } else {
                reader.notStarted();
            }
        });
    }

    private boolean enter(ProcedureReader reader) {
        return database.table().locked(() -> {
            boolean mayRun = !closed && readers.size() < MOST;
            // a start that has failed is tried again
            if (mayRun && !readers.contains(reader)) {
                readers.add(reader);
            }
            return mayRun;
        });
    }

    /** A reader has ended. Under the table's lock. */
    void left(ProcedureReader reader) {
        readers.remove(reader);
    }

    /** Readers of a queue at work. */
    int readersOf(String queue) {
        return database.table().locked(() -> (int)
                readers.stream().filter(reader -> reader.queue().equals(queue)).count());
    }

    /**
     * What has become of a queue's readers, for {@link #failures()}; null when they do well.
     *
     * @return whether that is news
     */
    boolean note(String queue, BrokerException failure) {
        return database.table().locked(() -> {
            BrokerException before = failure == null ? failures.remove(queue) : failures.put(queue, failure);
            return failure != null && (before == null || !before.getMessage().equals(failure.getMessage()));
        });
    }

    /** Why queues have no readers that work, for people. */
    public List<String> failures() {
        return database.table()
                .locked(() -> failures.values().stream()
                        .map(BrokerException::getMessage)
                        .toList());
    }

    /** Starts no more, interrupts those at work and waits for their ends, a while. */
    @Override
    public void close() {
        List<ProcedureReader> atWork = database.table().locked(() -> {
            closed = true;
            queues.values().forEach(ProcedureQueue::end);
            queues.clear();
            return List.copyOf(readers);
        });
        atWork.forEach(ProcedureReader::interrupt);
        long end = System.nanoTime() + STOP.toNanos();
        atWork.forEach(reader -> reader.join(Math.max(1, (end - System.nanoTime()) / 1_000_000)));
    }
}
