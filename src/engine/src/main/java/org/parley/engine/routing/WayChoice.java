package org.parley.engine.routing;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.parley.engine.security.SecurityErrors;

/**
 * Where the messages of a conversation go; service-broker.md, sections 9 and 10. Pure: the same arguments give the same
 * way.
 */
final class WayChoice {

    private final Sender sender;
    private final List<Neighbour> all;

    /**
     * A way, or why there is none at the moment.
     */
    sealed interface Way {

        /** Into the queues of the sender's own database. */
        record Here() implements Way {}

        /** To another broker database. */
        record To(UUID broker) implements Way {}

        /** Nowhere yet: the message waits with this status and the way is chosen anew later. */
        record Wait(int number, String text) implements Way {}

        /** Nowhere, ever: the conversation fails. */
        record Fail(int number, String text) implements Way {}
    }

    /**
     * The sending database.
     *
     * @param name its name
     * @param broker its broker instance
     * @param delivers whether its broker is on
     * @param trustworthy whether what it sends may act in other databases
     * @param hasMasterKey whether it can make session keys
     * @param routes its routes
     * @param now milliseconds of the epoch
     */
    record Sender(
            String name,
            UUID broker,
            boolean delivers,
            boolean trustworthy,
            boolean hasMasterKey,
            List<Route> routes,
            long now) {}

    /**
     * What is looked for.
     *
     * @param conversation identifier, by which conversations are spread
     * @param service name of the target service
     * @param named broker instance that BEGIN DIALOG named, or null
     * @param known broker instance that has the other side already, or null
     * @param owner user that owns the initiating service, when the initiator sends; else null
     * @param encrypted whether a session key is needed
     */
    record Wanted(UUID conversation, String service, UUID named, UUID known, String owner, boolean encrypted) {}

    WayChoice(Sender sender, List<Neighbour> all) {
        this.sender = sender;
        this.all = all;
    }

    Way choose(Wanted wanted) {
        if (!sender.delivers()) {
            return new Way.Wait(9791, "The broker is disabled in the sender's database '" + sender.name() + "'.");
        }
        if (wanted.known() != null) {
            return secured(to(wanted.known(), wanted), wanted);
        }
        return secured(routed(wanted), wanted);
    }

    private Way routed(Wanted wanted) {
        List<Route> matching = matching(wanted);
        if (matching.isEmpty()) {
            boolean known = wanted.named() != null && all.stream().anyMatch(each -> each.offers(wanted.service()));
            return known
                    ? to(wanted.named(), wanted)
                    : new Way.Wait(
                            9750,
                            "No route of database '" + sender.name() + "' matches service '" + wanted.service() + "'"
                                    + (wanted.named() == null ? "" : " at broker " + wanted.named()) + ".");
        }
        for (Route route : matching) {
            if (route.local()) {
                UUID broker = wanted.named() != null ? wanted.named() : route.broker();
                if (broker != null) {
                    return to(broker, wanted);
                }
                Way spread = spread(wanted);
                if (spread instanceof Way.Wait && matching.stream().anyMatch(each -> !each.local())) {
                    continue;
                }
                return spread;
            }
        }
        return new Way.Wait(
                9748,
                "Service '" + wanted.service() + "' is at '" + matching.get(0).address()
                        + "', and this server has no transport to other hosts.");
    }

    /** The routes of the first step that yields any; section 9.2. */
    private List<Route> matching(Wanted wanted) {
        List<Route> valid = sender.routes().stream()
                .filter(route -> route.expires() > sender.now())
                .toList();
        Predicate<Route> sameService = route -> wanted.service().equals(route.service());
        List<Route> found = List.of();
        if (wanted.named() != null) {
            found = filter(valid, sameService.and(route -> wanted.named().equals(route.broker())));
        }
        if (found.isEmpty()) {
            found = filter(valid, sameService.and(route -> route.broker() == null));
        }
        if (found.isEmpty() && wanted.named() == null) {
            found = ofOneBroker(filter(valid, sameService.and(route -> route.broker() != null)), wanted);
        }
        return found.isEmpty() ? filter(valid, route -> route.service() == null && route.broker() == null) : found;
    }

    private static List<Route> ofOneBroker(List<Route> routes, Wanted wanted) {
        List<UUID> brokers =
                routes.stream().map(Route::broker).distinct().sorted().toList();
        if (brokers.isEmpty()) {
            return routes;
        }
        UUID picked = brokers.get(place(wanted, brokers.size()));
        return filter(routes, route -> picked.equals(route.broker()));
    }

    private static List<Route> filter(List<Route> routes, Predicate<Route> wanted) {
        return routes.stream().filter(wanted).toList();
    }

    /** The same conversation always falls on the same place, also after a restart, as long as there are as many. */
    private static int place(Wanted wanted, int places) {
        long bits = wanted.conversation().getMostSignificantBits() * 0x9E3779B97F4A7C15L
                ^ wanted.conversation().getLeastSignificantBits();
        return (int) Math.floorMod(bits ^ bits >>> 32, (long) places);
    }

    /** The sender's own database first, then the others that offer the service. */
    private Way spread(Wanted wanted) {
        List<Neighbour> offering = all.stream()
                .filter(each -> each.offers(wanted.service()))
                .sorted(Comparator.comparing(Neighbour::broker))
                .toList();
        if (offering.stream().anyMatch(this::isSender)) {
            return new Way.Here();
        }
        List<Neighbour> delivering =
                offering.stream().filter(Neighbour::delivers).toList();
        if (delivering.isEmpty()) {
            return offering.isEmpty()
                    ? new Way.Wait(
                            9796,
                            "The route of service '" + wanted.service()
                                    + "' is LOCAL, and no database of this server has such a service.")
                    : disabled(offering.get(0));
        }
        return new Way.To(delivering.get(place(wanted, delivering.size())).broker());
    }

    private Way to(UUID broker, Wanted wanted) {
        Neighbour found = all.stream()
                .filter(each -> each.broker().equals(broker))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return new Way.Wait(9795, "Broker " + broker + " is not in this server, and no route leads to it.");
        }
        if (!found.delivers()) {
            return disabled(found);
        }
        if (wanted.known() == null && !found.offers(wanted.service())) {
            return new Way.Fail(
                    8490,
                    "Service '" + wanted.service() + "' does not exist in broker " + broker + ", which was named.");
        }
        return isSender(found) ? new Way.Here() : new Way.To(broker);
    }

    private boolean isSender(Neighbour database) {
        return database.broker().equals(sender.broker());
    }

    private static Way disabled(Neighbour database) {
        return new Way.Wait(28013, "The broker is disabled in the target database '" + database.name() + "'.");
    }

    private Way secured(Way way, Wanted wanted) {
        if (!(way instanceof Way.To to)) {
            return way;
        }
        String target = all.stream()
                .filter(each -> each.broker().equals(to.broker()))
                .map(Neighbour::name)
                .findFirst()
                .orElse("");
        if (wanted.owner() != null && !sender.trustworthy()) {
            return new Way.Wait(
                    916,
                    "The owner of the initiating service can't access database '" + target
                            + "' under the current security context: database '" + sender.name()
                            + "' is not TRUSTWORTHY.");
        }
        if (wanted.owner() != null
                && all.stream().anyMatch(each -> each.broker().equals(to.broker()) && !each.knows(wanted.owner()))) {
            return new Way.Wait(916, SecurityErrors.noAccess(wanted.owner(), target));
        }
        if (wanted.encrypted()) {
            if (!sender.hasMasterKey()) {
                return new Way.Wait(
                        28050,
                        "Database '" + sender.name() + "' needs a master key for the session key of this dialog, which"
                                + " has ENCRYPTION = ON.");
            }
            if (all.stream().anyMatch(each -> each.broker().equals(to.broker()) && !each.hasMasterKey())) {
                return new Way.Wait(
                        28054,
                        "Database '" + target + "' needs a master key for the session key of this dialog, which has"
                                + " ENCRYPTION = ON.");
            }
        }
        return way;
    }
}
