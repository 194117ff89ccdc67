package org.parley;

import java.util.Map;

/**
 * A contract; service-broker.md, section 1.4.
 *
 * @param name 1 to 128 characters, compared byte by byte
 * @param sentBy which side may send each message type, by the type's name; at least one for the initiator
 */
public record ContractDefinition(String name, Map<String, SentBy> sentBy) {

    /** Keeps an unmodifiable copy. */
    public ContractDefinition {
        sentBy = Map.copyOf(sentBy);
    }

    /** The side or sides that may send a message type. */
    public enum SentBy {
        /** Only the side that began the dialog. */
        INITIATOR,
        /** Only the other side. */
        TARGET,
        /** Both sides. */
        ANY
    }
}
