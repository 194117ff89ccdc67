package org.parley.sql.run;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.parley.BrokerPriorityDefinition;
import org.parley.Catalog;
import org.parley.ContractDefinition;
import org.parley.ContractDefinition.SentBy;
import org.parley.EventNotificationDefinition;
import org.parley.MessageTypeDefinition;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;
import org.parley.ServiceDefinition;
import org.parley.XmlSchemaCollectionDefinition;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DefinitionStatement.AlterService;
import org.parley.sql.ast.DefinitionStatement.AnyName;
import org.parley.sql.ast.DefinitionStatement.Binding;
import org.parley.sql.ast.DefinitionStatement.Contract;
import org.parley.sql.ast.DefinitionStatement.ContractChange;
import org.parley.sql.ast.DefinitionStatement.DropEventNotification;
import org.parley.sql.ast.DefinitionStatement.Entry;
import org.parley.sql.ast.DefinitionStatement.EventNotification;
import org.parley.sql.ast.DefinitionStatement.ExecuteAs;
import org.parley.sql.ast.DefinitionStatement.MessageType;
import org.parley.sql.ast.DefinitionStatement.Priority;
import org.parley.sql.ast.DefinitionStatement.Procedure;
import org.parley.sql.ast.DefinitionStatement.Queue;
import org.parley.sql.ast.DefinitionStatement.QueueStorage;
import org.parley.sql.ast.DefinitionStatement.Route;
import org.parley.sql.ast.DefinitionStatement.Scope;
import org.parley.sql.ast.DefinitionStatement.Service;
import org.parley.sql.ast.DefinitionStatement.XmlSchemaCollection;

/**
 * CREATE and ALTER of conversation objects and procedures; service-broker.md, sections 1, 14 and 15. What a statement leaves out keeps the value that
 * it has, or gets its default.
 */
final class DefinitionRunner {

    private static final int UNKNOWN_QUEUE = 208;
    private static final int UNKNOWN_PROCEDURE = 208;
    private static final int UNKNOWN_EVENT = 1084;
    private static final int TYPE_TWICE = 8403;
    private static final int CONTRACT_TWICE = 8404;
    private static final int UNKNOWN_CONTRACT = 8425;
    private static final int NOTHING_ALTERED = 8493;
    private static final int NO_SCHEMAS = 6309;
    private static final int BAD_LIFETIME = 9746;
    private static final int NO_ADDRESS = 102;

    private final DefinitionContext definitions;
    private final QueueOptions queueOptions;

    DefinitionRunner(DefinitionContext definitions) {
        this.definitions = definitions;
        this.queueOptions = new QueueOptions(definitions);
    }

    void register(DefinitionSteps steps) {
        steps.does(MessageType.class, this::messageType);
        steps.does(Contract.class, this::contract);
        steps.does(Queue.class, this::queue);
        steps.does(QueueStorage.class, storage -> existing(definitions.local(storage.name())));
        steps.does(Service.class, this::service);
        steps.does(AlterService.class, this::alterService);
        steps.does(Route.class, this::route);
        steps.does(Binding.class, this::binding);
        steps.does(Priority.class, this::priority);
        steps.does(EventNotification.class, this::eventNotification);
        steps.does(DropEventNotification.class, this::dropEventNotification);
        steps.does(XmlSchemaCollection.class, this::schemaCollection);
        steps.does(Procedure.class, this::procedure);
    }

    private Catalog catalog() {
        return definitions.catalog();
    }

    private void messageType(MessageType wanted) {
        String name = DefinitionContext.stored(wanted.name());
        MessageTypeDefinition definition = new MessageTypeDefinition(
                name, validation(wanted), wanted.collection() == null ? null : definitions.local(wanted.collection()));
        if (wanted.alter()) {
            catalog().alter(definition);
        } else {
            definitions.checkNew(catalog()::messageTypes, MessageTypeDefinition::name, name, "message type");
            definitions.catalog(wanted.owner()).define(definition);
        }
    }

    private static MessageTypeDefinition.Validation validation(MessageType wanted) {
        return wanted.validation() == null
                ? MessageTypeDefinition.Validation.NONE
                : MessageTypeDefinition.Validation.valueOf(wanted.validation().name());
    }

    private void contract(Contract wanted) {
        String name = DefinitionContext.stored(wanted.name());
        Map<String, SentBy> sentBy = new LinkedHashMap<>();
        for (Entry entry : wanted.entries()) {
            sentBy.put(
                    DefinitionContext.stored(entry.messageType()),
                    SentBy.valueOf(entry.sentBy().name()));
        }
        DefinitionContext.checkOnce(
                wanted.entries().stream()
                        .map(entry -> DefinitionContext.stored(entry.messageType()))
                        .toList(),
                TYPE_TWICE,
                "Contract '" + name + "'",
                "message type");
        definitions.checkNew(catalog()::contracts, ContractDefinition::name, name, "contract");
        definitions.catalog(wanted.owner()).define(new ContractDefinition(name, sentBy));
    }

    private void queue(Queue wanted) {
        String name = definitions.local(wanted.name());
        if (wanted.alter()) {
            catalog().alter(queueOptions.on(existing(name), wanted.options(), false));
        } else {
            definitions.checkNew(catalog()::queues, QueueDefinition::name, name, "queue");
            definitions.catalog(wanted.owner()).define(created(name, wanted));
        }
    }

    /** A queue that exists must have the options that are written, but for its status; the others aren't compared. */
    private QueueDefinition created(String name, Queue wanted) {
        QueueDefinition old = catalog().queue(name).orElse(null);
        if (old == null) {
            return queueOptions.on(new QueueDefinition(name), wanted.options(), true);
        }
        QueueDefinition written = queueOptions.on(old, wanted.options(), true).withStatus(old.on());
        if (!written.equals(old)) {
            throw new ScriptError(
                    DefinitionContext.EXISTS,
                    "Queue '" + name
                            + "' exists with other options than it is defined with; ALTER QUEUE changes them.");
        }
        return written;
    }

    private QueueDefinition existing(String queue) {
        return catalog()
                .queue(queue)
                .orElseThrow(() -> new ScriptError(
                        UNKNOWN_QUEUE,
                        "The queue '" + queue + "' can't be altered: it doesn't exist, or you may not see it."));
    }

    private void service(Service wanted) {
        String name = DefinitionContext.stored(wanted.name());
        List<String> contracts =
                wanted.contracts().stream().map(DefinitionContext::stored).toList();
        DefinitionContext.checkOnce(contracts, CONTRACT_TWICE, "Service '" + name + "'", "contract");
        definitions.checkNew(catalog()::services, ServiceDefinition::name, name, "service");
        definitions
                .catalog(wanted.owner())
                .define(new ServiceDefinition(name, definitions.local(wanted.queue()), Set.copyOf(contracts)));
    }

    private void alterService(AlterService wanted) {
        String name = DefinitionContext.stored(wanted.name());
        ServiceDefinition old = definitions.existing(catalog().services(), ServiceDefinition::name, name, "service");
        Set<String> contracts = new HashSet<>(old.contracts());
        for (ContractChange change : wanted.changes()) {
            String contract = DefinitionContext.stored(change.contract());
            if (change.add() && !contracts.add(contract)) {
                throw new ScriptError(
                        CONTRACT_TWICE, "Service '" + name + "' accepts the contract '" + contract + "' already.");
            }
            if (!change.add() && !contracts.remove(contract)) {
                throw new ScriptError(
                        UNKNOWN_CONTRACT,
                        "Service '" + name + "' does not accept the contract '" + contract
                                + "', so it can't cease to.");
            }
        }
        String queue = wanted.queue() == null ? old.queue() : definitions.local(wanted.queue());
        ServiceDefinition changed = new ServiceDefinition(name, queue, contracts);
        if (changed.equals(old)) {
            throw new ScriptError(
                    NOTHING_ALTERED,
                    "ALTER SERVICE '" + name
                            + "' changes nothing; it must name another queue, or contracts to add or to drop.");
        }
        catalog().alter(changed);
    }

    private void route(Route wanted) {
        if (wanted.alter()) {
            RouteDefinition old =
                    definitions.existing(catalog().routes(), RouteDefinition::name, wanted.name(), "route");
            catalog()
                    .alter(new RouteDefinition(
                            old.name(),
                            orOld(wanted.serviceName(), old.serviceName()),
                            orOld(wanted.brokerInstance(), old.brokerInstance()),
                            wanted.lifetime() == null ? old.expires() : expires(wanted),
                            orOld(wanted.address(), old.address()),
                            orOld(wanted.mirrorAddress(), old.mirrorAddress())));
            return;
        }
        if (wanted.address() == null) {
            throw new ScriptError(NO_ADDRESS, "CREATE ROUTE '" + wanted.name() + "' needs ADDRESS.");
        }
        definitions.checkNew(catalog()::routes, RouteDefinition::name, wanted.name(), "route");
        definitions
                .catalog(wanted.owner())
                .define(new RouteDefinition(
                        wanted.name(),
                        wanted.serviceName(),
                        wanted.brokerInstance(),
                        wanted.lifetime() == null ? null : expires(wanted),
                        wanted.address(),
                        wanted.mirrorAddress()));
    }

    private Instant expires(Route wanted) {
        long seconds = DefinitionContext.big(wanted.lifetime());
        if (seconds < 1 || seconds > Integer.MAX_VALUE) {
            throw new ScriptError(
                    BAD_LIFETIME,
                    "LIFETIME of route '" + wanted.name() + "' is " + seconds + " seconds; allowed is 1 to "
                            + Integer.MAX_VALUE + ".");
        }
        return definitions.session().clock().instant().plusSeconds(seconds);
    }

    private static String orOld(String written, String old) {
        return written == null ? old : written;
    }

    private void binding(Binding wanted) {
        if (wanted.alter()) {
            RemoteServiceBindingDefinition old = definitions.existing(
                    catalog().remoteServiceBindings(),
                    RemoteServiceBindingDefinition::name,
                    wanted.name(),
                    "remote service binding");
            catalog()
                    .alter(new RemoteServiceBindingDefinition(
                            old.name(),
                            old.toService(),
                            orOld(wanted.user(), old.user()),
                            wanted.anonymous() == null ? old.anonymous() : wanted.anonymous()));
            return;
        }
        definitions.checkNew(
                catalog()::remoteServiceBindings,
                RemoteServiceBindingDefinition::name,
                wanted.name(),
                "remote service binding");
        definitions
                .catalog(wanted.owner())
                .define(new RemoteServiceBindingDefinition(
                        wanted.name(), wanted.toService(), wanted.user(), Boolean.TRUE.equals(wanted.anonymous())));
    }

    private void priority(Priority wanted) {
        BrokerPriorityDefinition old;
        if (wanted.alter()) {
            old = definitions.existing(
                    catalog().brokerPriorities(), BrokerPriorityDefinition::name, wanted.name(), "broker priority");
        } else {
            definitions.checkNew(
                    catalog()::brokerPriorities, BrokerPriorityDefinition::name, wanted.name(), "broker priority");
            old = new BrokerPriorityDefinition(wanted.name(), null, null, null, BrokerPriorityDefinition.DEFAULT_LEVEL);
        }
        BrokerPriorityDefinition changed = new BrokerPriorityDefinition(
                wanted.name(),
                DefinitionContext.stored(orOld(wanted.contract(), old.contract())),
                DefinitionContext.stored(orOld(wanted.localService(), old.localService())),
                orOld(wanted.remoteService(), old.remoteService()),
                level(wanted, old.level()));
        if (wanted.alter()) {
            catalog().alter(changed);
        } else {
            catalog().define(changed);
        }
    }

    /** ANY is a name of its own: null, where null would else be what isn't written. */
    private static String orOld(AnyName written, String old) {
        return written == null ? old : written.name();
    }

    private int level(Priority wanted, int old) {
        if (wanted.level() == null) {
            return old;
        }
        return wanted.level().value() == null
                ? BrokerPriorityDefinition.DEFAULT_LEVEL
                : DefinitionContext.number(wanted.level().value());
    }

    private void eventNotification(EventNotification wanted) {
        String queue = scope(wanted.scope());
        Set<EventNotificationDefinition.Event> events = EnumSet.noneOf(EventNotificationDefinition.Event.class);
        wanted.events().forEach(event -> events.add(event(event)));
        definitions.checkNew(
                () -> catalog().eventNotifications().stream()
                        .filter(each -> Objects.equals(each.queue(), queue))
                        .toList(),
                EventNotificationDefinition::name,
                wanted.name(),
                "event notification");
        catalog()
                .define(new EventNotificationDefinition(
                        wanted.name(), queue, events, wanted.service(), wanted.broker(), wanted.fanIn()));
    }

    private static EventNotificationDefinition.Event event(String name) {
        for (EventNotificationDefinition.Event event : EventNotificationDefinition.Event.values()) {
            if (event.name().equals(name)) {
                return event;
            }
        }
        throw new ScriptError(
                UNKNOWN_EVENT,
                "There is no event '" + name
                        + "'; notifications are sent for QUEUE_ACTIVATION and BROKER_QUEUE_DISABLED.");
    }

    private void dropEventNotification(DropEventNotification drop) {
        String queue = scope(drop.scope());
        drop.names().forEach(name -> catalog().dropEventNotification(name, queue));
    }

    /** The queue, or null for the database. */
    private String scope(Scope scope) {
        return switch (scope.kind()) {
            case "QUEUE" -> definitions.local(scope.queue());
            case "DATABASE" -> null;
            default -> throw DefinitionContext.unsupported("An event notification ON SERVER");
        };
    }

    private void schemaCollection(XmlSchemaCollection wanted) {
        String name = definitions.local(wanted.name());
        String schemas = definitions.text(wanted.schemas());
        if (schemas == null) {
            throw new ScriptError(
                    NO_SCHEMAS, "The XML schema collection '" + name + "' needs XML schemas; they are NULL.");
        }
        if (wanted.add()) {
            catalog().addXmlSchemas(name, schemas);
        } else {
            definitions.checkNew(
                    catalog()::xmlSchemaCollections,
                    XmlSchemaCollectionDefinition::name,
                    name,
                    "XML schema collection");
            definitions.catalog(wanted.owner()).define(XmlSchemaCollectionDefinition.of(name, schemas));
        }
    }

    private void procedure(Procedure wanted) {
        String name = definitions.local(wanted.name());
        ProcedureDefinition definition = new ProcedureDefinition(name, wanted.text(), user(wanted.executeAs()));
        if (wanted.form().equals("CREATE")) {
            definitions.checkNew(catalog()::procedures, ProcedureDefinition::name, name, "procedure");
            catalog().define(definition);
        } else if (catalog().procedure(name).isPresent()) {
            catalog().alter(definition);
        } else if (wanted.form().equals("ALTER")) {
            throw new ScriptError(
                    UNKNOWN_PROCEDURE,
                    "The procedure '" + name + "' can't be altered: it doesn't exist, or you may not see it.");
        } else {
            catalog().define(definition);
        }
    }

    /** SELF is whoever makes the procedure, now. */
    private String user(ExecuteAs as) {
        if (as == null) {
            return null;
        }
        return switch (as.context()) {
            case "SELF" -> definitions.session().user();
            case "CALLER", "OWNER" -> as.context();
            default -> as.user();
        };
    }
}
