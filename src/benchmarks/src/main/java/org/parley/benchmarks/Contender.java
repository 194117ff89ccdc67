package org.parley.benchmarks;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Recorder;

/**
 * One of those that do the same work, each with storage of its own.
 *
 * @param name name in the table
 * @param equipment what it works with, in the order in which it was opened
 * @param forces how often one operation of a single thread must force a log, at the least
 * @param emptied tables in which no row may be left
 * @param part the part of a thread
 */
record Contender(String name, List<Equipment> equipment, int forces, List<String> emptied, Part part)
        implements AutoCloseable {

    /** The limit: JDBC on Derby, written by hand for this work alone, with the same rows and commits. */
    static final String DERBY = "derby";

    /** The broker beside the database. */
    static final String ARTEMIS = "artemis";

    /** What is measured. */
    static final String PARLEY = "parley";

    /** Something that a contender works with: storage, threads. */
    interface Equipment extends AutoCloseable {

        /** Fails unless commits force the log, and nothing of the work was left undone: these tables are empty. */
        void check(List<String> emptied) throws Exception;

        @Override
        void close() throws SQLException;
    }

    /** The parts of threads, counted from 0. */
    @FunctionalInterface
    interface Part {

        /** That of this thread: used by one thread at a time. */
        Work of(int thread) throws Exception;
    }

    /** The parts of threads in a storage that isn't open yet. */
    @FunctionalInterface
    interface PartIn<S> {

        /** That of this thread. */
        Work of(S storage, int thread) throws Exception;
    }

    /** Opens a contender. */
    @FunctionalInterface
    interface Entrant {

        /** Opens it in an empty folder. */
        Contender open(Path folder) throws Exception;
    }

    /** What one thread does. */
    @FunctionalInterface
    interface Work {

        /**
         * Does it once.
         *
         * @param due when it should have begun, by {@link System#nanoTime}
         */
        void run(long due) throws Exception;

        /** After a round: takes what was put, and fails unless it is all there. Isn't measured. */
        default void settle() throws Exception {}

        /** Where the times of messages are recorded that another thread receives, in nanoseconds. */
        default Recorder arrivals() {
            throw new UnsupportedOperationException("An operation's own time says all.");
        }

        /** Work that only needs to know how often it has been done before. */
        static Work counted(Counted work) {
            AtomicLong done = new AtomicLong();
            return due -> work.run(done.getAndIncrement());
        }
    }

    /** Work that is told how often it has been done before. */
    @FunctionalInterface
    interface Counted {

        /** Does it once more. */
        void run(long done) throws Exception;
    }

    /** Parley with one server. */
    static Entrant parley(int forces, List<String> emptied, PartIn<ParleyServer> part) {
        return folder -> {
            ParleyServer server = new ParleyServer(folder);
            return new Contender(PARLEY, List.of(server), forces, emptied, thread -> part.of(server, thread));
        };
    }

    /** Derby with one database. */
    static Entrant derby(int forces, List<String> emptied, PartIn<DerbyDatabase> part) {
        return folder -> {
            DerbyDatabase database = new DerbyDatabase(folder.resolve(DERBY));
            return new Contender(DERBY, List.of(database), forces, emptied, thread -> part.of(database, thread));
        };
    }

    /** Artemis with one broker, whose queues are always to be empty. */
    static Entrant artemis(int forces, PartIn<ArtemisBroker> part) {
        return folder -> {
            ArtemisBroker broker = new ArtemisBroker(folder);
            return new Contender(ARTEMIS, List.of(broker), forces, List.of(), thread -> part.of(broker, thread));
        };
    }

    Work work(int thread) throws Exception {
        return part.of(thread);
    }

    /** Fails unless commits force the log, and nothing of the work was left undone. */
    void check() throws Exception {
        for (Equipment each : equipment) {
            each.check(emptied);
        }
    }

    @Override
    public void close() throws SQLException {
        for (int i = equipment.size() - 1; i >= 0; i--) {
            equipment.get(i).close();
        }
    }
}
