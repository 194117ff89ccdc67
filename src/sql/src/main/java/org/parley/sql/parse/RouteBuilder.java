package org.parley.sql.parse;

import java.util.List;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.DefinitionStatement.AnyName;
import org.parley.sql.ast.DefinitionStatement.Level;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Position;
import org.parley.sql.parse.StatementParser.AlterBrokerPriorityContext;
import org.parley.sql.parse.StatementParser.AlterRemoteServiceBindingContext;
import org.parley.sql.parse.StatementParser.AlterRouteContext;
import org.parley.sql.parse.StatementParser.AuthorizationContext;
import org.parley.sql.parse.StatementParser.CreateBrokerPriorityContext;
import org.parley.sql.parse.StatementParser.CreateRemoteServiceBindingContext;
import org.parley.sql.parse.StatementParser.CreateRouteContext;
import org.parley.sql.parse.StatementParser.PriorityOptionContext;
import org.parley.sql.parse.StatementParser.RouteOptionContext;
import org.parley.sql.parse.StatementParser.SimpleNameContext;

/** Makes definitions of what decides a message's way: routes, remote service bindings, broker priorities. */
final class RouteBuilder extends StatementParserBaseVisitor<DefinitionStatement> {

    @Override
    public DefinitionStatement visitCreateRoute(CreateRouteContext context) {
        DefinitionStatement.Route route =
                route(Terms.at(context), false, context.simpleName(), context.authorization(), context.routeOption());
        if (route.address() == null) {
            throw SyntaxError.at(
                    SyntaxError.SYNTAX,
                    context.simpleName().getStart(),
                    "no ADDRESS",
                    "ADDRESS",
                    "the route '" + SyntaxError.shortened(route.name()) + "' has no ADDRESS; expected one.");
        }
        return route;
    }

    @Override
    public DefinitionStatement visitAlterRoute(AlterRouteContext context) {
        return route(Terms.at(context), true, context.simpleName(), context.authorization(), context.routeOption());
    }

    private static DefinitionStatement.Route route(
            Position at,
            boolean alter,
            SimpleNameContext name,
            AuthorizationContext authorization,
            List<RouteOptionContext> options) {
        Terms.once(options);
        String service = null;
        String broker = null;
        Expression lifetime = null;
        String address = null;
        String mirror = null;
        for (RouteOptionContext option : options) {
            if (option.SERVICE_NAME() != null) {
                service = Terms.text(option.TEXT());
            } else if (option.BROKER_INSTANCE() != null) {
                broker = Terms.text(option.TEXT());
            } else if (option.LIFETIME() != null) {
                lifetime = Terms.number(option.INTEGER());
            } else if (option.ADDRESS() != null) {
                address = Terms.text(option.TEXT());
            } else {
                mirror = Terms.text(option.TEXT());
            }
        }
        return new DefinitionStatement.Route(
                at,
                alter,
                Terms.simpleName(name, "route"),
                DefinitionBuilder.owner(authorization),
                service,
                broker,
                lifetime,
                address,
                mirror);
    }

    @Override
    public DefinitionStatement visitCreateRemoteServiceBinding(CreateRemoteServiceBindingContext context) {
        return new DefinitionStatement.Binding(
                Terms.at(context),
                false,
                Terms.simpleName(context.simpleName(), "remote service binding"),
                DefinitionBuilder.owner(context.authorization()),
                Terms.text(context.TEXT()),
                Terms.name(context.name()),
                Terms.on(context.onOff()));
    }

    @Override
    public DefinitionStatement visitAlterRemoteServiceBinding(AlterRemoteServiceBindingContext context) {
        return new DefinitionStatement.Binding(
                Terms.at(context),
                true,
                Terms.simpleName(context.simpleName(), "remote service binding"),
                null,
                null,
                Terms.name(context.name()),
                Terms.on(context.onOff()));
    }

    @Override
    public DefinitionStatement visitCreateBrokerPriority(CreateBrokerPriorityContext context) {
        return priority(Terms.at(context), false, context.simpleName(), context.priorityOption());
    }

    @Override
    public DefinitionStatement visitAlterBrokerPriority(AlterBrokerPriorityContext context) {
        return priority(Terms.at(context), true, context.simpleName(), context.priorityOption());
    }

    private static DefinitionStatement priority(
            Position at, boolean alter, SimpleNameContext name, List<PriorityOptionContext> options) {
        Terms.once(options);
        AnyName contract = null;
        AnyName local = null;
        AnyName remote = null;
        Level level = null;
        for (PriorityOptionContext option : options) {
            if (option.CONTRACT_NAME() != null) {
                contract = new AnyName(Terms.simpleName(option.simpleName(), "contract"));
            } else if (option.LOCAL_SERVICE_NAME() != null) {
                local = new AnyName(Terms.simpleName(option.simpleName(), "service"));
            } else if (option.REMOTE_SERVICE_NAME() != null) {
                remote = new AnyName(Terms.text(option.TEXT()));
            } else {
                level = new Level(Terms.number(option.INTEGER()));
            }
        }
        return new DefinitionStatement.Priority(
                at, alter, Terms.simpleName(name, "broker priority"), contract, local, remote, level);
    }
}
