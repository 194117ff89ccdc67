package org.parley.engine.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.parley.BrokerException;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;
import org.parley.SystemMessageTypes;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.store.CatalogRows.BindingRow;
import org.parley.engine.store.CatalogRows.RouteRow;
import org.parley.engine.store.SecurityRows.UserRow;

/** Changes routes and remote service bindings; service-broker.md, sections 1.7 and 1.8. */
final class RouteEditor {

    private static final int LONGEST_SERVICE = 256;
    private static final int LONGEST_BROKER = 128;
    private static final int LONGEST_ADDRESS = 256;
    private static final Pattern TCP =
            Pattern.compile("(?i)TCP://(\\[[0-9A-F:.%]+]|[\\p{L}\\p{N}._-]+):([1-9]\\d{0,4})");
    private static final int LAST_PORT = 65_535;

    private final Kind<RouteRow> routes;
    private final Kind<BindingRow> bindings;
    private final IntSupplier nextId;
    private final PrincipalTable principals;

    RouteEditor(Kind<RouteRow> routes, Kind<BindingRow> bindings, PrincipalTable principals, IntSupplier nextId) {
        this.routes = routes;
        this.bindings = bindings;
        this.principals = principals;
        this.nextId = nextId;
    }

    /** The time of expiry is part of no comparison: a script that is repeated gives another one. */
    void define(RouteDefinition wanted) {
        CatalogErrors.checkName("route", wanted.name());
        RouteDefinition checked = checked(wanted);
        RouteRow old = routes.find(wanted.name());
        if (old == null) {
            routes.insert(new RouteRow(nextId.getAsInt(), checked));
        } else if (!withExpiry(old.definition(), null).equals(withExpiry(checked, null))) {
            throw new BrokerException(
                    CatalogErrors.EXISTS_OTHERWISE,
                    "Route '" + wanted.name() + "' exists and leads elsewhere; ALTER ROUTE changes it.");
        }
    }

    private static RouteDefinition withExpiry(RouteDefinition route, Instant expires) {
        return new RouteDefinition(
                route.name(),
                route.serviceName(),
                route.brokerInstance(),
                expires,
                route.address(),
                route.mirrorAddress());
    }

    void alter(RouteDefinition wanted) {
        RouteRow old = routes.existing(wanted.name(), "altered");
        routes.update(new RouteRow(old.id(), checked(wanted)));
    }

    void drop(String name) {
        routes.delete(routes.existing(name, "dropped"));
    }

    private static RouteDefinition checked(RouteDefinition route) {
        String name = route.name();
        checkPart(name, "SERVICE_NAME", route.serviceName(), LONGEST_SERVICE);
        checkPart(name, "BROKER_INSTANCE", route.brokerInstance(), LONGEST_BROKER);
        checkPart(name, "ADDRESS", route.address() == null ? "" : route.address(), LONGEST_ADDRESS);
        checkPart(name, "MIRROR_ADDRESS", route.mirrorAddress(), LONGEST_ADDRESS);
        if (route.brokerInstance() != null && route.serviceName() == null) {
            throw wrong(
                    CatalogErrors.BROKER_WITHOUT_SERVICE, name, "has a BROKER_INSTANCE; it needs a SERVICE_NAME too.");
        }
        if (route.mirrorAddress() != null && route.brokerInstance() == null) {
            throw wrong(
                    CatalogErrors.MIRROR_WITHOUT_BROKER,
                    name,
                    "has a MIRROR_ADDRESS; it needs SERVICE_NAME and BROKER_INSTANCE too.");
        }
        String address = address(name, route.address());
        if (address.equals(RouteDefinition.TRANSPORT) && route.serviceName() != null) {
            throw wrong(
                    CatalogErrors.TRANSPORT_WITH_SERVICE,
                    name,
                    "has the address TRANSPORT, which takes the place from the service's name; it can have no"
                            + " SERVICE_NAME.");
        }
        String mirror = route.mirrorAddress();
        if (mirror != null && !isTcp(mirror)) {
            throw wrong(
                    CatalogErrors.MIRROR_NOT_TCP,
                    name,
                    "has the MIRROR_ADDRESS '" + mirror + "'; allowed is TCP://host:port.");
        }
        if (mirror != null && mirror.equalsIgnoreCase(address)) {
            throw wrong(CatalogErrors.MIRROR_IS_ADDRESS, name, "has the same ADDRESS and MIRROR_ADDRESS.");
        }
        Instant expires = route.expires();
        return new RouteDefinition(
                name,
                SystemMessageTypes.canonical(route.serviceName()),
                broker(name, route.brokerInstance()),
                expires == null ? null : Instant.ofEpochMilli(expires.toEpochMilli()),
                address,
                mirror);
    }

    private static void checkPart(String route, String part, String value, int longest) {
        if (value != null && value.isEmpty()) {
            throw wrong(CatalogErrors.ROUTE_PART_EMPTY, route, "has an empty " + part + ".");
        }
        if (value != null && value.length() > longest) {
            throw wrong(
                    CatalogErrors.ROUTE_PART_TOO_LONG,
                    route,
                    "has a " + part + " of " + value.length() + " characters; allowed are 1 to " + longest + ".");
        }
    }

    private static String broker(String route, String written) {
        if (written == null) {
            return null;
        }
        try {
            return UUID.fromString(written).toString();
        } catch (IllegalArgumentException e) {
            throw new BrokerException(
                    CatalogErrors.BAD_NAME,
                    "Route '" + route + "' has the BROKER_INSTANCE '" + CatalogErrors.shortened(written)
                            + "', which is no GUID.",
                    e);
        }
    }

    private static String address(String route, String written) {
        for (String word : List.of(RouteDefinition.LOCAL, RouteDefinition.TRANSPORT)) {
            if (word.equalsIgnoreCase(written)) {
                return word;
            }
        }
        if (!isTcp(written)) {
            throw wrong(
                    CatalogErrors.BAD_ADDRESS,
                    route,
                    "has the address '" + CatalogErrors.shortened(written) + "'; allowed are LOCAL, TRANSPORT and"
                            + " TCP://host:port.");
        }
        return written;
    }

    private static boolean isTcp(String address) {
        java.util.regex.Matcher matcher = TCP.matcher(address);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= LAST_PORT;
    }

    private static BrokerException wrong(int number, String route, String what) {
        return new BrokerException(number, "Route '" + CatalogErrors.shortened(route) + "' " + what);
    }

    void define(RemoteServiceBindingDefinition wanted) {
        CatalogErrors.checkName("remote service binding", wanted.name());
        RemoteServiceBindingDefinition checked = checked(wanted);
        BindingRow old = bindings.find(wanted.name());
        if (old != null) {
            if (!old.definition().equals(checked)) {
                throw new BrokerException(
                        CatalogErrors.EXISTS_OTHERWISE,
                        "Remote service binding '" + wanted.name()
                                + "' exists with another service or user; ALTER REMOTE SERVICE BINDING changes its user.");
            }
            return;
        }
        List<String> same = bindings.names(row -> row.definition().toService().equals(checked.toService()));
        if (!same.isEmpty()) {
            throw new BrokerException(
                    CatalogErrors.BINDING_FOR_SERVICE_EXISTS,
                    "Remote service binding '" + wanted.name() + "' is for the service '" + checked.toService()
                            + "', which '" + same.get(0) + "' is for already; each service can have one.");
        }
        bindings.insert(new BindingRow(nextId.getAsInt(), checked));
    }

    private RemoteServiceBindingDefinition checked(RemoteServiceBindingDefinition wanted) {
        String service = SystemMessageTypes.canonical(wanted.toService());
        if (service == null || service.isEmpty() || service.length() > LONGEST_SERVICE) {
            throw new BrokerException(
                    CatalogErrors.BAD_NAME,
                    "Remote service binding '" + wanted.name() + "' needs the name of a service, 1 to "
                            + LONGEST_SERVICE + " characters.");
        }
        CatalogErrors.checkName("user", wanted.user());
        checkUser(wanted);
        return new RemoteServiceBindingDefinition(wanted.name(), service, wanted.user(), wanted.anonymous());
    }

    private void checkUser(RemoteServiceBindingDefinition wanted) {
        UserRow user = principals.user(wanted.user()).orElse(null);
        if (user != null && user.certificate() == null) {
            return;
        }
        if (user != null) {
            throw new BrokerException(
                    CatalogErrors.OWNS_NO_CERTIFICATE,
                    "Remote service binding '" + wanted.name() + "' names user '" + wanted.user()
                            + "', who stands for the certificate '" + user.certificate()
                            + "'; allowed are other users, who own certificates.");
        }
        boolean role = principals.principal(wanted.user()).isPresent();
        throw new BrokerException(
                role ? CatalogErrors.OWNS_NO_CERTIFICATE : CatalogErrors.UNKNOWN_USER,
                "Remote service binding '" + wanted.name() + "' needs a user of this database; '" + wanted.user()
                        + (role ? "' is a role, which can't own certificates." : "' isn't one."));
    }

    /** Bindings that a user is needed for. */
    List<String> bindingsOf(String user) {
        return bindings.names(row -> row.definition().user().equals(user));
    }

    void alter(RemoteServiceBindingDefinition wanted) {
        BindingRow old = bindings.existing(wanted.name(), "altered");
        RemoteServiceBindingDefinition checked = checked(wanted);
        if (!Objects.equals(checked.toService(), old.definition().toService())) {
            throw new BrokerException(
                    CatalogErrors.EXISTS_OTHERWISE,
                    "Remote service binding '" + wanted.name() + "' is for the service '"
                            + old.definition().toService() + "', which never changes; drop it and create another.");
        }
        bindings.update(new BindingRow(old.id(), checked));
    }

    void dropBinding(String name) {
        bindings.delete(bindings.existing(name, "dropped"));
    }
}
