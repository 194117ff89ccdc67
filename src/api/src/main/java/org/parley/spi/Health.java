package org.parley.spi;

import java.util.List;

/**
 * What works and what doesn't.
 *
 * @param status the worst of all parts
 * @param reasons one sentence for each part that isn't up, naming it and the way out
 */
public record Health(Status status, List<String> reasons) {

    /** Keeps an unmodifiable copy. */
    public Health {
        reasons = List.copyOf(reasons);
    }

    /** Grades of health. */
    public enum Status {
        /** Everything works. */
        UP,
        /** Something waits for an operator, the rest works. */
        DEGRADED,
        /** A broker database can't be used. */
        DOWN
    }
}
