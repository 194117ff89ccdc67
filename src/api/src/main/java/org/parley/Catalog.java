package org.parley;

import java.util.List;
import java.util.Optional;

/**
 * The definitions of one broker database. A definition takes effect at the commit of the call's own transaction, apart
 * from any transaction of the caller.
 *
 * <p>Each {@code define} can be repeated: it does nothing when the object exists as given, and fails when it exists
 * otherwise. Source of the rules: service-broker.md, sections 1.2 to 1.6.
 */
public interface Catalog extends Principals {

    /**
     * Runs definition statements: CREATE MESSAGE TYPE, CREATE CONTRACT, CREATE QUEUE, CREATE SERVICE and ALTER QUEUE ...
     * WITH STATUS, separated by semicolons or GO. All of them take effect, or none.
     *
     * @throws BrokerException 102 with line and column for text that isn't understood, else as the other methods
     */
    void define(String statements);

    /**
     * Defines a message type.
     *
     * @throws BrokerException 2714 when one of that name has another validation, 9663 for a system name
     */
    void define(MessageTypeDefinition messageType);

    /**
     * Defines a contract.
     *
     * @throws BrokerException 2714 when one of that name has other message types, 8428 for an unknown message type, 8492
     *     when the initiator may send nothing, 8403 for a type that stands twice, 9663 for a system name
     */
    void define(ContractDefinition contract);

    /**
     * Defines a queue; the status of an existing queue stays as it is.
     *
     * @throws BrokerException 9663 for a system name
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
     * Turns a queue on or off.
     *
     * @throws BrokerException 208 for an unknown queue
     */
    void setQueueStatus(String queue, boolean on);

    /**
     * Drops a service that has no conversations.
     *
     * @throws BrokerException 15151 when it doesn't exist, 3729 when it has conversations
     */
    void dropService(String name);

    /**
     * Drops a queue that no service uses.
     *
     * @throws BrokerException 15151 when it doesn't exist, 3729 when a service uses it
     */
    void dropQueue(String name);

    /**
     * Drops a contract that nothing uses.
     *
     * @throws BrokerException 15151 when it doesn't exist, 3729 when a service or a conversation uses it
     */
    void dropContract(String name);

    /**
     * Drops a message type that no contract uses.
     *
     * @throws BrokerException 15151 when it doesn't exist, 3729 when a contract uses it
     */
    void dropMessageType(String name);

    /** Message types, system types included, by name. */
    List<MessageTypeDefinition> messageTypes();

    /** Contracts, by name. */
    List<ContractDefinition> contracts();

    /** Queues, by name. */
    List<QueueDefinition> queues();

    /** Services, by name. */
    List<ServiceDefinition> services();

    /** The queue of that name. */
    default Optional<QueueDefinition> queue(String name) {
        return queues().stream().filter(queue -> queue.name().equals(name)).findFirst();
    }
}
