package org.parley.engine.telemetry;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.parley.spi.Counter;

/** The counters of one database, over the time of a server. Safe for all threads. */
public final class Counters {

    private static final Counter[] ALL = Counter.values();
    private static final int LEVELS = 10;

    private final LongAdder[] counted = new LongAdder[ALL.length];
    private final Map<Counter, LongSupplier> measured = new ConcurrentHashMap<>();

    public Counters() {
        for (int i = 0; i < counted.length; i++) {
            counted[i] = new LongAdder();
        }
        // nothing comes over a network yet
        measure(Counter.ENQUEUED_LOCAL_MESSAGES, this::enqueued);
        measure(Counter.ENQUEUED_MESSAGES, this::enqueued);
    }

    /** Counts one. */
    public void count(Counter counter) {
        counted[counter.ordinal()].increment();
    }

    /** Counts several, or takes some back from a number of what is there now. */
    public void count(Counter counter, long several) {
        counted[counter.ordinal()].add(several);
    }

    /** Counts messages of a priority that were put into a queue. */
    public void enqueued(int priority, long messages) {
        counted[Counter.ENQUEUED_P1.ordinal() + priority - 1].add(messages);
    }

    private long enqueued() {
        long all = 0;
        for (int i = 0; i < LEVELS; i++) {
            all += counted[Counter.ENQUEUED_P1.ordinal() + i].sum();
        }
        return all;
    }

    /** What a counter shows is found out when it is read. */
    public void measure(Counter counter, LongSupplier value) {
        measured.put(counter, value);
    }

    /** All of them. */
    public Map<Counter, Long> read() {
        Map<Counter, Long> values = new EnumMap<>(Counter.class);
        for (Counter counter : ALL) {
            LongSupplier value = measured.get(counter);
            values.put(counter, value == null ? counted[counter.ordinal()].sum() : value.getAsLong());
        }
        return values;
    }
}
