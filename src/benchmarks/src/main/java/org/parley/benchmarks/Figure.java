package org.parley.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One row of the table.
 *
 * @param line the line's id
 * @param work what is measured, for people
 * @param threads number of threads that work
 * @param contender who worked
 * @param values figures by their names, in the order of the table
 */
record Figure(String line, String work, int threads, String contender, Map<String, Double> values) {

    static final String PER_SECOND = "ops_per_s";
    static final String RATIO_TO_RAW = "ratio_to_raw";
    static final String RATIO_TO_ARTEMIS = "ratio_to_artemis";
    static final String RATIO_TO_EMPTY = "ratio_to_empty";
    static final String P50 = "p50_us";
    static final String P99 = "p99_us";
    static final String P999 = "p999_us";

    Figure(String line, String work, int threads, String contender) {
        this(line, work, threads, contender, new LinkedHashMap<>());
    }

    Figure with(String name, double value) {
        values.put(name, value);
        return this;
    }

    /** On one line, to tell another JVM. */
    String encoded() {
        List<String> fields = new ArrayList<>(List.of(line, work, String.valueOf(threads), contender));
        values.forEach((name, value) -> fields.addAll(List.of(name, String.valueOf(value))));
        return String.join("\t", fields);
    }

    static Figure decoded(String encoded) {
        String[] fields = encoded.split("\t");
        Figure figure = new Figure(fields[0], fields[1], Integer.parseInt(fields[2]), fields[3]);
        for (int i = 4; i < fields.length; i += 2) {
            figure.with(fields[i], Double.parseDouble(fields[i + 1]));
        }
        return figure;
    }

    double value(String name) {
        return values.get(name);
    }

    /** Percentiles of times in nanoseconds. */
    Figure withTimes(Histogram nanos) {
        return with(P50, nanos.getValueAtPercentile(50) / 1e3)
                .with(P99, nanos.getValueAtPercentile(99) / 1e3)
                .with(P999, nanos.getValueAtPercentile(99.9) / 1e3);
    }
}
