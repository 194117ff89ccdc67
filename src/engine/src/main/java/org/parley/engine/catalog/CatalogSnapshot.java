package org.parley.engine.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
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

    private final Index<MessageType> messageTypes;
    private final Index<Contract> contracts;
    private final Index<Queue> queues;
    private final Index<Service> services;
    private final Map<Integer, List<Service>> servicesByQueue;
    private final PrincipalTable principals;

    /** From everything there is, system objects included; each name and each id once. */
    CatalogSnapshot(
            Collection<MessageType> messageTypes,
            Collection<Contract> contracts,
            Collection<Queue> queues,
            Collection<Service> services) {
        this.messageTypes = new Index<>("message type", messageTypes, MessageType::id, MessageType::name);
        this.contracts = new Index<>("contract", contracts, Contract::id, Contract::name);
        this.queues = new Index<>("queue", queues, Queue::id, Queue::name);
        this.services = new Index<>("service", services, Service::id, Service::name);
        Map<Integer, List<Service>> byQueue = new HashMap<>();
        for (Service service : services) {
            byQueue.computeIfAbsent(service.queue(), id -> new ArrayList<>()).add(service);
        }
        byQueue.replaceAll((id, users) -> List.copyOf(users));
        this.servicesByQueue = byQueue;
        this.principals = PrincipalTable.NONE;
    }

    private CatalogSnapshot(CatalogSnapshot other, PrincipalTable principals) {
        this.messageTypes = other.messageTypes;
        this.contracts = other.contracts;
        this.queues = other.queues;
        this.services = other.services;
        this.servicesByQueue = other.servicesByQueue;
        this.principals = principals;
    }

    /** The same definitions with these principals. */
    public CatalogSnapshot with(PrincipalTable others) {
        return new CatalogSnapshot(this, others);
    }

    /** Users, owners and permissions. */
    public PrincipalTable principals() {
        return principals;
    }

    /** The definitions of a database with these rows. */
    public static CatalogSnapshot of(CatalogRows rows) {
        List<MessageType> messageTypes = new ArrayList<>(SystemObjects.MESSAGE_TYPES);
        rows.messageTypes().forEach(row -> messageTypes.add(new MessageType(row.id(), row.name(), row.validation())));
        List<Contract> contracts = new ArrayList<>(SystemObjects.CONTRACTS);
        rows.contracts().forEach(row -> contracts.add(new Contract(row.id(), row.name(), row.sentBy())));
        List<Queue> queues = new ArrayList<>();
        rows.queues().forEach(row -> queues.add(new Queue(row.id(), row.name(), row.on())));
        List<Service> services = new ArrayList<>();
        rows.services().forEach(row -> services.add(new Service(row.id(), row.name(), row.queue(), row.contracts())));
        return new CatalogSnapshot(messageTypes, contracts, queues, services);
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

    /** Whether any definition has that id; no two of any kind have the same, from the first user id on. */
    boolean has(int id) {
        return messageTypes.has(id) || contracts.has(id) || queues.has(id) || services.has(id);
    }

    /** The services that use a queue; none for an id without a queue. */
    public List<Service> servicesOf(int queue) {
        return servicesByQueue.getOrDefault(queue, List.of());
    }

    /** Message types, system types included. */
    public Collection<MessageType> messageTypes() {
        return messageTypes.all();
    }

    /** Contracts, system contracts included. */
    public Collection<Contract> contracts() {
        return contracts.all();
    }

    /** Queues. */
    public Collection<Queue> queues() {
        return queues.all();
    }

    /** Services. */
    public Collection<Service> services() {
        return services.all();
    }

    /** Objects of one kind by name and by id. */
    private static final class Index<T> {

        private final String kind;
        private final Map<Integer, T> byId = new HashMap<>();
        private final Map<String, T> byName = new HashMap<>();

        Index(String kind, Collection<T> objects, ToIntFunction<T> id, Function<T, String> name) {
            this.kind = kind;
            for (T object : objects) {
                T sameId = byId.put(id.applyAsInt(object), object);
                T sameName = byName.put(name.apply(object), object);
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
                // drops are refused while anything uses the object, so a missing one is a fault of ours
                throw new IllegalStateException("No " + kind + " has the id " + id);
            }
            return object;
        }

        boolean has(int id) {
            return byId.containsKey(id);
        }

        Collection<T> all() {
            return Collections.unmodifiableCollection(byId.values());
        }
    }
}
