package org.parley.benchmarks;

import java.util.List;

/** Something that is measured: one line of the table, or more that are measured together. */
interface Line {

    /** Numbers or short names, to ask for it. */
    List<String> ids();

    /** Measures. */
    List<Figure> run(Course course) throws Exception;
}
