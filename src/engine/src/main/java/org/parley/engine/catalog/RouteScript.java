package org.parley.engine.catalog;

import java.util.HashMap;
import java.util.Map;
import org.parley.BrokerException;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.engine.catalog.DefinitionStatement.AlterBinding;
import org.parley.engine.catalog.DefinitionStatement.AlterRoute;
import org.parley.engine.catalog.DefinitionStatement.CreateBinding;
import org.parley.engine.catalog.DefinitionStatement.CreateRoute;

/** Parses statements on routes and remote service bindings; service-broker.md, sections 1.7 and 1.8. */
final class RouteScript {

    private final ScriptReader in;

    RouteScript(ScriptReader in) {
        this.in = in;
    }

    CreateRoute createRoute() {
        Token first = in.token();
        CreateRoute route = route();
        if (route.address() == null) {
            throw new BrokerException(
                    CatalogErrors.SYNTAX,
                    ScriptReader.place(first) + "the route '" + Token.shortened(route.name())
                            + "' has no ADDRESS; expected one.");
        }
        return route;
    }

    AlterRoute alterRoute() {
        return new AlterRoute(route());
    }

    private CreateRoute route() {
        String name = in.name("route");
        in.skipAuthorization();
        in.expect("WITH");
        Map<String, String> texts = new HashMap<>();
        Long lifetime = null;
        do {
            if (in.token().is("LIFETIME")) {
                if (lifetime != null) {
                    throw in.twice("LIFETIME");
                }
                in.advance();
                in.expect('=');
                lifetime = in.number("a number of seconds");
            } else {
                String part = part();
                if (texts.containsKey(part)) {
                    throw in.twice(part);
                }
                in.advance();
                in.expect('=');
                texts.put(part, in.text("a text in quotes"));
            }
        } while (in.skip(','));
        return new CreateRoute(
                name,
                texts.get("SERVICE_NAME"),
                texts.get("BROKER_INSTANCE"),
                lifetime,
                texts.get("ADDRESS"),
                texts.get("MIRROR_ADDRESS"));
    }

    private String part() {
        for (String part : new String[] {"SERVICE_NAME", "BROKER_INSTANCE", "ADDRESS", "MIRROR_ADDRESS"}) {
            if (in.token().is(part)) {
                return part;
            }
        }
        throw in.expected("SERVICE_NAME, BROKER_INSTANCE, LIFETIME, ADDRESS or MIRROR_ADDRESS");
    }

    private String bindingName() {
        in.expect("SERVICE");
        in.expect("BINDING");
        return in.name("remote service binding");
    }

    CreateBinding createBinding() {
        String name = bindingName();
        in.skipAuthorization();
        in.expect("TO");
        in.expect("SERVICE");
        String service = in.text("a service name in quotes");
        in.expect("WITH");
        in.expect("USER");
        in.expect('=');
        String user = in.part("a user");
        return new CreateBinding(new RemoteServiceBindingDefinition(name, service, user, in.skip(',') && anonymous()));
    }

    private boolean anonymous() {
        in.expect("ANONYMOUS");
        return in.onOff();
    }

    AlterBinding alterBinding() {
        String name = bindingName();
        in.expect("WITH");
        String user = null;
        if (in.skip("USER")) {
            in.expect('=');
            user = in.part("a user");
            if (!in.skip(',')) {
                return new AlterBinding(name, user, null);
            }
        }
        return new AlterBinding(name, user, anonymous());
    }
}
