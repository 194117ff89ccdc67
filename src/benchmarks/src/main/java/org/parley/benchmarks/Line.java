package org.parley.benchmarks;

import java.util.List;

/** One line of the table: something that is measured. */
interface Line {

    /** Number or short name, to ask for it. */
    String id();

    /** What is measured, for people. */
    String title();

    /** Measures. */
    List<Figure> run(Course course) throws Exception;
}
