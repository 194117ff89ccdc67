package org.parley.engine.store;

import java.util.UUID;

/**
 * A conversation group that is suspended.
 *
 * @param group its id
 * @param since when that happened, in milliseconds of the epoch
 * @param rollbacks how many rollbacks in a row had done it
 * @param failure why the last one was rolled back, or null when that isn't known
 */
public record SuspensionRow(UUID group, long since, int rollbacks, String failure) {

    /** Longest text of a failure; what is longer is cut. */
    public static final int LONGEST_FAILURE = 2000;

    /** With a text that can be stored. */
    public SuspensionRow {
        if (failure != null && failure.length() > LONGEST_FAILURE) {
            failure = failure.substring(0, LONGEST_FAILURE);
        }
    }
}
