package org.parley.engine.catalog;

import java.util.Map;
import org.parley.ContractDefinition.SentBy;
import org.parley.engine.store.CatalogRows;

/**
 * A contract; service-broker.md, section 1.4. It never changes, so conversations may keep its id.
 *
 * @param id its id
 * @param name its name
 * @param sentBy who may send which message type, by the type's id; Error, EndDialog and DialogTimer are never listed
 */
public record Contract(int id, String name, Map<Integer, SentBy> sentBy) {

    /** Id of the contract on which events are told. */
    public static final int EVENT_NOTIFICATION = 2;

    /** Id of the contract DEFAULT. */
    public static final int DEFAULT = 6;

    /** Keeps an unmodifiable copy. */
    public Contract {
        sentBy = Map.copyOf(sentBy);
    }

    CatalogRows.Row row() {
        return new CatalogRows.ContractRow(id, name, sentBy);
    }

    /** Whether the message type is part of this contract. */
    public boolean has(int typeId) {
        return sentBy.containsKey(typeId);
    }

    /** Whether that side may send the message type; false for a type that isn't part of this contract. */
    public boolean maySend(int typeId, boolean initiator) {
        SentBy side = sentBy.get(typeId);
        return side == SentBy.ANY || side == (initiator ? SentBy.INITIATOR : SentBy.TARGET);
    }
}
