package org.parley.engine.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition.Validation;

/**
 * The definitions of a database as they are stored. System objects are not stored.
 *
 * @param messageTypes user-defined message types
 * @param contracts user-defined contracts
 * @param queues queues
 * @param services services
 */
public record CatalogRows(
        List<MessageTypeRow> messageTypes,
        List<ContractRow> contracts,
        List<QueueRow> queues,
        List<ServiceRow> services) {

    /** First id of objects that users define; below it are the system's. */
    public static final int FIRST_USER_ID = 65536;

    /**
     * A message type.
     *
     * @param id its id
     * @param name its name
     * @param validation what a body must be
     */
    public record MessageTypeRow(int id, String name, Validation validation) {}

    /**
     * A contract.
     *
     * @param id its id
     * @param name its name
     * @param sentBy who sends which message type, by the type's id
     */
    public record ContractRow(int id, String name, Map<Integer, SentBy> sentBy) {}

    /**
     * A queue.
     *
     * @param id its id
     * @param name its name
     * @param on its status
     */
    public record QueueRow(int id, String name, boolean on) {}

    /**
     * A service.
     *
     * @param id its id
     * @param name its name
     * @param queue id of its queue
     * @param contracts ids of the contracts it accepts
     */
    public record ServiceRow(int id, String name, int queue, Set<Integer> contracts) {}
}
