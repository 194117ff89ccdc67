package org.parley.engine.store;

import java.util.UUID;

/**
 * What an endpoint whose other side is in another database knows of it. What it has sent and the other side has not
 * acknowledged lies in the message table under the id of the other side, which has no row in this database.
 *
 * @param endpoint endpoint id
 * @param farBroker broker instance that has the other side
 * @param acknowledged sequence numbers below it have reached the other side and are deleted here
 * @param endPosition position of the other side's EndDialog, or -1 while none has arrived
 */
public record TransitRow(long endpoint, UUID farBroker, long acknowledged, long endPosition) {

    /** No EndDialog has arrived. */
    public static final long NO_END = -1;
}
