package org.parley.engine.timer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.parley.spi.BrokerClock;

/**
 * Everything of one broker database that becomes due, with one alarm for the earliest. An endpoint has at most one entry of
 * each kind. An entry is only a hint: what has been replaced or taken back at the last moment is found out by who is told.
 */
public final class Wheel implements AutoCloseable {

    private static final Kind[] KINDS = Kind.values();

    private final BrokerClock clock;
    private final Consumer<Entry> told;
    private final DueHeap entries = new DueHeap();
    private BrokerClock.Alarm alarm;
    private long alarmDue;
    private boolean closed;

    /**
     * An empty wheel.
     *
     * @param told is told of each entry once, when it is due; must only take note
     */
    public Wheel(BrokerClock clock, Consumer<Entry> told) {
        this.clock = clock;
        this.told = told;
    }

    /** What an entry is about. */
    public enum Kind {
        /** A conversation timer. */
        TIMER,
        /** The end of a dialog's lifetime. */
        LIFETIME,
        /** Another attempt to send to another database. */
        RETRY,
        /** An acknowledgement that has found no return traffic. */
        ACKNOWLEDGEMENT
    }

    /**
     * Something that becomes due.
     *
     * @param due milliseconds of the epoch
     * @param endpoint endpoint id
     * @param kind what it is about
     */
    public record Entry(long due, long endpoint, Kind kind) {

        private static Entry of(long key, long due) {
            return new Entry(due, Math.floorDiv(key, KINDS.length), KINDS[Math.floorMod(key, KINDS.length)]);
        }

        private long key() {
            return Wheel.key(endpoint, kind);
        }
    }

    private static long key(long endpoint, Kind kind) {
        return endpoint * KINDS.length + kind.ordinal();
    }

    /** Adds an entry; it replaces the endpoint's other one of the kind, but an acknowledgement isn't put off. */
    public synchronized void add(Entry entry) {
        if (closed || entry.kind() == Kind.ACKNOWLEDGEMENT && entries.hasBy(entry.key(), entry.due())) {
            return;
        }
        entries.put(entry.key(), entry.due());
        arm();
    }

    /** The endpoint's entry of a kind is due then; 0 for none. */
    public synchronized void set(long endpoint, Kind kind, long due) {
        if (due == 0) {
            entries.remove(key(endpoint, kind));
        } else {
            add(new Entry(due, endpoint, kind));
        }
    }

    /** Removes all entries of an endpoint. */
    public synchronized void removeAll(long endpoint) {
        for (Kind kind : KINDS) {
            entries.remove(key(endpoint, kind));
        }
    }

    /** Number of entries. */
    public synchronized int size() {
        return entries.size();
    }

    private void arm() {
        if (closed || entries.isEmpty() || alarm != null && alarmDue <= entries.firstDue()) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        alarmDue = entries.firstDue();
        alarm = clock.at(Instant.ofEpochMilli(alarmDue), this::ring);
    }

    private void ring() {
        List<Entry> due = new ArrayList<>();
        synchronized (this) {
            alarm = null;
            long now = clock.millis();
            while (!entries.isEmpty() && entries.firstDue() <= now) {
                due.add(Entry.of(entries.firstKey(), entries.firstDue()));
                entries.remove(entries.firstKey());
            }
            arm();
        }
        due.forEach(told);
    }

    @Override
    public synchronized void close() {
        closed = true;
        entries.clear();
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
