package org.parley.benchmarks;

import java.sql.SQLException;

/** One of those that do the same work on a database of their own. Closing it closes the database. */
interface Contender extends AutoCloseable {

    /** Name in the table. */
    String name();

    /** The part of one thread; used by that thread only, and closed with the contender. */
    Work work(int thread) throws Exception;

    /** Fails unless commits force the log, and nothing of the work was left undone. */
    void check() throws Exception;

    @Override
    void close() throws SQLException;

    /** The part of one thread: a message is put and taken, each in a transaction. */
    interface Work {

        /** Puts a message and commits. */
        void put() throws Exception;

        /** Takes the message and commits. Fails when another one came, or none. */
        void take() throws Exception;
    }
}
