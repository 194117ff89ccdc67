package org.parley.engine.routing;

import java.util.List;
import java.util.UUID;

/**
 * A way to other broker databases. It may lose frames, double them and change their order; it must not alter them. What
 * the other side has to say comes back as frames of its own, to {@link Arrivals#accept}.
 */
public interface Link {

    /** Whether a broker instance can be reached over it at this moment. */
    boolean reaches(UUID broker);

    /**
     * Hands frames over.
     *
     * @throws Unreachable when none of them can be on its way
     */
    void transmit(UUID broker, List<Frame> frames) throws Unreachable;

    /** Why frames can't be sent: they wait, and are tried again. */
    final class Unreachable extends Exception {

        private static final long serialVersionUID = 1L;

        private final int number;

        /** The number and the text that the transmission status shows. */
        public Unreachable(int number, String text) {
            super(text);
            this.number = number;
        }

        /** Error number. */
        public int number() {
            return number;
        }
    }
}
