package org.parley;

import java.time.Instant;

/**
 * A route; service-broker.md, section 1.7.
 *
 * @param name 1 to 128 characters
 * @param serviceName service it leads to, 1 to 256 characters compared byte by byte; {@code null}: any
 * @param brokerInstance GUID of the broker it leads to; {@code null}: any. Only with a service name
 * @param expires when it ceases to be used; {@code null}: never
 * @param address {@code LOCAL}, {@code TRANSPORT} or {@code TCP://host:port}
 * @param mirrorAddress second address of a mirrored pair, or {@code null}. Only with service name and broker instance
 */
public record RouteDefinition(
        String name, String serviceName, String brokerInstance, Instant expires, String address, String mirrorAddress) {

    /** Route that a database is made with: every service is looked for here. */
    public static final String AUTO_CREATED_LOCAL = "AutoCreatedLocal";

    /** Address of this server. */
    public static final String LOCAL = "LOCAL";

    /** Address that stands for the one in the service's name. */
    public static final String TRANSPORT = "TRANSPORT";

    /** A route to one service, whatever its broker, for ever. */
    public RouteDefinition(String name, String serviceName, String address) {
        this(name, serviceName, null, null, address, null);
    }
}
