package org.parley.engine.queue;

import java.util.UUID;
import org.parley.engine.store.EndpointRow;

/**
 * What conversations between the same two services have in common, seen from one of them: hundreds of thousands of endpoints
 * share one object.
 *
 * @param contract id of the contract
 * @param farService service of the other side
 * @param farBroker broker instance that BEGIN DIALOG named, or that began the dialog; null for any
 * @param encrypted whether the dialog was begun with ENCRYPTION = ON
 * @param priority 1 to 10
 */
record Terms(int contract, String farService, UUID farBroker, boolean encrypted, int priority) {

    static Terms of(EndpointRow row) {
        return new Terms(row.contract(), row.farService(), row.farBroker(), row.encrypted(), row.priority());
    }
}
