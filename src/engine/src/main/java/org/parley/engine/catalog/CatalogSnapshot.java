package org.parley.engine.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.parley.DatabaseOptions;
import org.parley.EventNotificationDefinition.Event;
import org.parley.RouteDefinition;
import org.parley.SystemMessageTypes;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.store.CatalogRows;

/**
 * All definitions of a database at one moment, system objects included. Immutable: a reader that took it keeps a
 * consistent view while definitions change.
 *
 * <p>Names of message types, contracts and services compare byte by byte, in the https spelling of system names too
 * (service-broker.md, section 1.2); queue names as they are written, with or without {@code dbo.}.
 */
public final class CatalogSnapshot {

    private final Index<XmlSchemaCollection> schemaCollections;
    private final Index<MessageType> messageTypes;
    private final Index<Contract> contracts;
    private final Index<Queue> queues;
    private final Index<Service> services;
    private final Index<CatalogRows.ProcedureRow> procedures;
    private final Map<Integer, List<Service>> servicesByQueue;
    private final Collection<CatalogRows.RouteRow> routeRows;
    private final Collection<CatalogRows.PriorityRow> priorities;
    private final Map<Scope, Integer> levels = new HashMap<>();
    private final Collection<CatalogRows.BindingRow> bindings;
    private final Collection<CatalogRows.EventNotificationRow> eventNotifications;
    private final Collection<CatalogRows.CertificateRow> certificates;
    private final Collection<CatalogRows.LoginRow> logins;
    private final Collection<CatalogRows.NetworkEndpointRow> networkEndpoints;
    private final CatalogRows.OptionsRow options;
    private final CatalogRows rows;
    private final Set<Integer> dropped = new HashSet<>();
    private final PrincipalTable principals;

    /** What a broker priority is for; null stands for any. */
    private record Scope(Integer contract, Integer localService, String remoteService) {}

    /** From all rows; each name and each id once. */
    CatalogSnapshot(Collection<? extends CatalogRows.Row> rows) {
        this(rows, List.of());
    }

    /** From all rows, with what has been compiled of some of them. */
    CatalogSnapshot(Collection<? extends CatalogRows.Row> rows, Collection<XmlSchemaCollection> known) {
        this(new CatalogRows(List.copyOf(rows)), PrincipalTable.NONE, known);
    }

    private CatalogSnapshot(CatalogRows rows, PrincipalTable principals, Collection<XmlSchemaCollection> known) {
        this.rows = rows;
        this.principals = principals;
        rows.of(CatalogRows.DroppedRow.class).forEach(row -> dropped.add(row.object()));
        Map<CatalogRows.XmlSchemaCollectionRow, XmlSchemaCollection> compiled = new IdentityHashMap<>();
        known.forEach(collection -> compiled.put(collection.row(), collection));
        schemaCollections = new Index<>(
                "XML schema collection",
                rows.of(CatalogRows.XmlSchemaCollectionRow.class).stream()
                        .map(row -> compiled.containsKey(row) ? compiled.get(row) : new XmlSchemaCollection(row))
                        .toList(),
                XmlSchemaCollection::id,
                XmlSchemaCollection::name,
                dropped);
        List<MessageType> allTypes = new ArrayList<>(SystemObjects.MESSAGE_TYPES);
        rows.of(CatalogRows.MessageTypeRow.class)
                .forEach(row -> allTypes.add(new MessageType(
                        row.id(),
                        row.name(),
                        row.validation(),
                        row.schemaCollection() == null ? null : schemaCollections.get(row.schemaCollection()))));
        messageTypes = new Index<>("message type", allTypes, MessageType::id, MessageType::name, dropped);
        List<Contract> allContracts = new ArrayList<>(SystemObjects.CONTRACTS);
        rows.of(CatalogRows.ContractRow.class)
                .forEach(row -> allContracts.add(new Contract(row.id(), row.name(), row.sentBy())));
        contracts = new Index<>("contract", allContracts, Contract::id, Contract::name, dropped);
        List<Queue> allQueues = new ArrayList<>(SystemObjects.QUEUES);
        rows.of(CatalogRows.QueueRow.class)
                .forEach(row -> allQueues.add(
                        new Queue(row.id(), row.definition(), row.offSince(), row.created(), row.modified())));
        queues = new Index<>("queue", allQueues, Queue::id, Queue::name, dropped);
        List<Service> allServices = new ArrayList<>(SystemObjects.SERVICES);
        rows.of(CatalogRows.ServiceRow.class)
                .forEach(row -> allServices.add(new Service(row.id(), row.name(), row.queue(), row.contracts())));
        services = new Index<>("service", allServices, Service::id, Service::name, dropped);
        Map<Integer, List<Service>> byQueue = new HashMap<>();
        for (Service service : services.all()) {
            byQueue.computeIfAbsent(service.queue(), id -> new ArrayList<>()).add(service);
        }
        byQueue.replaceAll((id, users) -> List.copyOf(users));
        servicesByQueue = byQueue;
        procedures = new Index<>(
                "procedure",
                rows.of(CatalogRows.ProcedureRow.class),
                CatalogRows.ProcedureRow::id,
                CatalogRows.ProcedureRow::name,
                dropped);
        routeRows = rows.of(CatalogRows.RouteRow.class);
        priorities = rows.of(CatalogRows.PriorityRow.class);
        priorities.forEach(
                row -> levels.put(new Scope(row.contract(), row.localService(), row.remoteService()), row.level()));
        bindings = rows.of(CatalogRows.BindingRow.class);
        eventNotifications = rows.of(CatalogRows.EventNotificationRow.class);
        certificates = rows.of(CatalogRows.CertificateRow.class);
        logins = rows.of(CatalogRows.LoginRow.class);
        networkEndpoints = rows.of(CatalogRows.NetworkEndpointRow.class);
        options = rows.of(CatalogRows.OptionsRow.class).stream().findFirst().orElse(CatalogRows.OptionsRow.DEFAULT);
    }

    /** The same definitions with these principals. */
    public CatalogSnapshot with(PrincipalTable others) {
        return new CatalogSnapshot(rows, others, schemaCollections.all());
    }

    /** Users, owners and permissions. */
    public PrincipalTable principals() {
        return principals;
    }

    /** The definitions of a database with these rows. */
    public static CatalogSnapshot of(CatalogRows rows) {
        return new CatalogSnapshot(rows, PrincipalTable.NONE, List.of());
    }

    /** The message type of that name. */
    public Optional<MessageType> messageType(String name) {
        return messageTypes.find(SystemMessageTypes.canonical(name));
    }

    /** The message type of an id that a row or a conversation holds. */
    public MessageType messageType(int id) {
        return messageTypes.get(id);
    }

    /** The contract of that name. */
    public Optional<Contract> contract(String name) {
        return contracts.find(SystemMessageTypes.canonical(name));
    }

    /** The contract of an id that a row or a conversation holds. */
    public Contract contract(int id) {
        return contracts.get(id);
    }

    /** The queue of that name, with or without {@code dbo.}. */
    public Optional<Queue> queue(String name) {
        return queues.find(Queue.nameOf(name));
    }

    /** The queue of an id that a row or a service holds. */
    public Queue queue(int id) {
        return queues.get(id);
    }

    /** The service of that name. */
    public Optional<Service> service(String name) {
        return services.find(SystemMessageTypes.canonical(name));
    }

    /** The service of an id that a row or a conversation holds. */
    public Service service(int id) {
        return services.get(id);
    }

    /** The procedure of that name, with or without {@code dbo.}. */
    public Optional<CatalogRows.ProcedureRow> procedure(String name) {
        return procedures.find(Queue.nameOf(name));
    }

    /** Whether any definition has that id; no two of any kind have the same, from the first user id on. */
    public boolean has(int id) {
        return schemaCollections.has(id)
                || messageTypes.has(id)
                || contracts.has(id)
                || queues.has(id)
                || services.has(id)
                || procedures.has(id)
                || certificates.stream().anyMatch(row -> row.id() == id)
                || networkEndpoints.stream().anyMatch(row -> row.id() == id);
    }

    /**
     * Ids of services, contracts and message types that have been dropped and are still needed by conversations: they are
     * found by id, by {@link #service(int)} and the like, and no longer by name.
     */
    public Set<Integer> dropped() {
        return dropped;
    }

    /** Whether an id is that of a message type, dropped or not. */
    public boolean isMessageType(int id) {
        return messageTypes.knows(id);
    }

    /** The rows of what has been dropped, and those that say so. */
    List<CatalogRows.Row> droppedRows() {
        return rows.all().stream()
                .filter(row -> row instanceof CatalogRows.DroppedRow || dropped.contains(row.id()))
                .toList();
    }

    /** The services that use a queue; none for an id without a queue. */
    public List<Service> servicesOf(int queue) {
        return servicesByQueue.getOrDefault(queue, List.of());
    }

    /** Message types, system types included. */
    public Collection<MessageType> messageTypes() {
        return messageTypes.all();
    }

    /** XML schema collections. */
    public Collection<XmlSchemaCollection> schemaCollections() {
        return schemaCollections.all();
    }

    /** Contracts, system contracts included. */
    public Collection<Contract> contracts() {
        return contracts.all();
    }

    /** Queues, system queues included. */
    public Collection<Queue> queues() {
        return queues.all();
    }

    /** Services, system services included. */
    public Collection<Service> services() {
        return services.all();
    }

    /** Procedures. */
    public Collection<CatalogRows.ProcedureRow> procedures() {
        return procedures.all();
    }

    /** Routes, also those that have expired. */
    public List<RouteDefinition> routes() {
        return routeRows.stream().map(CatalogRows.RouteRow::definition).toList();
    }

    /** Routes with their ids. */
    public Collection<CatalogRows.RouteRow> routeRows() {
        return routeRows;
    }

    /** Broker priorities. */
    public Collection<CatalogRows.PriorityRow> priorities() {
        return priorities;
    }

    /** Remote service bindings. */
    public Collection<CatalogRows.BindingRow> bindings() {
        return bindings;
    }

    /** Certificates. */
    public Collection<CatalogRows.CertificateRow> certificates() {
        return certificates;
    }

    /** Logins of the server; in master only. */
    public Collection<CatalogRows.LoginRow> logins() {
        return logins;
    }

    /** The login of that name. */
    public Optional<CatalogRows.LoginRow> login(String name) {
        return logins.stream().filter(login -> login.name().equals(name)).findFirst();
    }

    /** The network endpoint of the server, if there is one; in master only. */
    public Collection<CatalogRows.NetworkEndpointRow> networkEndpoints() {
        return networkEndpoints;
    }

    /** Event notifications. */
    public Collection<CatalogRows.EventNotificationRow> eventNotifications() {
        return eventNotifications;
    }

    /** The notifications of which each is to be told of an event. */
    public Collection<CatalogRows.EventNotificationRow> told(Event event, int queue) {
        return EventEditor.told(eventNotifications, event, queue);
    }

    /** Events that were waiting to be sent when the database was opened; none in a later snapshot. */
    List<CatalogRows.EventRow> events() {
        return rows.of(CatalogRows.EventRow.class);
    }

    /** Options of the database. */
    public DatabaseOptions options() {
        return options.options();
    }

    /** Last queuing order that was given when delivery was turned off; of no meaning while it is on. */
    public long deliveryOffSince() {
        return options.offSince();
    }

    /** Conversations with smaller numbers have been broken off by ERROR_BROKER_CONVERSATIONS. */
    public long brokenOffBelow() {
        return options.brokenOffBelow();
    }

    /** Options of the database with what proves the master key's password. */
    CatalogRows.OptionsRow optionsRow() {
        return options;
    }

    /**
     * The level that an endpoint gets when it begins; it keeps it. The first of these that a broker priority is for: each
     * of contract, local and remote service, from all three to none of them, the contract weighing most and then the local
     * service; service-broker.md, section 15.
     *
     * @param contract id of the conversation's contract
     * @param localService id of the endpoint's own service
     * @param remoteService name of the other side's service
     */
    public int priority(int contract, int localService, String remoteService) {
        if (levels.isEmpty()) {
            return CatalogRows.PriorityRow.DEFAULT_LEVEL;
        }
        String remote = SystemMessageTypes.canonical(remoteService);
        for (int any = 0; any < 8; any++) {
            Scope scope = new Scope(
                    (any & 4) == 0 ? contract : null,
                    (any & 2) == 0 ? localService : null,
                    (any & 1) == 0 ? remote : null);
            Integer level = levels.get(scope);
            if (level != null) {
                return level;
            }
        }
        return CatalogRows.PriorityRow.DEFAULT_LEVEL;
    }

    /** Objects of one kind by name and by id. */
    private static final class Index<T> {

        private final String kind;
        private final Map<Integer, T> byId = new HashMap<>();
        private final Map<String, T> byName = new HashMap<>();
        private final Set<Integer> dropped;

        Index(String kind, Collection<T> objects, ToIntFunction<T> id, Function<T, String> name, Set<Integer> dropped) {
            this.kind = kind;
            this.dropped = dropped;
            for (T object : objects) {
                T sameId = byId.put(id.applyAsInt(object), object);
                T sameName = dropped.contains(id.applyAsInt(object)) ? null : byName.put(name.apply(object), object);
                if (sameId != null || sameName != null) {
                    throw new IllegalStateException("Two of kind " + kind + " have one id or one name: " + object);
                }
            }
        }

        Optional<T> find(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        T get(int id) {
            T object = byId.get(id);
            if (object == null) {
                // what is dropped stays while anything uses it, so a missing one is a fault of ours
                throw new IllegalStateException("No " + kind + " has the id " + id);
            }
            return object;
        }

        boolean knows(int id) {
            return byId.containsKey(id);
        }

        boolean has(int id) {
            return byId.containsKey(id) && !dropped.contains(id);
        }

        Collection<T> all() {
            return Collections.unmodifiableCollection(byName.values());
        }
    }
}
