package org.parley.benchmarks;

import java.time.Duration;
import java.util.List;

/** Something that is measured: one line of the table, or more that are measured together. */
interface Line {

    /** Numbers or short names, to ask for it. */
    List<String> ids();

    /** How long it takes at most on two processors, with all that is made for it. */
    Duration longest(Course course);

    /** Whether it counts, and doesn't depend much on what was compiled before. */
    default boolean counts() {
        return false;
    }

    /** Measures. */
    List<Figure> run(Course course) throws Exception;
}
