package org.parley.engine.store;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a database holds when it is opened. Rows of prepared transactions are in it as they would be after their commit;
 * the manifests tell which they are.
 *
 * @param catalog definitions
 * @param endpoints endpoints and their messages
 * @param timers conversation timers: when each is due, in milliseconds of the epoch, by endpoint
 * @param retaining endpoints that have retained messages
 * @param transits of endpoints whose other side is in another database
 * @param suspensions suspended groups
 * @param manifests what the slots of manifests have; of branches in doubt, or left by others
 * @param lastConversation largest conversation number ever reserved, or 0
 * @param lastQueuingOrder largest queuing order among the messages, retained ones included, or 0
 * @param lastCatalogId largest id ever given to a definition, or {@link CatalogRows#FIRST_USER_ID} - 1
 */
public record StoredState(
        CatalogRows catalog,
        StoredEndpoints endpoints,
        Map<Long, Long> timers,
        Set<Long> retaining,
        List<TransitRow> transits,
        List<SuspensionRow> suspensions,
        List<ManifestRow> manifests,
        long lastConversation,
        long lastQueuingOrder,
        int lastCatalogId) {}
