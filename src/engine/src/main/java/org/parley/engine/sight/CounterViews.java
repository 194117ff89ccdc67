package org.parley.engine.sight;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.parley.spi.Counter;
import org.parley.spi.Statistics;

/** Rows of counters; service-broker.md, section 20. */
final class CounterViews {

    private static final String PREFIX = "Parley:";
    private static final String TOTAL = "_Total";

    private final Statistics statistics;

    CounterViews(Statistics statistics) {
        this.statistics = statistics;
    }

    Iterator<Object[]> rows() {
        List<Object[]> rows = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            add(rows, counter, TOTAL, statistics.total(counter));
            for (String database : statistics.databases()) {
                add(rows, counter, database, statistics.of(database, counter));
            }
        }
        return rows.iterator();
    }

    private static void add(List<Object[]> rows, Counter counter, String instance, long value) {
        for (Counter.Shown shown : counter.shown()) {
            rows.add(new Object[] {
                PREFIX + counter.object(),
                shown.name(),
                instance,
                value,
                shown.type().number()
            });
        }
    }
}
