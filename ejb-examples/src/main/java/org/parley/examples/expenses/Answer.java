package org.parley.examples.expenses;

/** What became of an expense. */
public enum Answer {
    /** The desk has booked it. */
    APPROVED,
    /** The desk hasn't booked it and says why. */
    DENIED,
    /** The dialog has ended with an error before an answer. */
    FAILED
}
