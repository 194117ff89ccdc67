package org.parley.sql.print;

import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.DefinitionStatement.AnyName;

/** Prints definitions of conversation objects. */
final class DefinitionPrinter extends Rules<DefinitionStatement.Defines> {

    private final Output out;
    private final ExpressionPrinter expressions;
    private final QueueOptionPrinter options;

    DefinitionPrinter(Output out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
        this.options = new QueueOptionPrinter(out, expressions);
        on(DefinitionStatement.Drop.class, this::drop);
        on(DefinitionStatement.MessageType.class, this::messageType);
        on(DefinitionStatement.Contract.class, this::contract);
        on(DefinitionStatement.Queue.class, this::queue);
        on(
                DefinitionStatement.QueueStorage.class,
                it -> out.words("ALTER QUEUE").name(it.name()).words(it.action()));
        on(DefinitionStatement.Service.class, this::service);
        on(DefinitionStatement.AlterService.class, this::alterService);
        on(DefinitionStatement.Route.class, this::route);
        on(DefinitionStatement.Binding.class, this::binding);
        on(DefinitionStatement.Priority.class, this::priority);
        on(DefinitionStatement.EventNotification.class, this::notification);
        on(DefinitionStatement.DropEventNotification.class, this::dropNotification);
        on(DefinitionStatement.XmlSchemaCollection.class, this::schemas);
        // its text says more than its tree: comments, and how it was written
        on(DefinitionStatement.Procedure.class, it -> out.words(it.text()));
    }

    private static String verb(boolean alter) {
        return alter ? "ALTER" : "CREATE";
    }

    private void drop(DefinitionStatement.Drop drop) {
        out.words("DROP").words(drop.kind().words());
        if (drop.ifExists()) {
            out.words("IF EXISTS");
        }
        out.list(drop.names(), out::name);
    }

    private void messageType(DefinitionStatement.MessageType type) {
        out.words(verb(type.alter())).words("MESSAGE TYPE").name(type.name());
        out.optional("AUTHORIZATION", type.owner(), out::name);
        out.optional("VALIDATION =", type.validation(), it -> out.words(it.name()));
        out.optional("WITH SCHEMA COLLECTION", type.collection(), out::name);
    }

    private void contract(DefinitionStatement.Contract contract) {
        out.words("CREATE CONTRACT").name(contract.name()).optional("AUTHORIZATION", contract.owner(), out::name);
        out.parentheses(() -> out.list(
                contract.entries(),
                entry -> out.name(entry.messageType())
                        .words("SENT BY")
                        .words(entry.sentBy().name())));
    }

    private void queue(DefinitionStatement.Queue queue) {
        out.words(verb(queue.alter())).words("QUEUE").name(queue.name());
        out.optional("AUTHORIZATION", queue.owner(), out::name);
        if (!queue.options().isEmpty()) {
            out.words("WITH").list(queue.options(), options::print);
        }
        out.optional("ON", queue.fileGroup(), out::name);
    }

    private void service(DefinitionStatement.Service service) {
        out.words("CREATE SERVICE").name(service.name()).optional("AUTHORIZATION", service.owner(), out::name);
        out.words("ON QUEUE").name(service.queue());
        if (!service.contracts().isEmpty()) {
            out.parentheses(() -> out.list(service.contracts(), out::name));
        }
    }

    private void alterService(DefinitionStatement.AlterService service) {
        out.words("ALTER SERVICE").name(service.name()).optional("ON QUEUE", service.queue(), out::name);
        if (!service.changes().isEmpty()) {
            out.parentheses(() -> out.list(
                    service.changes(),
                    change -> out.words(change.add() ? "ADD CONTRACT" : "DROP CONTRACT")
                            .name(change.contract())));
        }
    }

    private void route(DefinitionStatement.Route route) {
        out.words(verb(route.alter())).words("ROUTE").name(route.name());
        out.optional("AUTHORIZATION", route.owner(), out::name);
        Options parts = new Options(out, "WITH");
        parts.text("SERVICE_NAME", route.serviceName());
        parts.text("BROKER_INSTANCE", route.brokerInstance());
        parts.value("LIFETIME =", route.lifetime(), expressions::print);
        parts.text("ADDRESS", route.address());
        parts.text("MIRROR_ADDRESS", route.mirrorAddress());
    }

    private void binding(DefinitionStatement.Binding binding) {
        out.words(verb(binding.alter())).words("REMOTE SERVICE BINDING").name(binding.name());
        out.optional("AUTHORIZATION", binding.owner(), out::name);
        out.optional("TO SERVICE", binding.toService(), out::text);
        Options parts = new Options(out, "WITH");
        parts.value("USER =", binding.user(), out::name);
        parts.value("ANONYMOUS =", binding.anonymous(), out::onOff);
    }

    private void priority(DefinitionStatement.Priority priority) {
        out.words(verb(priority.alter())).words("BROKER PRIORITY").name(priority.name());
        out.words("FOR CONVERSATION");
        Options parts = new Options(out, "SET (");
        parts.value("CONTRACT_NAME =", priority.contract(), this::anyName);
        parts.value("LOCAL_SERVICE_NAME =", priority.localService(), this::anyName);
        parts.value(
                "REMOTE_SERVICE_NAME =",
                priority.remoteService(),
                it -> out.words(it.name() == null ? "ANY" : Output.quoted(it.name())));
        parts.value("PRIORITY_LEVEL =", priority.level(), this::level);
        if (parts.some()) {
            out.mark(")");
        }
    }

    private void anyName(AnyName name) {
        out.nameOr(name.name(), "ANY");
    }

    private void level(DefinitionStatement.Level level) {
        if (level.value() == null) {
            out.words("DEFAULT");
        } else {
            expressions.print(level.value());
        }
    }

    private void notification(DefinitionStatement.EventNotification notification) {
        out.words("CREATE EVENT NOTIFICATION").name(notification.name());
        scope(notification.scope());
        if (notification.fanIn()) {
            out.words("WITH FAN_IN");
        }
        out.words("FOR").list(notification.events(), out::words);
        out.words("TO SERVICE").text(notification.service()).mark(",").text(notification.broker());
    }

    private void dropNotification(DefinitionStatement.DropEventNotification drop) {
        out.words("DROP EVENT NOTIFICATION").list(drop.names(), out::name);
        scope(drop.scope());
    }

    private void scope(DefinitionStatement.Scope scope) {
        out.words("ON").words(scope.kind());
        if (scope.queue() != null) {
            out.name(scope.queue());
        }
    }

    private void schemas(DefinitionStatement.XmlSchemaCollection collection) {
        out.words(verb(collection.add())).words("XML SCHEMA COLLECTION").name(collection.name());
        out.optional("AUTHORIZATION", collection.owner(), out::name);
        out.words(collection.add() ? "ADD" : "AS");
        expressions.print(collection.schemas());
    }
}
