package org.parley.tests.payaraserver;

import org.parley.tests.server.AsadminEarSuite;
import org.parley.tests.server.AsadminServer;

/** On Payara Server. */
class EarIT extends AsadminEarSuite {

    EarIT() {
        super(AsadminServer.Product.PAYARA_SERVER);
    }
}
