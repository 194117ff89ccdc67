package org.parley.benchmarks;

import java.sql.SQLException;
import org.HdrHistogram.Recorder;

/** One of those that do the same work, with storage of its own. Closing it closes that. */
interface Contender extends AutoCloseable {

    /** The limit: JDBC on Derby, written by hand for this work alone, with the same rows and commits. */
    String DERBY = "derby";

    /** The broker beside the database. */
    String ARTEMIS = "artemis";

    /** What is measured. */
    String PARLEY = "parley";

    /** Name in the table. */
    String name();

    /** How often one operation of a single thread must force a log, at the least. */
    int forces();

    /** The part of one thread; used by one thread at a time, and closed with the contender. */
    Work work(int thread) throws Exception;

    /** Fails unless commits force the log, and nothing of the work was left undone. */
    void check() throws Exception;

    /**
     * Where the times of messages are recorded that other threads receive, in nanoseconds; null when an operation's own
     * time says all.
     */
    default Recorder arrivals() {
        return null;
    }

    @Override
    void close() throws SQLException;

    /** The part of one thread. */
    interface Work {

        /**
         * Does it once.
         *
         * @param due when it should have begun, by {@link System#nanoTime}
         */
        void run(long due) throws Exception;

        /** After a round: takes what was put, and fails unless it is all there. Isn't measured. */
        default void settle() throws Exception {}
    }
}
