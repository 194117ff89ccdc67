package org.parley.sql.run;

/** An error has been reported, and ends more than its statement. */
final class Ended extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean batch;

    /** The end of the batch, or else of the procedure or text that runs. */
    Ended(boolean batch) {
        super(null, null, false, false);
        this.batch = batch;
    }

    boolean batch() {
        return batch;
    }
}
