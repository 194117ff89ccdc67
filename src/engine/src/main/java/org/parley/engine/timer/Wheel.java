package org.parley.engine.timer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.parley.spi.BrokerClock;

/**
 * Everything of one broker database that becomes due, with one alarm for the earliest. An entry is only a hint: what has
 * been replaced or taken back meanwhile is found out by who is told.
 */
public final class Wheel implements AutoCloseable {

    private final BrokerClock clock;
    private final Consumer<Entry> told;
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(Comparator.comparingLong(Entry::due));
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
    public record Entry(long due, long endpoint, Kind kind) {}

    /** Adds an entry. */
    public synchronized void add(Entry entry) {
        entries.add(entry);
        arm();
    }

    private void arm() {
        Entry first = entries.peek();
        if (closed || first == null || alarm != null && alarmDue <= first.due()) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        alarmDue = first.due();
        alarm = clock.at(Instant.ofEpochMilli(alarmDue), this::ring);
    }

    private void ring() {
        List<Entry> due = new ArrayList<>();
        synchronized (this) {
            alarm = null;
            long now = clock.millis();
            while (!entries.isEmpty() && entries.peek().due() <= now) {
                due.add(entries.remove());
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
