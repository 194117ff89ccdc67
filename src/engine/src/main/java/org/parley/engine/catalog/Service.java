package org.parley.engine.catalog;

import java.util.Set;
import org.parley.engine.store.CatalogRows;

/**
 * A service; service-broker.md, section 1.6.
 *
 * @param id its id
 * @param name its name
 * @param queue id of its queue
 * @param contracts ids of the contracts on which it accepts dialogs as a target; as an initiator it may use any
 */
public record Service(int id, String name, int queue, Set<Integer> contracts) {

    /** Id of the system's service that tells of events. */
    public static final int EVENT_NOTIFICATIONS = 2;

    /** Whether a service of that id belongs to the system. */
    public static boolean system(int id) {
        return id < CatalogRows.FIRST_USER_ID;
    }

    /** Keeps an unmodifiable copy. */
    public Service {
        contracts = Set.copyOf(contracts);
    }

    CatalogRows.Row row() {
        return new CatalogRows.ServiceRow(id, name, queue, contracts);
    }

    /** Whether it accepts dialogs on that contract as a target. */
    public boolean accepts(int contractId) {
        return contracts.contains(contractId);
    }
}
