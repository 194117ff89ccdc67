package org.parley.sql.print;

import java.util.List;
import org.parley.sql.ast.ServerDefinition;

/** Prints definitions of databases and endpoints. */
final class ServerPrinter extends Rules<ServerDefinition> {

    private static final String LOG = "LOG ";

    private final Output out;
    private final ExpressionPrinter expressions;

    ServerPrinter(Output out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
        on(ServerDefinition.CreateDatabase.class, this::createDatabase);
        on(ServerDefinition.AlterDatabase.class, this::alterDatabase);
        on(ServerDefinition.Endpoint.class, this::endpoint);
    }

    private void createDatabase(ServerDefinition.CreateDatabase create) {
        out.words("CREATE DATABASE").name(create.name());
        List<String> data =
                create.files().stream().filter(it -> !it.startsWith(LOG)).toList();
        List<String> logs =
                create.files().stream().filter(it -> it.startsWith(LOG)).toList();
        if (!data.isEmpty()) {
            out.words("ON").list(data, out::words);
        }
        if (!logs.isEmpty()) {
            out.words("LOG ON").list(logs, it -> out.words(it.substring(LOG.length())));
        }
        if (create.attach()) {
            out.words("FOR ATTACH");
        }
        if (!create.options().isEmpty()) {
            out.words("WITH").list(create.options(), this::option);
        }
    }

    private void option(ServerDefinition.DatabaseOption option) {
        out.words(option.name());
        if (option.on() != null) {
            out.onOff(option.on());
        }
        out.optional("=", option.value(), out::text);
    }

    private void alterDatabase(ServerDefinition.AlterDatabase alter) {
        out.words("ALTER DATABASE").nameOr(alter.name(), "CURRENT").words("SET");
        out.list(alter.options(), this::option).optional("WITH", alter.termination(), out::words);
    }

    private void endpoint(ServerDefinition.Endpoint endpoint) {
        out.words(endpoint.alter() ? "ALTER ENDPOINT" : "CREATE ENDPOINT").name(endpoint.name());
        out.optional("AUTHORIZATION", endpoint.owner(), out::name);
        out.optional("STATE =", endpoint.state(), out::words);
        Options tcp = new Options(out, "AS TCP (");
        tcp.value("LISTENER_PORT =", endpoint.port(), expressions::print);
        tcp.value(
                "LISTENER_IP =",
                endpoint.address(),
                it -> out.words(it.equals("ALL") ? it : "(" + Output.quoted(it) + ")"));
        if (tcp.some()) {
            out.mark(")");
        }
        broker(endpoint);
    }

    private void broker(ServerDefinition.Endpoint endpoint) {
        Options broker = new Options(out, "FOR SERVICE_BROKER (");
        broker.value(
                "AUTHENTICATION =",
                endpoint.authentication().isEmpty() ? null : endpoint.authentication(),
                it -> it.forEach(this::authentication));
        broker.value("ENCRYPTION =", endpoint.encryption(), out::words);
        if (!endpoint.algorithms().isEmpty()) {
            out.words("ALGORITHM");
            endpoint.algorithms().forEach(out::words);
        }
        broker.value("MESSAGE_FORWARDING =", endpoint.forwarding(), it -> out.words(it ? "ENABLED" : "DISABLED"));
        broker.value("MESSAGE_FORWARD_SIZE =", endpoint.forwardSize(), expressions::print);
        if (broker.some()) {
            out.mark(")");
        } else if (!endpoint.alter()) {
            out.words("FOR SERVICE_BROKER ()");
        }
    }

    private void authentication(ServerDefinition.Authentication authentication) {
        out.words(authentication.kind());
        if (authentication.value() != null) {
            if (authentication.kind().equals("CERTIFICATE")) {
                out.name(authentication.value());
            } else {
                out.words(authentication.value());
            }
        }
    }
}
