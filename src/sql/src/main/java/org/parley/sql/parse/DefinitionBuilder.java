package org.parley.sql.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.DefinitionStatement.Kind;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.parse.StatementParser.AlterMessageTypeContext;
import org.parley.sql.parse.StatementParser.AlterServiceContext;
import org.parley.sql.parse.StatementParser.AlterXmlSchemaCollectionContext;
import org.parley.sql.parse.StatementParser.AuthorizationContext;
import org.parley.sql.parse.StatementParser.ContractChangeContext;
import org.parley.sql.parse.StatementParser.ContractEntryContext;
import org.parley.sql.parse.StatementParser.CreateContractContext;
import org.parley.sql.parse.StatementParser.CreateEventNotificationContext;
import org.parley.sql.parse.StatementParser.CreateMessageTypeContext;
import org.parley.sql.parse.StatementParser.CreateProcedureContext;
import org.parley.sql.parse.StatementParser.CreateServiceContext;
import org.parley.sql.parse.StatementParser.CreateXmlSchemaCollectionContext;
import org.parley.sql.parse.StatementParser.DropContext;
import org.parley.sql.parse.StatementParser.DropEventNotificationContext;
import org.parley.sql.parse.StatementParser.ExecutionContextContext;
import org.parley.sql.parse.StatementParser.NotificationScopeContext;
import org.parley.sql.parse.StatementParser.QueueStatementContext;
import org.parley.sql.parse.StatementParser.RouteStatementContext;
import org.parley.sql.parse.StatementParser.SecurityStatementContext;
import org.parley.sql.parse.StatementParser.ServerStatementContext;
import org.parley.sql.parse.StatementParser.SimpleNameContext;
import org.parley.sql.parse.StatementParser.ValidationContext;

/** Makes definitions of conversation objects but queues and routes. */
final class DefinitionBuilder extends StatementParserBaseVisitor<DefinitionStatement> {

    private final TreeBuilder tree;
    private final QueueBuilder queues = new QueueBuilder();
    private final RouteBuilder routes = new RouteBuilder();
    private final ServerBuilder servers = new ServerBuilder();
    private final SecurityBuilder security = new SecurityBuilder();

    DefinitionBuilder(TreeBuilder tree) {
        this.tree = tree;
    }

    @Override
    public DefinitionStatement visitQueueStatement(QueueStatementContext context) {
        return queues.visit(context);
    }

    @Override
    public DefinitionStatement visitRouteStatement(RouteStatementContext context) {
        return routes.visit(context);
    }

    @Override
    public DefinitionStatement visitServerStatement(ServerStatementContext context) {
        return servers.visit(context);
    }

    @Override
    public DefinitionStatement visitSecurityStatement(SecurityStatementContext context) {
        return security.visit(context);
    }

    static String owner(AuthorizationContext context) {
        return context == null ? null : Terms.name(context.name());
    }

    @Override
    public DefinitionStatement visitCreateMessageType(CreateMessageTypeContext context) {
        ValidationContext validation = context.validation();
        return new DefinitionStatement.MessageType(
                Terms.at(context),
                false,
                Terms.simpleName(context.simpleName(), "message type"),
                owner(context.authorization()),
                validation == null ? null : validation(validation),
                validation == null ? null : Terms.objectName(validation.objectName()));
    }

    @Override
    public DefinitionStatement visitAlterMessageType(AlterMessageTypeContext context) {
        return new DefinitionStatement.MessageType(
                Terms.at(context),
                true,
                Terms.simpleName(context.simpleName(), "message type"),
                null,
                validation(context.validation()),
                Terms.objectName(context.validation().objectName()));
    }

    private static DefinitionStatement.Validation validation(ValidationContext context) {
        return DefinitionStatement.Validation.valueOf(
                Terms.upper(context.getStart().getText()));
    }

    @Override
    public DefinitionStatement visitCreateContract(CreateContractContext context) {
        return new DefinitionStatement.Contract(
                Terms.at(context),
                Terms.simpleName(context.simpleName(), "contract"),
                owner(context.authorization()),
                Terms.all(context.contractEntry(), DefinitionBuilder::entry));
    }

    private static DefinitionStatement.Entry entry(ContractEntryContext context) {
        return new DefinitionStatement.Entry(
                Terms.simpleName(context.simpleName(), "message type"),
                DefinitionStatement.Side.valueOf(Terms.upper(context.getStop().getText())));
    }

    @Override
    public DefinitionStatement visitCreateService(CreateServiceContext context) {
        List<String> names = services(context.simpleName());
        return new DefinitionStatement.Service(
                Terms.at(context),
                names.get(0),
                owner(context.authorization()),
                Terms.objectName(context.objectName()),
                names.subList(1, names.size()));
    }

    /** The service's name, then those of its contracts. */
    private static List<String> services(List<SimpleNameContext> contexts) {
        List<String> names = new ArrayList<>();
        for (SimpleNameContext context : contexts) {
            names.add(Terms.simpleName(context, names.isEmpty() ? "service" : "contract"));
        }
        return List.copyOf(names);
    }

    @Override
    public DefinitionStatement visitAlterService(AlterServiceContext context) {
        return new DefinitionStatement.AlterService(
                Terms.at(context),
                Terms.simpleName(context.simpleName(), "service"),
                Terms.objectName(context.objectName()),
                Terms.all(context.contractChange(), DefinitionBuilder::change));
    }

    private static DefinitionStatement.ContractChange change(ContractChangeContext context) {
        return new DefinitionStatement.ContractChange(
                context.ADD() != null, Terms.simpleName(context.simpleName(), "contract"));
    }

    @Override
    public DefinitionStatement visitCreateEventNotification(CreateEventNotificationContext context) {
        return new DefinitionStatement.EventNotification(
                Terms.at(context),
                Terms.simpleName(context.simpleName(), "event notification"),
                scope(context.notificationScope()),
                context.FAN_IN() != null,
                Terms.upperWords(context.word()),
                Terms.text(context.service),
                Terms.text(context.broker));
    }

    @Override
    public DefinitionStatement visitDropEventNotification(DropEventNotificationContext context) {
        return new DefinitionStatement.DropEventNotification(
                Terms.at(context),
                Terms.all(context.simpleName(), name -> Terms.simpleName(name, "event notification")),
                scope(context.notificationScope()));
    }

    private static DefinitionStatement.Scope scope(NotificationScopeContext context) {
        return new DefinitionStatement.Scope(
                Terms.upper(context.getStart().getText()), Terms.objectName(context.objectName()));
    }

    @Override
    public DefinitionStatement visitCreateXmlSchemaCollection(CreateXmlSchemaCollectionContext context) {
        return new DefinitionStatement.XmlSchemaCollection(
                Terms.at(context),
                false,
                Terms.objectName(context.objectName()),
                owner(context.authorization()),
                schemas(context.TEXT(), context.VARIABLE()));
    }

    @Override
    public DefinitionStatement visitAlterXmlSchemaCollection(AlterXmlSchemaCollectionContext context) {
        return new DefinitionStatement.XmlSchemaCollection(
                Terms.at(context),
                true,
                Terms.objectName(context.objectName()),
                null,
                schemas(context.TEXT(), context.VARIABLE()));
    }

    private static Expression schemas(TerminalNode text, TerminalNode variable) {
        return text == null ? Terms.variableIn(variable) : Terms.textLiteral(text);
    }

    @Override
    public DefinitionStatement visitCreateProcedure(CreateProcedureContext context) {
        tree.mustBeFirst(context, "a procedure");
        String form = context.OR() == null ? Terms.upper(context.getStart().getText()) : "CREATE OR ALTER";
        DefinitionStatement.ExecuteAs executeAs =
                context.executionContext() == null ? null : executeAs(context.executionContext());
        List<String> parameters = context.parameters() == null
                ? List.of()
                : Terms.all(context.parameters().parameter(), parameter -> Terms.variable(parameter.VARIABLE()));
        return new DefinitionStatement.Procedure(
                Terms.at(context),
                form,
                Terms.objectName(context.objectName()),
                parameters,
                executeAs,
                tree.statements(context.statements()),
                tree.textOf(context, context.statements()));
    }

    static DefinitionStatement.ExecuteAs executeAs(ExecutionContextContext context) {
        return context.TEXT() == null
                ? new DefinitionStatement.ExecuteAs(
                        Terms.upper(context.getStop().getText()), null)
                : new DefinitionStatement.ExecuteAs("USER", Terms.text(context.TEXT()));
    }

    @Override
    public DefinitionStatement visitDrop(DropContext context) {
        Kind kind = kind(context);
        List<ObjectName> names = Terms.all(
                context.objectName(),
                kind == Kind.QUEUE || kind == Kind.PROCEDURE || kind == Kind.XML_SCHEMA_COLLECTION
                        ? Terms::objectName
                        : name -> Terms.withoutPrefix(name, kind.words().toLowerCase(java.util.Locale.ROOT)));
        return new DefinitionStatement.Drop(Terms.at(context), kind, context.IF() != null, names);
    }

    private static Kind kind(DropContext context) {
        if (context.droppedKind() != null) {
            return Kind.valueOf(Terms.words(context.droppedKind()).replace(' ', '_'));
        }
        if (context.MASTER() != null) {
            return Kind.MASTER_KEY;
        }
        return context.DATABASE() != null ? Kind.DATABASE : Kind.PROCEDURE;
    }
}
