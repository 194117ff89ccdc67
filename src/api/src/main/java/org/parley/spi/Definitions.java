package org.parley.spi;

import org.parley.BrokerException;

/** Definition statements that have been read. */
@FunctionalInterface
public interface Definitions {

    /**
     * Gives the statements to the session's catalog, one after the other. CREATE of what exists is the catalog's to judge, which
     * passes over what exists as given.
     *
     * @throws BrokerException the error of the first statement that fails, with line and column before its text. What the
     *     statements before it have done is whoever's who has given the catalog
     */
    void apply(DefinitionSession session);
}
