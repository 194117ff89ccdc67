package org.parley.tests.server;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;

/** The ladder with the rung of container-managed sign-on, for servers that keep credentials themselves. */
public abstract class SignOnLadderSuite extends EntityLadderSuite {

    @Test
    @Order(3)
    @Shows(Feature.SIGN_ON)
    void containerSaysWhoAsks() {
        climb("signon", "containerSaysWhoAsks");
    }
}
