package org.parley.spi;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The counters of a server at one moment, by database. */
public final class Statistics {

    private final Map<String, Map<Counter, Long>> byDatabase = new TreeMap<>();

    /** Of these values; what is absent is 0. */
    public Statistics(Map<String, Map<Counter, Long>> values) {
        values.forEach((database, counters) -> {
            Map<Counter, Long> copy = new EnumMap<>(Counter.class);
            copy.putAll(counters);
            byDatabase.put(database, copy);
        });
    }

    /** Databases that have been open since the server has started, in order. */
    public Set<String> databases() {
        return Collections.unmodifiableSet(byDatabase.keySet());
    }

    /** What was counted of one database; 0 for one that hasn't been open. */
    public long of(String database, Counter counter) {
        return byDatabase.getOrDefault(database, Map.of()).getOrDefault(counter, 0L);
    }

    /** What was counted of all databases. */
    public long total(Counter counter) {
        return byDatabase.values().stream()
                .mapToLong(counters -> counters.getOrDefault(counter, 0L))
                .sum();
    }
}
