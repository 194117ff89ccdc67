package org.parley.engine.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.parley.BrokerException;
import org.parley.ContractDefinition;
import org.parley.ContractDefinition.SentBy;
import org.parley.EventNotificationDefinition;
import org.parley.MessageTypeDefinition;
import org.parley.Securable;
import org.parley.ServiceDefinition;
import org.parley.SystemMessageTypes;
import org.parley.engine.security.Access;
import org.parley.engine.security.SessionKey;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogRows.BindingRow;
import org.parley.engine.store.CatalogRows.CertificateRow;
import org.parley.engine.store.CatalogRows.EventNotificationRow;
import org.parley.engine.store.CatalogRows.LoginRow;
import org.parley.engine.store.CatalogRows.NetworkEndpointRow;
import org.parley.engine.store.CatalogRows.PriorityRow;
import org.parley.engine.store.CatalogRows.ProcedureRow;
import org.parley.engine.store.CatalogRows.RouteRow;
import org.parley.engine.store.CatalogWriter;

/**
 * Applies definitions to a copy of a snapshot and writes each change at once; the rules of {@link org.parley.Catalog}.
 * Made for one transaction and used by one thread. After an exception it is of no more use.
 *
 * <p>The writer is asked for only when something changes: definitions that are repeated at each start cost no transaction.
 */
final class CatalogEditor {

    private final IntSupplier nextId;
    private final Withdrawn withdrawn;
    private final SecurityEditor security;
    private final IntSupplier plainId;
    private final Kind<XmlSchemaCollection> schemaCollections;
    private final Kind<MessageType> messageTypes;
    private final Kind<Contract> contracts;
    private final Kind<Queue> queues;
    private final Kind<Service> services;
    private final Kind<ProcedureRow> procedures;
    private final Kind<RouteRow> routes;
    private final Kind<PriorityRow> priorities;
    private final Kind<BindingRow> bindings;
    private final Kind<EventNotificationRow> notifications;
    private final Kind<CertificateRow> certificates;
    private final Kind<LoginRow> logins;
    private final Kind<NetworkEndpointRow> endpoints;
    private final EventEditor events;
    private final OptionsEditor options;
    private final MasterKeyEditor masterKey;
    private final HomeServer server;
    private final Instant now;
    private final Around around;

    CatalogEditor(
            CatalogSnapshot before, Access caller, Supplier<CatalogWriter> writer, IntSupplier ids, Around around) {
        this.withdrawn = new Withdrawn(before.droppedRows(), writer);
        this.now = around.now();
        this.around = around;
        this.security = new SecurityEditor(before.principals(), caller, writer, ids);
        this.nextId = security::nextId;
        this.plainId = ids;
        schemaCollections = new Kind<>(
                        "XML schema collection", XmlSchemaCollection::name, XmlSchemaCollection::row, writer)
                .with(before.schemaCollections());
        messageTypes =
                new Kind<>("message type", MessageType::name, MessageType::row, writer).with(before.messageTypes());
        contracts = new Kind<>("contract", Contract::name, Contract::row, writer).with(before.contracts());
        queues = new Kind<>("queue", Queue::name, Queue::row, writer).with(before.queues());
        services = new Kind<>("service", Service::name, Service::row, writer).with(before.services());
        procedures =
                new Kind<ProcedureRow>("procedure", ProcedureRow::name, row -> row, writer).with(before.procedures());
        routes = new Kind<RouteRow>("route", row -> row.definition().name(), row -> row, writer)
                .with(before.routeRows());
        priorities = new Kind<PriorityRow>("broker priority", PriorityRow::name, row -> row, writer)
                .with(before.priorities());
        bindings = new Kind<BindingRow>(
                        "remote service binding", row -> row.definition().name(), row -> row, writer)
                .with(before.bindings());
        notifications = new Kind<EventNotificationRow>(
                        "event notification", EventNotificationRow::key, row -> row, writer)
                .with(before.eventNotifications());
        events = new EventEditor(notifications, writer, ids, caller.principal(), now);
        certificates = new Kind<CertificateRow>("certificate", CertificateRow::name, row -> row, writer)
                .with(before.certificates());
        logins = new Kind<LoginRow>("login", LoginRow::name, row -> row, writer).with(before.logins());
        endpoints = new Kind<NetworkEndpointRow>(
                        "endpoint", row -> row.definition().name(), row -> row, writer)
                .with(before.networkEndpoints());
        options = new OptionsEditor(before.optionsRow(), writer, around);
        server = around.database().server();
        masterKey = new MasterKeyEditor(options, certificates, server, around.session());
    }

    /** The time, the queuing order that was given last, the database, and its master key as the session has opened it. */
    record Around(Instant now, long lastOrder, DatabaseCatalog.Database database, SessionKey session) {}

    /** The definitions as they are now. */
    CatalogSnapshot snapshot() {
        List<CatalogRows.Row> rows = new ArrayList<>();
        for (Kind<?> kind : List.of(
                schemaCollections,
                messageTypes,
                contracts,
                queues,
                services,
                procedures,
                routes,
                priorities,
                bindings,
                notifications,
                certificates,
                logins,
                endpoints)) {
            rows.addAll(kind.rows());
        }
        rows.removeIf(row -> isSystem(row.id()) && SystemObjects.hasRowsOf(row));
        rows.addAll(withdrawn.rows());
        rows.add(options.row());
        CatalogSnapshot after = new CatalogSnapshot(rows, schemaCollections.all());
        return after.with(security.principals(after));
    }

    /** Whether an object that can have an owner has that id; what has been dropped hasn't. */
    boolean has(int id) {
        return Stream.of(
                        schemaCollections,
                        messageTypes,
                        contracts,
                        queues,
                        services,
                        procedures,
                        certificates,
                        endpoints)
                .anyMatch(kind -> kind.has(id));
    }

    /** Id of an object, or null. */
    Integer idOf(Securable object) {
        String name = SystemMessageTypes.canonical(object.name());
        return switch (object.kind()) {
            case QUEUE -> id(queues.find(Queue.nameOf(object.name())), Queue::id);
            case SERVICE -> id(services.find(name), Service::id);
            case CONTRACT -> id(contracts.find(name), Contract::id);
            case MESSAGE_TYPE -> id(messageTypes.find(name), MessageType::id);
            case XML_SCHEMA_COLLECTION ->
                id(schemaCollections.find(XmlSchemaCollection.nameOf(object.name())), XmlSchemaCollection::id);
            case PROCEDURE -> id(procedures.find(Queue.nameOf(object.name())), ProcedureRow::id);
            case CERTIFICATE -> id(certificates.find(object.name()), CertificateRow::id);
            case ENDPOINT -> id(endpoints.find(object.name()), NetworkEndpointRow::id);
        };
    }

    private static <T> Integer id(T object, Function<T, Integer> id) {
        return object == null ? null : id.apply(object);
    }

    /** What an editor for principals and permissions says beforehand. */
    SecurityEditor security() {
        return security;
    }

    void apply(CatalogEdit edit) {
        security.check(edit, this);
        edit.apply(this);
    }

    QueueEditor queues() {
        return new QueueEditor(queues, services, nextId, security, events, around);
    }

    /** Turns a queue off because its readers have failed; says whether it was on. */
    boolean disableQueue(int id) {
        Queue on = queues.all().stream()
                .filter(queue -> queue.id() == id && queue.on() && !queue.system())
                .findFirst()
                .orElse(null);
        if (on != null) {
            queues().disable(on);
        }
        return on != null;
    }

    XmlSchemaEditor xmlSchemas() {
        return new XmlSchemaEditor(schemaCollections, messageTypes, nextId, now);
    }

    ProcedureEditor procedures() {
        return new ProcedureEditor(procedures, nextId, security, now);
    }

    RouteEditor routes() {
        return new RouteEditor(routes, bindings, security.table(), plainId);
    }

    PriorityEditor priorities() {
        return new PriorityEditor(priorities, contracts, services, plainId);
    }

    MasterKeyEditor masterKey() {
        return masterKey;
    }

    CertificateEditor certificates() {
        return new CertificateEditor(
                certificates, masterKey, nextId, new CertificateEditor.Users(security.table(), logins, endpoints), now);
    }

    LoginEditor logins() {
        return new LoginEditor(logins, certificates, endpoints, security, plainId);
    }

    /** Whether the server has a login of that name. */
    boolean knowsLogin(String name) {
        return login(name) != null
                || server.definitions().flatMap(master -> master.login(name)).isPresent();
    }

    /** Id of a login of this database, which is master then; or null. */
    Integer login(String name) {
        return id(logins.find(name), LoginRow::id);
    }

    /** The certificate of that name, which is to be used. */
    CertificateRow certificate(String name, String used) {
        return certificates.existing(name, used);
    }

    NetworkEndpointEditor networkEndpoints() {
        return new NetworkEndpointEditor(endpoints, logins, certificates, plainId);
    }

    EventEditor events() {
        return events;
    }

    void define(EventNotificationDefinition wanted) {
        events.define(wanted, wanted.queue() == null ? null : queues().known(wanted.queue(), "can't be watched"));
    }

    OptionsEditor options() {
        return options;
    }

    void define(MessageTypeDefinition wanted) {
        String name = SystemMessageTypes.canonical(wanted.name());
        CatalogErrors.checkName("message type", name);
        MessageType old = messageTypes.find(name);
        refuseSystem("message type", name, old != null && isSystem(old.id()));
        XmlSchemaCollection schemas = xmlSchemas().of(wanted);
        if (old != null) {
            MessageType same = new MessageType(old.id(), name, wanted.validation(), schemas);
            if (!old.row().equals(same.row())) {
                throw new BrokerException(
                        CatalogErrors.EXISTS_OTHERWISE,
                        "Message type '" + name + "' exists with VALIDATION = " + old.shownValidation()
                                + " and can't be defined with VALIDATION = " + same.shownValidation()
                                + "; define it as it is, or drop it first.");
            }
            return;
        }
        messageTypes.insert(new MessageType(nextId.getAsInt(), name, wanted.validation(), schemas));
    }

    void alter(MessageTypeDefinition wanted) {
        String name = SystemMessageTypes.canonical(wanted.name());
        MessageType old = messageTypes.existing(name, "altered");
        refuseSystem("message type", name, isSystem(old.id()));
        messageTypes.update(new MessageType(
                old.id(), name, wanted.validation(), xmlSchemas().of(wanted)));
    }

    void define(ContractDefinition wanted) {
        String name = SystemMessageTypes.canonical(wanted.name());
        CatalogErrors.checkName("contract", name);
        Contract old = contracts.find(name);
        refuseSystem("contract", name, old != null && isSystem(old.id()));
        Map<Integer, SentBy> sentBy = sentBy(name, wanted.sentBy());
        if (old != null) {
            if (!old.sentBy().equals(sentBy)) {
                throw new BrokerException(
                        CatalogErrors.EXISTS_OTHERWISE,
                        "Contract '" + name + "' exists with (" + shown(old.sentBy()) + ") and can't be defined with ("
                                + shown(sentBy) + "); a contract never changes: give the new one another name.");
            }
            return;
        }
        Contract made = new Contract(nextId.getAsInt(), name, sentBy);
        contracts.insert(made);
    }

    private Map<Integer, SentBy> sentBy(String contract, Map<String, SentBy> entries) {
        Map<Integer, SentBy> sentBy = new LinkedHashMap<>();
        boolean initiatorMaySend = false;
        for (Map.Entry<String, SentBy> entry : entries.entrySet()) {
            MessageType type = messageTypes.find(SystemMessageTypes.canonical(entry.getKey()));
            if (type == null) {
                throw new BrokerException(
                        CatalogErrors.UNKNOWN_MESSAGE_TYPE,
                        "Contract '" + contract + "' names the message type '"
                                + CatalogErrors.shortened(entry.getKey())
                                + "', which doesn't exist; names are compared byte by byte.");
            }
            if (type.id() == MessageType.ERROR
                    || type.id() == MessageType.END_DIALOG
                    || type.id() == MessageType.DIALOG_TIMER) {
                throw new BrokerException(
                        CatalogErrors.SYSTEM_OBJECT,
                        "Contract '" + contract + "' names the message type '" + type.name()
                                + "', which every conversation has and no contract may list.");
            }
            if (sentBy.put(type.id(), entry.getValue()) != null) {
                throw new BrokerException(
                        CatalogErrors.MESSAGE_TYPE_TWICE,
                        "Contract '" + contract + "' names the message type '" + type.name()
                                + "' twice; a type that both sides send is SENT BY ANY.");
            }
            initiatorMaySend |= entry.getValue() != SentBy.TARGET;
        }
        if (!initiatorMaySend) {
            throw new BrokerException(
                    CatalogErrors.NOTHING_FOR_INITIATOR,
                    "Contract '" + contract + "' gives the initiator nothing to send; at least one message type must be"
                            + " SENT BY INITIATOR or SENT BY ANY.");
        }
        return sentBy;
    }

    void define(ServiceDefinition wanted) {
        String name = SystemMessageTypes.canonical(wanted.name());
        CatalogErrors.checkName("service", name);
        refuseSystem("service", name, SystemObjects.SERVICE_NAMES.contains(name));
        Queue queue = queues().known(wanted.queue(), "can't be the queue of service '" + name + "'");
        Set<Integer> accepted = accepted(name, wanted.contracts());
        Service old = services.find(name);
        if (old != null) {
            if (old.queue() != queue.id() || !old.contracts().equals(accepted)) {
                throw new BrokerException(
                        CatalogErrors.EXISTS_OTHERWISE,
                        "Service '" + name + "' exists " + shown(old.queue(), old.contracts())
                                + " and can't be defined " + shown(queue.id(), accepted)
                                + "; define it as it is, or drop it first.");
            }
            return;
        }
        Service made = new Service(nextId.getAsInt(), name, queue.id(), accepted);
        services.insert(made);
    }

    void alter(ServiceDefinition wanted) {
        String name = SystemMessageTypes.canonical(wanted.name());
        refuseSystem("service", name, name != null && SystemObjects.SERVICE_NAMES.contains(name));
        Service old = services.existing(name, "altered");
        Queue queue = queues().known(wanted.queue(), "can't be the queue of service '" + name + "'");
        Set<Integer> accepted = accepted(name, wanted.contracts());
        // what it had already needs no permission
        security.checkReferences(
                queue.id() == old.queue() ? null : queue.name(),
                contracts.names(each -> accepted.contains(each.id()) && !old.accepts(each.id())),
                this);
        services.update(new Service(old.id(), name, queue.id(), accepted));
    }

    private Set<Integer> accepted(String service, Set<String> names) {
        Set<Integer> accepted = new HashSet<>();
        for (String written : names) {
            Contract contract = contracts.find(SystemMessageTypes.canonical(written));
            if (contract == null) {
                throw new BrokerException(
                        CatalogErrors.UNKNOWN_CONTRACT,
                        "Service '" + service + "' names the contract '" + CatalogErrors.shortened(written)
                                + "', which doesn't exist; names are compared byte by byte.");
            }
            if (!accepted.add(contract.id())) {
                throw new BrokerException(
                        CatalogErrors.CONTRACT_TWICE,
                        "Service '" + service + "' names the contract '" + contract.name() + "' twice.");
            }
        }
        return accepted;
    }

    /** Drops a service, unless a broker priority names it; its conversations end. */
    void dropService(String written) {
        String name = SystemMessageTypes.canonical(written);
        refuseSystem("service", name, name != null && SystemObjects.SERVICE_NAMES.contains(name));
        Service service = services.existing(name, "dropped");
        priorities.refuseDrop(
                "Service '" + name + "'",
                "it is named by",
                row -> row.localService() != null && row.localService() == service.id());
        withdrawn.keep(services.withdraw(service));
    }

    /** Drops a contract, unless a service or a broker priority names it; its conversations fail. */
    void dropContract(String written) {
        String name = SystemMessageTypes.canonical(written);
        Contract contract = contracts.existing(name, "dropped");
        refuseSystem("contract", name, isSystem(contract.id()));
        String what = "Contract '" + name + "'";
        services.refuseDrop(what, "it is accepted by", service -> service.accepts(contract.id()));
        priorities.refuseDrop(what, "it is named by", row -> row.contract() != null && row.contract() == contract.id());
        withdrawn.keep(contracts.withdraw(contract));
    }

    /** Drops a message type, unless a contract needs it. */
    void dropMessageType(String written) {
        String name = SystemMessageTypes.canonical(written);
        MessageType type = messageTypes.existing(name, "dropped");
        refuseSystem("message type", name, isSystem(type.id()));
        contracts.refuseDrop("Message type '" + name + "'", "it is part of", contract -> contract.has(type.id()));
        if (withdrawn.needsType(type.id())) {
            // no message of it is judged any more, so it must not hold an XML schema collection
            MessageType kept = type.withoutSchemas();
            messageTypes.update(kept);
            withdrawn.keep(messageTypes.withdraw(kept));
        } else {
            messageTypes.delete(type);
        }
    }

    /** Nothing needs any more what was dropped. */
    void forget(int id) {
        withdrawn.forget(id);
    }

    static void refuseSystem(String kind, String name, boolean system) {
        if (system) {
            throw new BrokerException(
                    CatalogErrors.SYSTEM_OBJECT,
                    "The " + kind + " '" + name + "' belongs to the system and can't be defined, changed or dropped.");
        }
    }

    private static boolean isSystem(int id) {
        return id < CatalogRows.FIRST_USER_ID;
    }

    private String shown(Map<Integer, SentBy> sentBy) {
        List<String> entries = new ArrayList<>();
        for (String name : messageTypes.names(type -> sentBy.containsKey(type.id()))) {
            entries.add("'" + name + "' SENT BY "
                    + sentBy.get(messageTypes.find(name).id()));
        }
        return String.join(", ", entries);
    }

    private String shown(int queue, Set<Integer> accepted) {
        String name = queues.names(other -> other.id() == queue).get(0);
        List<String> names = contracts.names(contract -> accepted.contains(contract.id()));
        return "on queue '" + name + "' " + (names.isEmpty() ? "without contracts" : "with contracts " + names);
    }
}
