package org.parley.tests.glassfish;

import org.parley.tests.server.AsadminLadderSuite;
import org.parley.tests.server.AsadminServer;

/** On GlassFish. */
class LadderIT extends AsadminLadderSuite {

    LadderIT() {
        super(AsadminServer.Product.GLASSFISH);
    }
}
