package org.parley.sql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.tree.ParseTree;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.ServerDefinition;
import org.parley.sql.ast.ServerDefinition.Authentication;
import org.parley.sql.ast.ServerDefinition.DatabaseOption;
import org.parley.sql.parse.StatementParser.AlterDatabaseContext;
import org.parley.sql.parse.StatementParser.AlterEndpointContext;
import org.parley.sql.parse.StatementParser.AuthenticationContext;
import org.parley.sql.parse.StatementParser.BrokerOptionContext;
import org.parley.sql.parse.StatementParser.BrokerOptionsContext;
import org.parley.sql.parse.StatementParser.CreateDatabaseContext;
import org.parley.sql.parse.StatementParser.CreateEndpointContext;
import org.parley.sql.parse.StatementParser.DatabaseFileContext;
import org.parley.sql.parse.StatementParser.DatabaseOptionContext;
import org.parley.sql.parse.StatementParser.EndpointStateContext;
import org.parley.sql.parse.StatementParser.FileOptionContext;
import org.parley.sql.parse.StatementParser.TcpOptionContext;
import org.parley.sql.parse.StatementParser.TcpOptionsContext;
import org.parley.sql.parse.StatementParser.TerminationContext;

/** Makes definitions of databases and endpoints. */
final class ServerBuilder extends StatementParserBaseVisitor<ServerDefinition> {

    @Override
    public ServerDefinition visitCreateDatabase(CreateDatabaseContext context) {
        List<String> files = new ArrayList<>();
        for (DatabaseFileContext file : context.databaseFile()) {
            files.add((context.logs.contains(file) ? "LOG " : "") + file(file));
        }
        return new ServerDefinition.CreateDatabase(
                Terms.at(context),
                Terms.name(context.name()),
                context.ATTACH() != null,
                Terms.all(context.databaseOption(), ServerBuilder::option),
                List.copyOf(files));
    }

    /** A file's options as written, whatever stood between them. */
    private static String file(DatabaseFileContext context) {
        return context.fileOption().stream().map(ServerBuilder::fileOption).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String fileOption(FileOptionContext context) {
        List<String> words = new ArrayList<>();
        for (ParseTree child : context.children) {
            words.add(child.getText());
        }
        return String.join(" ", words);
    }

    @Override
    public ServerDefinition visitAlterDatabase(AlterDatabaseContext context) {
        return new ServerDefinition.AlterDatabase(
                Terms.at(context),
                Terms.name(context.name()),
                Terms.all(context.databaseOption(), ServerBuilder::option),
                context.termination() == null ? null : termination(context.termination()));
    }

    private static String termination(TerminationContext context) {
        return context.INTEGER() == null
                ? Terms.words(context)
                : "ROLLBACK AFTER " + context.INTEGER().getText();
    }

    private static DatabaseOption option(DatabaseOptionContext context) {
        return new DatabaseOption(
                Terms.upper(context.getStart().getText()), Terms.on(context.onOff()), Terms.text(context.TEXT()));
    }

    @Override
    public ServerDefinition visitCreateEndpoint(CreateEndpointContext context) {
        return new EndpointParts(context.tcpOptions(), context.brokerOptions())
                .endpoint(
                        Terms.at(context),
                        false,
                        Terms.name(context.name()),
                        DefinitionBuilder.owner(context.authorization()),
                        state(context.endpointState()));
    }

    @Override
    public ServerDefinition visitAlterEndpoint(AlterEndpointContext context) {
        return new EndpointParts(context.tcpOptions(), context.brokerOptions())
                .endpoint(
                        Terms.at(context),
                        true,
                        Terms.name(context.name()),
                        DefinitionBuilder.owner(context.authorization()),
                        state(context.endpointState()));
    }

    private static String state(EndpointStateContext context) {
        return context == null ? null : Terms.words(context);
    }

    /** What stands in the two pairs of parentheses. */
    private static final class EndpointParts {

        private Expression port;
        private String address;
        private List<Authentication> authentication = List.of();
        private String encryption;
        private List<String> algorithms = List.of();
        private Boolean forwarding;
        private Expression forwardSize;

        EndpointParts(TcpOptionsContext tcp, BrokerOptionsContext broker) {
            if (tcp != null) {
                Terms.once(tcp.tcpOption());
                tcp.tcpOption().forEach(this::take);
            }
            if (broker != null) {
                Terms.once(broker.brokerOption());
                broker.brokerOption().forEach(this::take);
            }
        }

        private void take(TcpOptionContext option) {
            if (option.LISTENER_PORT() != null) {
                port = new Expression.Number(option.port.getText());
            } else if (option.ALL() != null) {
                address = "ALL";
            } else {
                address = option.TEXT() == null ? option.address().getText() : Terms.text(option.TEXT());
            }
        }

        private void take(BrokerOptionContext option) {
            if (option.AUTHENTICATION() != null) {
                authentication = Terms.all(option.authentication(), EndpointParts::authentication);
            } else if (option.ENCRYPTION() != null) {
                encryption = Terms.upper(option.getChild(2).getText());
                algorithms = Terms.all(option.algorithm(), Terms::words);
            } else if (option.MESSAGE_FORWARDING() != null) {
                forwarding = option.ENABLED() != null;
            } else {
                forwardSize = Terms.number(option.INTEGER());
            }
        }

        private static Authentication authentication(AuthenticationContext context) {
            if (context.CERTIFICATE() != null) {
                return new Authentication("CERTIFICATE", Terms.name(context.name()));
            }
            return new Authentication(
                    "WINDOWS",
                    context.getChildCount() == 1
                            ? null
                            : Terms.upper(context.getStop().getText()));
        }

        ServerDefinition.Endpoint endpoint(Position at, boolean alter, String name, String owner, String state) {
            return new ServerDefinition.Endpoint(
                    at,
                    alter,
                    name,
                    owner,
                    state,
                    port,
                    address,
                    authentication,
                    encryption,
                    algorithms,
                    forwarding,
                    forwardSize);
        }
    }
}
