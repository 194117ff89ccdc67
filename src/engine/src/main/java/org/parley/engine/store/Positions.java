package org.parley.engine.store;

/**
 * Positions of messages inside an endpoint. From 0 on they are sequence numbers of the other side; below 0 they are
 * messages that overtake, in the order in which they are received (service-broker.md, section 8). Each origin has a
 * position of its own, so that no two transactions ever insert the same key.
 */
public final class Positions {

    /** The passing of this side's conversation timer. */
    public static final long TIMER = -3;

    /** An error made by the broker. */
    public static final long BROKER_ERROR = -2;

    /** An error that the other side ended with. */
    public static final long FAR_ERROR = -1;

    /** The first ordinary message. */
    public static final long FIRST = 0;

    private Positions() {}
}
