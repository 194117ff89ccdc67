package org.parley.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

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
    static final String RATIO = "ratio_to_raw";
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
}
