package org.parley.engine.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.ContractDefinition.SentBy;
import org.parley.Securable;
import org.parley.SystemMessageTypes;
import org.parley.engine.catalog.DefinitionStatement.AlterQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateContract;
import org.parley.engine.catalog.DefinitionStatement.CreateMessageType;
import org.parley.engine.catalog.DefinitionStatement.CreateQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateService;
import org.parley.engine.security.Access;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogWriter;

/**
 * Applies definitions to a copy of a snapshot and writes each change at once; the rules of {@link org.parley.Catalog}.
 * Made for one transaction and used by one thread. After an exception it is of no more use.
 *
 * <p>The writer is asked for only when something changes: definitions that are repeated at each start cost no transaction.
 */
final class CatalogEditor {

    private final Supplier<CatalogWriter> writer;
    private final IntSupplier nextId;
    private final Map<String, MessageType> messageTypes;
    private final Map<String, Contract> contracts;
    private final Map<String, Queue> queues;
    private final Map<String, Service> services;
    private final SecurityEditor security;

    CatalogEditor(CatalogSnapshot before, Access caller, Supplier<CatalogWriter> writer, IntSupplier ids) {
        this.writer = writer;
        this.security = new SecurityEditor(before.principals(), caller, writer, ids);
        this.nextId = security::nextId;
        this.messageTypes = byName(before.messageTypes(), MessageType::name);
        this.contracts = byName(before.contracts(), Contract::name);
        this.queues = byName(before.queues(), Queue::name);
        this.services = byName(before.services(), Service::name);
    }

    private static <T> Map<String, T> byName(Collection<T> objects, Function<T, String> name) {
        Map<String, T> byName = new HashMap<>();
        objects.forEach(object -> byName.put(name.apply(object), object));
        return byName;
    }

    /** The definitions as they are now. */
    CatalogSnapshot snapshot() {
        CatalogSnapshot after =
                new CatalogSnapshot(messageTypes.values(), contracts.values(), queues.values(), services.values());
        return after.with(security.principals(after));
    }

    /** Id of an object, or null. */
    Integer idOf(Securable object) {
        String name = SystemMessageTypes.canonical(object.name());
        return switch (object.kind()) {
            case QUEUE -> id(queues.get(Queue.nameOf(object.name())), Queue::id);
            case SERVICE -> id(services.get(name), Service::id);
            case CONTRACT -> id(contracts.get(name), Contract::id);
            case MESSAGE_TYPE -> id(messageTypes.get(name), MessageType::id);
        };
    }

    private static <T> Integer id(T object, Function<T, Integer> id) {
        return object == null ? null : id.apply(object);
    }

    /** What an editor for principals and permissions says beforehand. */
    SecurityEditor security() {
        return security;
    }

    void apply(DefinitionStatement statement) {
        if (security.handled(statement, this)) {
            return;
        }
        if (statement instanceof CreateMessageType messageType) {
            define(messageType);
        } else if (statement instanceof CreateContract contract) {
            define(contract);
        } else if (statement instanceof CreateQueue queue) {
            define(queue);
        } else if (statement instanceof AlterQueue queue) {
            setStatus(queue);
        } else if (statement instanceof CreateService service) {
            define(service);
        }
    }

    private void define(CreateMessageType wanted) {
        String name = SystemMessageTypes.canonical(wanted.name());
        CatalogErrors.checkName("message type", name);
        MessageType old = messageTypes.get(name);
        if (old != null) {
            refuseSystem("message type", name, isSystem(old.id()));
            if (old.validation() != wanted.validation()) {
                throw new BrokerException(
                        CatalogErrors.EXISTS_OTHERWISE,
                        "Message type '" + name + "' exists with VALIDATION = " + old.validation()
                                + " and can't be defined with VALIDATION = " + wanted.validation()
                                + "; define it as it is, or drop it first.");
            }
            return;
        }
        MessageType made = new MessageType(nextId.getAsInt(), name, wanted.validation());
        writer.get().insert(new CatalogRows.MessageTypeRow(made.id(), name, made.validation()));
        messageTypes.put(name, made);
    }

    private void define(CreateContract wanted) {
        String name = SystemMessageTypes.canonical(wanted.name());
        CatalogErrors.checkName("contract", name);
        Contract old = contracts.get(name);
        refuseSystem("contract", name, old != null && isSystem(old.id()));
        Map<Integer, SentBy> sentBy = sentBy(name, wanted.entries());
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
        writer.get().insert(new CatalogRows.ContractRow(made.id(), name, made.sentBy()));
        contracts.put(name, made);
    }

    private Map<Integer, SentBy> sentBy(String contract, List<CreateContract.Entry> entries) {
        Map<Integer, SentBy> sentBy = new LinkedHashMap<>();
        boolean initiatorMaySend = false;
        for (CreateContract.Entry entry : entries) {
            MessageType type = messageTypes.get(SystemMessageTypes.canonical(entry.messageType()));
            if (type == null) {
                throw new BrokerException(
                        CatalogErrors.UNKNOWN_MESSAGE_TYPE,
                        "Contract '" + contract + "' names the message type '" + shortened(entry.messageType())
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
            if (sentBy.put(type.id(), entry.sentBy()) != null) {
                throw new BrokerException(
                        CatalogErrors.MESSAGE_TYPE_TWICE,
                        "Contract '" + contract + "' names the message type '" + type.name()
                                + "' twice; a type that both sides send is SENT BY ANY.");
            }
            initiatorMaySend |= entry.sentBy() != SentBy.TARGET;
        }
        if (!initiatorMaySend) {
            throw new BrokerException(
                    CatalogErrors.NOTHING_FOR_INITIATOR,
                    "Contract '" + contract + "' gives the initiator nothing to send; at least one message type must be"
                            + " SENT BY INITIATOR or SENT BY ANY.");
        }
        return sentBy;
    }

    private void define(CreateQueue wanted) {
        String name = Queue.nameOf(wanted.name());
        CatalogErrors.checkName("queue", name);
        refuseSystem("queue", name, SystemObjects.QUEUES.contains(name));
        if (name.startsWith("#")) {
            throw new BrokerException(
                    CatalogErrors.BAD_NAME,
                    "The queue name '" + name + "' begins with '#'; there are no temporary queues.");
        }
        if (!queues.containsKey(name)) {
            Queue made = new Queue(nextId.getAsInt(), name, wanted.on());
            writer.get().insert(new CatalogRows.QueueRow(made.id(), name, made.on()));
            queues.put(name, made);
        }
    }

    private void setStatus(AlterQueue wanted) {
        Queue old = knownQueue(wanted.name(), "can't be turned " + (wanted.on() ? "on" : "off"));
        if (old.on() != wanted.on()) {
            writer.get().setQueueStatus(old.id(), wanted.on());
            queues.put(old.name(), new Queue(old.id(), old.name(), wanted.on()));
        }
    }

    private Queue knownQueue(String written, String consequence) {
        Queue queue = queues.get(Queue.nameOf(written));
        if (queue == null) {
            throw new BrokerException(
                    CatalogErrors.UNKNOWN_QUEUE,
                    "Queue '" + shortened(written) + "' doesn't exist and " + consequence
                            + "; queue names are compared as they are written.");
        }
        return queue;
    }

    private void define(CreateService wanted) {
        String name = SystemMessageTypes.canonical(wanted.name());
        CatalogErrors.checkName("service", name);
        refuseSystem("service", name, SystemObjects.SERVICES.contains(name));
        Queue queue = knownQueue(wanted.queue(), "can't be the queue of service '" + name + "'");
        Set<Integer> accepted = accepted(name, wanted.contracts());
        Service old = services.get(name);
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
        writer.get().insert(new CatalogRows.ServiceRow(made.id(), name, made.queue(), made.contracts()));
        services.put(name, made);
    }

    private Set<Integer> accepted(String service, List<String> names) {
        Set<Integer> accepted = new HashSet<>();
        for (String written : names) {
            Contract contract = contracts.get(SystemMessageTypes.canonical(written));
            if (contract == null) {
                throw new BrokerException(
                        CatalogErrors.UNKNOWN_CONTRACT,
                        "Service '" + service + "' names the contract '" + shortened(written)
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

    /** Drops a service, unless conversations need it. */
    void dropService(String written, Predicate<Service> inConversation) {
        String name = SystemMessageTypes.canonical(written);
        refuseSystem("service", name, name != null && SystemObjects.SERVICES.contains(name));
        Service service = found("service", name, services);
        if (inConversation.test(service)) {
            throw inUse("Service", name, "it has conversations: end them on both sides first.");
        }
        writer.get().deleteService(service.id());
        services.remove(name);
    }

    /** Drops a queue, unless a service uses it. */
    void dropQueue(String written) {
        String name = Queue.nameOf(written);
        refuseSystem("queue", name, name != null && SystemObjects.QUEUES.contains(name));
        Queue queue = found("queue", name, queues);
        List<String> users = names(services, service -> service.queue() == queue.id());
        if (!users.isEmpty()) {
            throw inUse("Queue", name, "it is the queue of " + named("service", users));
        }
        writer.get().deleteQueue(queue.id());
        queues.remove(name);
    }

    /** Drops a contract, unless a service or conversations need it. */
    void dropContract(String written, Predicate<Contract> inConversation) {
        String name = SystemMessageTypes.canonical(written);
        Contract contract = found("contract", name, contracts);
        refuseSystem("contract", name, isSystem(contract.id()));
        List<String> users = names(services, service -> service.accepts(contract.id()));
        if (!users.isEmpty()) {
            throw inUse("Contract", name, "it is accepted by " + named("service", users));
        }
        if (inConversation.test(contract)) {
            throw inUse("Contract", name, "conversations use it: end them on both sides first.");
        }
        writer.get().deleteContract(contract.id());
        contracts.remove(name);
    }

    /** Drops a message type, unless a contract needs it. */
    void dropMessageType(String written) {
        String name = SystemMessageTypes.canonical(written);
        MessageType type = found("message type", name, messageTypes);
        refuseSystem("message type", name, isSystem(type.id()));
        List<String> users = names(contracts, contract -> contract.has(type.id()));
        if (!users.isEmpty()) {
            throw inUse("Message type", name, "it is part of " + named("contract", users));
        }
        writer.get().deleteMessageType(type.id());
        messageTypes.remove(name);
    }

    private static <T> T found(String kind, String name, Map<String, T> objects) {
        T object = objects.get(name);
        if (object == null) {
            throw new BrokerException(
                    CatalogErrors.NOT_FOUND,
                    "The " + kind + " '" + shortened(name) + "' can't be dropped: there is no such " + kind + ".");
        }
        return object;
    }

    private static BrokerException inUse(String kind, String name, String why) {
        return new BrokerException(CatalogErrors.IN_USE, kind + " '" + name + "' can't be dropped: " + why);
    }

    private static void refuseSystem(String kind, String name, boolean system) {
        if (system) {
            throw new BrokerException(
                    CatalogErrors.SYSTEM_OBJECT,
                    "The " + kind + " '" + name + "' belongs to the system and can't be defined, changed or dropped.");
        }
    }

    private static boolean isSystem(int id) {
        return id < CatalogRows.FIRST_USER_ID;
    }

    private static <T> List<String> names(Map<String, T> objects, Predicate<T> which) {
        return objects.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static String named(String kind, List<String> users) {
        int more = users.size() - 1;
        return kind + " '" + users.get(0) + "'" + (more == 0 ? "" : " and " + more + " more") + ".";
    }

    private String shown(Map<Integer, SentBy> sentBy) {
        List<String> entries = new ArrayList<>();
        for (String name : names(messageTypes, type -> sentBy.containsKey(type.id()))) {
            entries.add("'" + name + "' SENT BY "
                    + sentBy.get(messageTypes.get(name).id()));
        }
        return String.join(", ", entries);
    }

    private String shown(int queue, Set<Integer> accepted) {
        String name = names(queues, other -> other.id() == queue).get(0);
        List<String> names = names(contracts, contract -> accepted.contains(contract.id()));
        return "on queue '" + name + "' " + (names.isEmpty() ? "without contracts" : "with contracts " + names);
    }

    private static String shortened(String written) {
        return written == null
                ? ""
                : written.length() <= CatalogErrors.LONGEST_NAME ? written : Token.shortened(written);
    }
}
