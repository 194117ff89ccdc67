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
 * @param guardEnds when a closed side goes whose question can't be asked, in milliseconds of the epoch, or 0 as long as it can
 */
public record TransitRow(long endpoint, UUID farBroker, long acknowledged, long endPosition, long guardEnds) {

    /** No EndDialog has arrived. */
    public static final long NO_END = -1;

    /** Of an endpoint that is told of by a broker, and has told nothing. */
    public static TransitRow first(long endpoint, UUID farBroker) {
        return new TransitRow(endpoint, farBroker, 0, NO_END, 0);
    }

    /** The same after more has been acknowledged, or the other side's EndDialog has arrived. */
    public TransitRow with(long newAcknowledged, long newEndPosition) {
        return new TransitRow(endpoint, farBroker, newAcknowledged, newEndPosition, guardEnds);
    }
}
