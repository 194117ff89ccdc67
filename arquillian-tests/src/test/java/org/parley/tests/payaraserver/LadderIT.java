package org.parley.tests.payaraserver;

import org.parley.tests.server.AsadminLadderSuite;
import org.parley.tests.server.AsadminServer;

/** On Payara Server. */
class LadderIT extends AsadminLadderSuite {

    LadderIT() {
        super(AsadminServer.Product.PAYARA_SERVER);
    }
}
