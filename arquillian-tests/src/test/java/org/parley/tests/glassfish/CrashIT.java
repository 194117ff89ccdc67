package org.parley.tests.glassfish;

import org.parley.tests.crash.AsadminCrashSuite;
import org.parley.tests.server.AsadminServer;

/** On GlassFish. */
class CrashIT extends AsadminCrashSuite {

    CrashIT() {
        super(AsadminServer.Product.GLASSFISH);
    }
}
