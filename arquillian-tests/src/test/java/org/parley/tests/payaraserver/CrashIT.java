package org.parley.tests.payaraserver;

import org.parley.tests.crash.AsadminCrashSuite;
import org.parley.tests.server.AsadminServer;

/** On Payara Server. */
class CrashIT extends AsadminCrashSuite {

    CrashIT() {
        super(AsadminServer.Product.PAYARA_SERVER);
    }
}
