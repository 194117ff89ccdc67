package org.parley.engine.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.work.Threads;

/**
 * Sends what the databases of a server have for each other, on one thread for all of them, so that the order by priority
 * holds over all; service-broker.md, sections 4.4 and 15. It sleeps until a commit, a clock or a definition wakes it.
 */
public final class Transmitter implements AutoCloseable {

    /** Endpoints of one round: their frames go out in one delivery for each database. */
    private static final int ENDPOINTS_A_ROUND = 256;

    /**
     * Rows of one round, about: what comes meanwhile waits until it is over. So many share a commit, more would hardly make it
     * cheaper.
     */
    private static final int ROWS_A_ROUND = 256;

    /** One turn in so many goes to who has been waiting longest, so that the low priorities don't starve. */
    private static final int TURNS_BY_AGE = 16;

    private final List<Station> stations = new CopyOnWriteArrayList<>();
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final Aftercare.TaskFailed failures;
    private final Link link;
    private final Thread thread;
    private final Map<UUID, String> delivering = new ConcurrentHashMap<>();
    private long taken;

    // guarded by this
    private boolean rung;
    private boolean busy;
    private boolean closed;

    /**
     * A transmitter between the databases of one server.
     *
     * @param links makes the link that is used of the one between databases of this process
     * @param failures hears of rounds that failed; what they were to send is sent again
     */
    public Transmitter(UnaryOperator<Link> links, Aftercare.TaskFailed failures) {
        this.failures = failures;
        this.link = links.apply(new LocalLink());
        this.thread = Threads.start("parley-transmitter", this::loop);
    }

    /** Frames are handed to the other database on the transmitter's own thread. */
    private final class LocalLink implements Link {

        @Override
        public boolean reaches(UUID broker) {
            return find(broker) != null;
        }

        @Override
        public void transmit(UUID broker, List<Frame> frames) throws Unreachable {
            Station station = find(broker);
            if (station == null) {
                throw new Unreachable(9795, "Broker " + broker + " is not in this server, and no route leads to it.");
            }
            if (!station.delivers()) {
                throw new Unreachable(28013, "The broker is disabled in the target database '" + station.name() + "'.");
            }
            station.accept(frames);
        }

        private Station find(UUID broker) {
            return stations.stream()
                    .filter(station -> station.broker().equals(broker))
                    // a copy that doesn't deliver is looked at last
                    .min(Comparator.comparing(station -> !station.delivers()))
                    .orElse(null);
        }
    }

    /** Turns are counted over all databases. */
    AtomicLong turns() {
        return turns;
    }

    /** Grows with each change of databases or definitions: a way that was chosen before may not be the best any more. */
    long changes() {
        return changes.get();
    }

    /** The databases of the server, the asking one included. */
    List<Neighbour> neighbours() {
        return List.copyOf(stations);
    }

    List<Station> stations() {
        return List.copyOf(stations);
    }

    /**
     * Of databases with one broker instance, as copies are, one delivers at most: whether it may be this one, from now on
     * until it is released.
     */
    public boolean claim(UUID broker, String database) {
        String holder = delivering.putIfAbsent(broker, database);
        return holder == null || holder.equals(database);
    }

    /** The database delivers no more. */
    public void release(UUID broker, String database) {
        delivering.remove(broker, database);
    }

    /** Name of the database that delivers as that broker instance, or null. */
    public String delivers(UUID broker) {
        return delivering.get(broker);
    }

    /** A database has been opened. */
    void add(Station station) {
        stations.add(station);
        ring();
        lookAgain();
    }

    /** A database is being closed; waits until nothing is on its way from or to it, unless a store hangs. */
    void remove(Station station) {
        stations.remove(station);
        awaitRound();
    }

    /** Databases or definitions have changed: what waits may have a way now. */
    public void lookAgain() {
        changes.incrementAndGet();
        stations.forEach(Station::lookAgain);
    }

    /** Something is to be sent. */
    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    private void loop() {
        while (awaitBell()) {
            try {
                round();
            } catch (RuntimeException | Error e) {
                failures.failed("sending messages to other databases", e);
            }
        }
    }

    private synchronized boolean awaitBell() {
        busy = false;
        notifyAll();
        while (!rung && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // nobody but close() may end this thread
                continue;
            }
        }
        rung = false;
        busy = !closed;
        return busy;
    }

    private synchronized void awaitRound() {
        boolean interrupted = false;
        long end = System.nanoTime() + Threads.PATIENCE.toNanos();
        long left = Threads.PATIENCE.toMillis();
        while (inRound() && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = Threads.millisTo(end);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (inRound()) {
            throw Threads.stuck(thread, Threads.PATIENCE);
        }
    }

    /** After {@link #close()} its round is over, or has been given up. */
    private boolean inRound() {
        return busy && !closed && thread != Thread.currentThread();
    }

    private void round() {
        Map<UUID, List<Parcel>> byTarget = new LinkedHashMap<>();
        for (Station station : stations) {
            station.replies()
                    .forEach(reply -> byTarget.computeIfAbsent(reply.broker(), broker -> new ArrayList<>())
                            .add(Parcel.of(reply.frame())));
        }
        pack(this::pick, byTarget);
        // so many again: they delete as many rows as messages are sent, and neither waits for the other for long
        pack(this::pickAcknowledgement, byTarget);
        byTarget.forEach(this::send);
    }

    /** Prepares what is picked, as much as belongs into one round. */
    private void pack(Supplier<Pick> picks, Map<UUID, List<Parcel>> byTarget) {
        int endpoints = 0;
        long rows = 0;
        for (Pick pick = picks.get(); pick != null; pick = picks.get()) {
            Parcel parcel = prepared(pick);
            if (parcel != null) {
                byTarget.computeIfAbsent(parcel.to(), broker -> new ArrayList<>())
                        .add(parcel);
                rows += parcel.rows();
            }
            if (++endpoints >= ENDPOINTS_A_ROUND || rows >= ROWS_A_ROUND) {
                ring();
                return;
            }
        }
    }

    private Parcel prepared(Pick pick) {
        try {
            FaultPoint.TRANSMIT_PICKED.reach();
            return pick.station().prepare(pick.turn().endpoint());
        } catch (RuntimeException | Error e) {
            failures.failed("sending messages of database '" + pick.station().name() + "'", e);
            pick.station().postpone(pick.turn().endpoint(), "0: " + e.getMessage());
            return null;
        }
    }

    private void send(UUID broker, List<Parcel> parcels) {
        List<Frame> frames = new ArrayList<>();
        parcels.forEach(parcel -> frames.addAll(parcel.frames()));
        try {
            FaultPoint.TRANSMIT_DELIVERS.reach();
            link.transmit(broker, frames);
            FaultPoint.TRANSMIT_DELIVERED.reach();
            parcels.forEach(Parcel::sent);
            FaultPoint.TRANSMIT_NOTED.reach();
        } catch (Link.Unreachable e) {
            parcels.forEach(parcel -> parcel.failed(e.number() + ": " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            failures.failed("delivering messages to broker " + broker, e);
            parcels.forEach(parcel -> parcel.failed("28005: The target database has failed to take it: " + e));
        }
    }

    /** The turn that comes first over all databases, taken. */
    private record Pick(Station station, Outbox.Turn turn) {}

    private Pick pick() {
        boolean byAge = ++taken % TURNS_BY_AGE == 0;
        Pick best = null;
        for (Station station : stations) {
            Outbox.Turn turn = station.nextTurn(byAge);
            if (turn != null
                    && (best == null || (byAge ? turn.turn() < best.turn().turn() : turn.before(best.turn())))) {
                best = new Pick(station, turn);
            }
        }
        return take(best);
    }

    private Pick pickAcknowledgement() {
        Pick oldest = null;
        for (Station station : stations) {
            Outbox.Turn turn = station.nextAcknowledgement();
            if (turn != null && (oldest == null || turn.turn() < oldest.turn().turn())) {
                oldest = new Pick(station, turn);
            }
        }
        return take(oldest);
    }

    private static Pick take(Pick pick) {
        if (pick != null) {
            pick.station().take(pick.turn());
        }
        return pick;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (thread != Thread.currentThread()) {
            Threads.join(thread);
        }
    }
}
