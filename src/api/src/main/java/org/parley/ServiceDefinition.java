package org.parley;

import java.util.Set;

/**
 * A service; service-broker.md, section 1.6.
 *
 * @param name 1 to 128 characters, compared byte by byte
 * @param queue queue of the same database
 * @param contracts contracts on which it accepts dialogs as a target; none: it can only begin them
 */
public record ServiceDefinition(String name, String queue, Set<String> contracts) {

    /** Keeps an unmodifiable copy. */
    public ServiceDefinition {
        contracts = Set.copyOf(contracts);
    }
}
