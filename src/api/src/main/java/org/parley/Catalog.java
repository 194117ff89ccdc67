package org.parley;

import java.util.List;
import java.util.Optional;

/**
 * The definitions of one broker database. A definition takes effect at the commit of the call's own transaction, apart
 * from any transaction of the caller.
 *
 * <p>Each {@code define} can be repeated: it does nothing when the object exists as given, and fails when it exists
 * otherwise. Source of the rules: service-broker.md, sections 1.2 to 1.9, 15 and 17.
 */
public interface Catalog extends Principals, Keys, ServerCatalog {

    /**
     * Runs definition statements: all CREATE, ALTER and DROP, GRANT, DENY and REVOKE of the statement language but for those that
     * make, drop or enter a database, separated by semicolons or GO. All of them take effect, or none. What no transaction of the
     * database can hold (NEW_BROKER; logins and the endpoint, except in master) stands alone in its script.
     *
     * @throws BrokerException with line and column: 102 and its like for text that isn't understood,
     *     {@link ErrorNumbers#NO_DEFINITION} for a statement that {@link BrokerConnection#execute} runs,
     *     {@link ErrorNumbers#NO_LANGUAGE} when parley-sql is missing, 226 for a statement that must stand alone; else as the
     *     other methods
     */
    void define(String statements);

    /**
     * Defines a message type.
     *
     * @throws BrokerException 2714 when one of that name has another validation, 9663 for a system name, 6314 for an
     *     unknown XML schema collection
     */
    void define(MessageTypeDefinition messageType);

    /**
     * Defines an XML schema collection. A collection only grows: it exists as given when it has all of these documents.
     *
     * @throws BrokerException 6348 when one of that name lacks one of the documents, 2378 for what is no valid schema, 9336
     *     for a part of the schema language that isn't supported, 6303 for what could cost too much time or memory
     */
    void define(XmlSchemaCollectionDefinition collection);

    /**
     * Adds schema documents to an XML schema collection; those that it has are passed over. Messages that have arrived
     * aren't judged again.
     *
     * @param schemas one document, or several one after the other
     * @throws BrokerException 6347 when it doesn't exist, else as {@link #define(XmlSchemaCollectionDefinition)}
     */
    void addXmlSchemas(String collection, String schemas);

    /**
     * Defines a contract.
     *
     * @throws BrokerException 2714 when one of that name has other message types, 8428 for an unknown message type, 8492
     *     when the initiator may send nothing, 8403 for a type that stands twice, 9663 for a system name
     */
    void define(ContractDefinition contract);

    /**
     * Defines a queue; the status of an existing queue stays as it is, and options that have their default value aren't
     * compared.
     *
     * @throws BrokerException 2714 when one of that name has other options, 9663 for a system name, 187 for a number of
     *     readers that isn't allowed
     */
    void define(QueueDefinition queue);

    /**
     * Defines a service.
     *
     * @throws BrokerException 2714 when one of that name is defined otherwise, 208 for an unknown queue, 8425 for an
     *     unknown contract, 8404 for a contract that stands twice
     */
    void define(ServiceDefinition service);

    /**
     * Defines a route.
     *
     * @throws BrokerException 2714 when one of that name leads elsewhere, 9659 to 9662 and 9743 to 9747 for parts that
     *     aren't allowed
     */
    void define(RouteDefinition route);

    /**
     * Defines a broker priority. Conversations that have begun keep their level.
     *
     * @throws BrokerException 33303 when one of that name is defined otherwise or another one has the same contract and
     *     services, 33302 for a level that isn't allowed, 33301 for a service name that is too long, 8425 and 8423 for an
     *     unknown contract and service
     */
    void define(BrokerPriorityDefinition priority);

    /**
     * Defines a remote service binding.
     *
     * @throws BrokerException 2714 when one of that name is defined otherwise, 9619 when another one has the same service
     */
    void define(RemoteServiceBindingDefinition binding);

    /**
     * Defines an event notification. The dialog with its service is opened with the first event.
     *
     * @throws BrokerException 2714 when the queue has one of that name that is defined otherwise, 208 for an unknown queue,
     *     9718 for QUEUE_ACTIVATION on a queue that a procedure reads, 8412 and 8413 for a service or a broker instance
     *     that isn't allowed
     */
    void define(EventNotificationDefinition notification);

    /**
     * Defines a procedure. Its body is read when it is called.
     *
     * @throws BrokerException 2714 when one of that name has another text, 262 when the caller may not
     */
    void define(ProcedureDefinition procedure);

    /**
     * Changes a procedure to what is given; calls that have begun go on with the old text.
     *
     * @throws BrokerException 208 when it doesn't exist
     */
    void alter(ProcedureDefinition procedure);

    /**
     * Drops a procedure, also one that a queue's ACTIVATION names.
     *
     * @throws BrokerException 3701 when it doesn't exist
     */
    void dropProcedure(String name);

    /** Procedures, by name. */
    List<ProcedureDefinition> procedures();

    /** The procedure of that name. */
    default Optional<ProcedureDefinition> procedure(String name) {
        return procedures().stream()
                .filter(procedure -> procedure.name().equals(name))
                .findFirst();
    }

    /**
     * The same catalog, in which what is defined belongs to somebody else from the beginning: AUTHORIZATION.
     *
     * @param owner a user of the database
     * @throws BrokerException 15151 for an unknown user, 15247 when the caller may not, each when something is defined
     */
    Catalog ownedBy(String owner);

    /**
     * Changes a message type to what is given. Messages that have arrived aren't judged again.
     *
     * @throws BrokerException 15151 when it doesn't exist, 9663 for a system name, 6314 for an unknown XML schema
     *     collection
     */
    void alter(MessageTypeDefinition messageType);

    /**
     * Changes a queue to what is given.
     *
     * @throws BrokerException 208 when it doesn't exist, else as {@link #define(QueueDefinition)}
     */
    void alter(QueueDefinition queue);

    /**
     * Changes which contracts a service accepts from now on; conversations that have begun aren't affected.
     *
     * @throws BrokerException 15151 when it doesn't exist, else as {@link #define(ServiceDefinition)}
     */
    void alter(ServiceDefinition service);

    /**
     * Changes a route to what is given.
     *
     * @throws BrokerException 15151 when it doesn't exist, else as {@link #define(RouteDefinition)}
     */
    void alter(RouteDefinition route);

    /**
     * Changes a broker priority to what is given. Conversations that have begun keep their level.
     *
     * @throws BrokerException 15151 when it doesn't exist, else as {@link #define(BrokerPriorityDefinition)}
     */
    void alter(BrokerPriorityDefinition priority);

    /**
     * Changes a remote service binding to what is given; its service stays.
     *
     * @throws BrokerException 15151 when it doesn't exist, 2714 when it has another service
     */
    void alter(RemoteServiceBindingDefinition binding);

    /**
     * Turns a queue on or off.
     *
     * @throws BrokerException 208 for an unknown queue
     */
    void setQueueStatus(String queue, boolean on);

    /**
     * Drops a service with its messages. Its side of each conversation ends; the other side gets Error -8470.
     *
     * @throws BrokerException 15151 when it doesn't exist, 3729 when a broker priority names it
     */
    void dropService(String name);

    /**
     * Drops a queue that no service uses.
     *
     * @throws BrokerException 15151 when it doesn't exist, 3729 when a service uses it
     */
    void dropQueue(String name);

    /**
     * Drops a contract. Each conversation that uses it gets Error -8487 at both sides.
     *
     * @throws BrokerException 15151 when it doesn't exist, 3729 when a service or a broker priority names it
     */
    void dropContract(String name);

    /**
     * Drops a message type that no contract uses.
     *
     * @throws BrokerException 15151 when it doesn't exist, 3729 when a contract uses it
     */
    void dropMessageType(String name);

    /**
     * Drops an XML schema collection that no message type uses.
     *
     * @throws BrokerException 15151 when it doesn't exist, 6328 when a message type uses it
     */
    void dropXmlSchemaCollection(String name);

    /**
     * Drops a route.
     *
     * @throws BrokerException 15151 when it doesn't exist
     */
    void dropRoute(String name);

    /**
     * Drops a broker priority. Conversations that have begun keep their level.
     *
     * @throws BrokerException 15151 when it doesn't exist
     */
    void dropBrokerPriority(String name);

    /**
     * Drops a remote service binding.
     *
     * @throws BrokerException 15151 when it doesn't exist
     */
    void dropRemoteServiceBinding(String name);

    /**
     * Drops an event notification and ends its dialog; events that it has been told of are delivered.
     *
     * @param queue its queue, or {@code null} for one on the database
     * @throws BrokerException 15151 when it doesn't exist
     */
    void dropEventNotification(String name, String queue);

    /** The options of the database. */
    DatabaseOptions options();

    /**
     * ENABLE_BROKER and DISABLE_BROKER.
     *
     * @throws BrokerException 9772 when another open database of the server has the same broker instance and delivers
     */
    void setBrokerEnabled(boolean on);

    /**
     * NEW_BROKER: the database gets another broker instance and delivers; all its conversations and messages are gone, and
     * nobody is told. Transactions under way are rolled back.
     *
     * @throws BrokerException 5061 when a prepared transaction waits for its outcome
     */
    void newBroker();

    /**
     * ERROR_BROKER_CONVERSATIONS: the database keeps its broker instance and delivers; each of its conversations gets an
     * Error, -9719 in this database and -9720 at the other side in another one. What waited to be sent may arrive there
     * ahead of it.
     *
     * @throws BrokerException 9772 as for ENABLE_BROKER
     */
    void errorBrokerConversations();

    /** TRUSTWORTHY. */
    void setTrustworthy(boolean on);

    /** HONOR_BROKER_PRIORITY. */
    void setHonorBrokerPriority(boolean on);

    /** Message types, system types included, by name. */
    List<MessageTypeDefinition> messageTypes();

    /** XML schema collections, by name; each document is a text of its own. */
    List<XmlSchemaCollectionDefinition> xmlSchemaCollections();

    /** Contracts, by name. */
    List<ContractDefinition> contracts();

    /** Queues, by name, without those of the system. */
    List<QueueDefinition> queues();

    /** Services, by name, without those of the system. */
    List<ServiceDefinition> services();

    /** Routes, by name; also those that have expired. */
    List<RouteDefinition> routes();

    /** Broker priorities, by name. */
    List<BrokerPriorityDefinition> brokerPriorities();

    /** Remote service bindings, by name. */
    List<RemoteServiceBindingDefinition> remoteServiceBindings();

    /** Event notifications, by name. */
    List<EventNotificationDefinition> eventNotifications();

    /** The queue of that name. */
    default Optional<QueueDefinition> queue(String name) {
        return queues().stream().filter(queue -> queue.name().equals(name)).findFirst();
    }
}
