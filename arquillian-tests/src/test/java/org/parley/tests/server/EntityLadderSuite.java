package org.parley.tests.server;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;

/** The ladder with the rung of entities, for servers that have Jakarta Persistence on the data source. */
public abstract class EntityLadderSuite extends LadderSuite {

    @Test
    @Order(3)
    @Shows(Feature.ENTITIES)
    void entityAndMessageShareTheirFate() {
        climb("accounts", "entityAndMessageShareTheirFate");
    }
}
