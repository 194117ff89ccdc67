package org.parley.engine.catalog;

/**
 * What conversations still need of the catalog, asked before a drop; uncommitted conversations count. It is asked under
 * the catalog's lock and must not wait for a definition.
 *
 * @see DatabaseCatalog#stays how a conversation that begins and a drop find each other
 */
public interface InUse {

    /** Whether a service has conversation endpoints. */
    boolean service(int id);

    /** Whether a conversation endpoint uses the contract. */
    boolean contract(int id);
}
