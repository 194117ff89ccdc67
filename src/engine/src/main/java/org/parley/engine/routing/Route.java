package org.parley.engine.routing;

import java.util.UUID;

/**
 * A route as the choice of a way needs it; service-broker.md, section 9.
 *
 * @param service service that it leads to, or null for any
 * @param broker broker instance that it leads to, or null for any
 * @param address {@code LOCAL}, {@code TRANSPORT} or an address in the network
 * @param expires when it expires, in milliseconds of the epoch; {@link Long#MAX_VALUE} for never
 */
public record Route(String service, UUID broker, String address, long expires) {

    boolean local() {
        return address.equalsIgnoreCase("LOCAL");
    }
}
