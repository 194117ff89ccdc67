package org.parley.tests.glassfish;

import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.AsadminRedeploySuite;
import org.parley.tests.server.AsadminServer;

/** On GlassFish, which keeps one engine: in a thread-local of its pool, behind the last invocation of a bean. */
@Shows(value = Feature.REDEPLOYMENT, as = "tested; [the last engine stays](glassfish.md#undeploy) in memory")
class RedeployIT extends AsadminRedeploySuite {

    RedeployIT() {
        super(AsadminServer.Product.GLASSFISH);
    }

    @Override
    protected int enginesKept() {
        return 1;
    }
}
