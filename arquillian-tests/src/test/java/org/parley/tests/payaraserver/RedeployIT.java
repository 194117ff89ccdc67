package org.parley.tests.payaraserver;

import org.parley.tests.server.AsadminRedeploySuite;
import org.parley.tests.server.AsadminServer;

/** On Payara Server. */
class RedeployIT extends AsadminRedeploySuite {

    RedeployIT() {
        super(AsadminServer.Product.PAYARA_SERVER);
    }
}
