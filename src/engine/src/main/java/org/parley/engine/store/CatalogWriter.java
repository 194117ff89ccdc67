package org.parley.engine.store;

/** Definitions, written inside a {@link StoreTransaction}. Ids are given by the caller and never used again. */
public interface CatalogWriter {

    /** Writes a definition with an id that none has had. */
    void insert(CatalogRows.Row row);

    /** Writes a definition in place of the one with its kind and id. */
    void update(CatalogRows.Row row);

    /** Removes the definition of that kind and id. */
    void delete(CatalogRows.Row row);

    /** All definitions of the transaction have been written: makes and drops what depends on them, such as queues' views. */
    default void finish() {}

    /** Principals and permissions, in the same transaction. */
    SecurityWriter security();
}
