package org.parley.engine.activation;

/**
 * Readers of an activation that have failed, and the pauses that follow: each twice as long as the one before, until a
 * reader works. Guarded by the activation's lock.
 */
final class ReaderPauses {

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5000;

    private long next = FIRST_MILLIS;
    private boolean underWay;
    private long failures;
    private Throwable last;

    /** Whether no reader may be started at the moment. */
    boolean underWay() {
        return underWay;
    }

    /** A reader has failed: begins a pause and returns its length, in milliseconds. */
    long begin(Throwable cause) {
        failures++;
        last = cause;
        underWay = true;
        long millis = next;
        next = Math.min(2 * next, LONGEST_MILLIS);
        return millis;
    }

    /** The pause is over. */
    void end() {
        underWay = false;
    }

    /** A reader has got as far as its bean: pauses begin with the shortest again. */
    void readerWorked() {
        next = FIRST_MILLIS;
    }

    /** How many have failed so far. */
    long failures() {
        return failures;
    }

    /** Why the last one has, or null. */
    String lastFailure() {
        return last == null ? null : last.getMessage();
    }
}
