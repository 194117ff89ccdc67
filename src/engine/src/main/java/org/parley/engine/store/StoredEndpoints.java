package org.parley.engine.store;

import java.util.List;

/**
 * Endpoints and what lies in the message table for them.
 *
 * @param rows endpoint rows
 * @param ranges one for each endpoint id that has messages, whether it has a row or not
 */
public record StoredEndpoints(List<EndpointRow> rows, List<MessageRange> ranges) {

    /**
     * The messages of one endpoint.
     *
     * @param endpoint endpoint id
     * @param first lowest position from 0 on, or -1 when there is none
     * @param last highest position from 0 on, or -1 when there is none
     * @param count number of positions from 0 on that have a message
     * @param oldestOrder lowest queuing order among all its messages
     * @param timer whether there is a message at {@link Positions#TIMER}
     * @param brokerError whether there is one at {@link Positions#BROKER_ERROR}
     * @param farError whether there is one at {@link Positions#FAR_ERROR}
     */
    public record MessageRange(
            long endpoint,
            long first,
            long last,
            long count,
            long oldestOrder,
            boolean timer,
            boolean brokerError,
            boolean farError) {}
}
