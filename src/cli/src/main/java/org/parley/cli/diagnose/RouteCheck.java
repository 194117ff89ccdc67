package org.parley.cli.diagnose;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.parley.RouteDefinition;

/** Whether a route of the sending database leads to the target's; service-broker.md, section 9. */
final class RouteCheck {

    private final Plan plan;
    private final Definitions from;
    private final Definitions to;
    private final List<Definitions> all;
    private final Instant now;

    RouteCheck(Plan plan, Definitions from, Definitions to, List<Definitions> all, Instant now) {
        this.plan = plan;
        this.from = from;
        this.to = to;
        this.all = all;
        this.now = now;
    }

    void into(List<Finding> findings) {
        List<RouteDefinition> valid =
                from.routes().stream().filter(route -> !hasExpired(route)).toList();
        List<RouteDefinition> exact = of(valid, route -> plan.to().equals(route.serviceName()));
        List<RouteDefinition> used = of(exact, route -> route.brokerInstance() == null);
        used = used.isEmpty() ? exact : used;
        used = used.isEmpty()
                ? of(valid, route -> route.serviceName() == null && route.brokerInstance() == null)
                : used;
        if (used.isEmpty()) {
            findings.add(noRoute());
        } else {
            judge(used, findings);
        }
        used.stream()
                .filter(route -> route.expires() != null)
                .forEach(route -> findings.add(Finding.note(
                        from, "Route '" + route.name() + "', which is used, expires at " + route.expires() + ".")));
    }

    private boolean hasExpired(RouteDefinition route) {
        return route.expires() != null && !route.expires().isAfter(now);
    }

    private static List<RouteDefinition> of(List<RouteDefinition> routes, Predicate<RouteDefinition> wanted) {
        return routes.stream().filter(wanted).toList();
    }

    private Finding noRoute() {
        Optional<RouteDefinition> expired = from.routes().stream()
                .filter(this::hasExpired)
                .filter(route ->
                        route.serviceName() == null || route.serviceName().equals(plan.to()))
                .findFirst();
        return Finding.missing(
                9750,
                from,
                "No route matches service '" + plan.to() + "'"
                        + expired.map(route -> "; route '" + route.name() + "' has expired at " + route.expires())
                                .orElse("")
                        + ": messages wait.",
                create());
    }

    private String create() {
        return "CREATE ROUTE " + Quoted.name(free("To " + plan.to())) + " WITH SERVICE_NAME = " + Quoted.text(plan.to())
                + (isNearest(to)
                        ? ""
                        : ", BROKER_INSTANCE = " + Quoted.text(to.broker().toString()))
                + ", ADDRESS = N'LOCAL';";
    }

    private String free(String wanted) {
        String name = wanted.length() > 120 ? wanted.substring(0, 120) : wanted;
        String free = name;
        for (int i = 2; taken(free); i++) {
            free = name + " " + i;
        }
        return free;
    }

    private boolean taken(String name) {
        return from.routes().stream().anyMatch(route -> route.name().equals(name));
    }

    /** Judges the routes among which a conversation is spread. */
    private void judge(List<RouteDefinition> used, List<Finding> findings) {
        for (RouteDefinition route : used) {
            if (!RouteDefinition.LOCAL.equalsIgnoreCase(route.address())) {
                if (used.stream().noneMatch(this::leadsThere)) {
                    findings.add(Finding.missing(
                            9748,
                            from,
                            "Route '" + route.name() + "' leads service '" + plan.to() + "' to '" + route.address()
                                    + "', and there is no transport to other hosts: messages wait.",
                            instead(route)));
                }
            } else if (!leadsThere(route)) {
                findings.add(elsewhere(route));
            }
        }
    }

    private boolean leadsThere(RouteDefinition route) {
        if (!RouteDefinition.LOCAL.equalsIgnoreCase(route.address())) {
            return false;
        }
        return route.brokerInstance() == null
                ? isNearest(to)
                : route.brokerInstance().equalsIgnoreCase(to.broker().toString());
    }

    /** Whether a LOCAL route without a broker leads to this database: the sender's own comes first, then any other. */
    private boolean isNearest(Definitions database) {
        if (database == from) {
            return true;
        }
        return from.service(plan.to()).isEmpty()
                && all.stream()
                        .noneMatch(other -> other != database
                                && other.options().brokerEnabled()
                                && other.service(plan.to()).isPresent());
    }

    private Finding elsewhere(RouteDefinition route) {
        String where = route.brokerInstance() != null
                ? "broker " + route.brokerInstance()
                : from.service(plan.to()).isPresent()
                        ? "this database, which has such a service too"
                        : "any database that has such a service; several have";
        return Finding.missing(
                9795,
                from,
                "Route '" + route.name() + "' leads service '" + plan.to() + "' to " + where + ", and not to database '"
                        + to.name() + "'.",
                instead(route));
    }

    /** A route for every service stays as it is: a closer one wins. */
    private String instead(RouteDefinition route) {
        return (route.serviceName() == null ? "" : "DROP ROUTE " + Quoted.name(route.name()) + ";\n") + create();
    }
}
