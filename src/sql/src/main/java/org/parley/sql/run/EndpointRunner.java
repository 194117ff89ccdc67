package org.parley.sql.run;

import java.util.ArrayList;
import java.util.List;
import org.parley.Catalog;
import org.parley.NetworkEndpointDefinition;
import org.parley.NetworkEndpointDefinition.Algorithm;
import org.parley.NetworkEndpointDefinition.Encryption;
import org.parley.NetworkEndpointDefinition.State;
import org.parley.sql.ast.ServerDefinition.Authentication;
import org.parley.sql.ast.ServerDefinition.Endpoint;

/** The network endpoint; service-broker.md, section 1.10. */
final class EndpointRunner {

    private final DefinitionContext definitions;

    EndpointRunner(DefinitionContext definitions) {
        this.definitions = definitions;
    }

    void register(DefinitionSteps steps) {
        steps.does(Endpoint.class, this::endpoint);
    }

    private Catalog catalog() {
        return definitions.catalog();
    }

    private void endpoint(Endpoint wanted) {
        if (wanted.alter() && wanted.owner() != null) {
            throw DefinitionContext.unsupported("ALTER ENDPOINT '" + wanted.name() + "' with AUTHORIZATION");
        }
        NetworkEndpointDefinition old = wanted.alter()
                ? definitions.existing(
                        catalog().networkEndpoint().stream().toList(),
                        NetworkEndpointDefinition::name,
                        wanted.name(),
                        "endpoint")
                : new NetworkEndpointDefinition(wanted.name(), 0);
        NetworkEndpointDefinition changed = new NetworkEndpointDefinition(
                wanted.name(),
                wanted.alter() ? old.owner() : wanted.owner(),
                wanted.state() == null ? old.state() : State.valueOf(wanted.state()),
                wanted.port() == null ? old.port() : DefinitionContext.number(wanted.port()),
                wanted.address() == null ? old.address() : wanted.address().equals("ALL") ? null : wanted.address(),
                authentication(wanted, old),
                certificate(wanted, old),
                wanted.encryption() == null ? old.encryption() : Encryption.valueOf(wanted.encryption()),
                algorithms(wanted, old),
                wanted.forwarding() == null ? old.messageForwarding() : wanted.forwarding(),
                wanted.forwardSize() == null
                        ? old.messageForwardSize()
                        : DefinitionContext.number(wanted.forwardSize()));
        if (wanted.alter()) {
            catalog().alter(changed);
        } else {
            definitions.checkNew(
                    () -> catalog().networkEndpoint().stream().toList(),
                    NetworkEndpointDefinition::name,
                    wanted.name(),
                    "endpoint");
            catalog().define(changed);
        }
    }

    private static boolean isWritten(List<?> list) {
        return list != null && !list.isEmpty();
    }

    private static List<NetworkEndpointDefinition.Authentication> authentication(
            Endpoint wanted, NetworkEndpointDefinition old) {
        if (!isWritten(wanted.authentication())) {
            return old.authentication();
        }
        List<NetworkEndpointDefinition.Authentication> ways = new ArrayList<>();
        for (Authentication way : wanted.authentication()) {
            boolean windows = way.kind().equals("WINDOWS");
            ways.add(
                    !windows
                            ? NetworkEndpointDefinition.Authentication.CERTIFICATE
                            : way.value() == null
                                    ? NetworkEndpointDefinition.Authentication.NEGOTIATE
                                    : NetworkEndpointDefinition.Authentication.valueOf(way.value()));
        }
        return ways;
    }

    private static String certificate(Endpoint wanted, NetworkEndpointDefinition old) {
        if (!isWritten(wanted.authentication())) {
            return old.certificate();
        }
        return wanted.authentication().stream()
                .filter(way -> way.kind().equals("CERTIFICATE"))
                .map(Authentication::value)
                .findFirst()
                .orElse(null);
    }

    private static List<Algorithm> algorithms(Endpoint wanted, NetworkEndpointDefinition old) {
        if (isWritten(wanted.algorithms())) {
            return wanted.algorithms().stream().map(Algorithm::valueOf).toList();
        }
        if ("DISABLED".equals(wanted.encryption())) {
            return List.of();
        }
        return old.algorithms().isEmpty() ? List.of(Algorithm.AES) : old.algorithms();
    }
}
