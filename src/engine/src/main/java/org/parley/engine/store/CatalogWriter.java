package org.parley.engine.store;

/** Definitions, written inside a {@link StoreTransaction}. Ids are given by the caller and never used again. */
public interface CatalogWriter {

    /** A new message type. */
    void insert(CatalogRows.MessageTypeRow row);

    /** A new contract with its message types. */
    void insert(CatalogRows.ContractRow row);

    /** A new queue. */
    void insert(CatalogRows.QueueRow row);

    /** A new service with the contracts it accepts. */
    void insert(CatalogRows.ServiceRow row);

    /** Turns a queue on or off. */
    void setQueueStatus(int queue, boolean on);

    /** Removes a message type. */
    void deleteMessageType(int id);

    /** Removes a contract. */
    void deleteContract(int id);

    /** Removes a queue. */
    void deleteQueue(int id);

    /** Removes a service. */
    void deleteService(int id);

    /** All definitions of the transaction have been written: makes and drops what depends on them, such as queues' views. */
    default void finish() {}

    /** Principals and permissions, in the same transaction. */
    SecurityWriter security();
}
