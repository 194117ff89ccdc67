package org.parley.tests.tomee;

import java.nio.file.Path;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.RedeploySuite;
import org.parley.tests.server.ServerProcess;

/**
 * On TomEE, which watches its directory of applications. It keeps two pools of connections, with their engines: the first in its
 * JNDI, and the last in an MBean.
 */
@Shows(value = Feature.REDEPLOYMENT, as = "tested; [two engines stay](tomee.md#undeploy) in memory")
class RedeployIT extends RedeploySuite {

    private static final String EAR = "parley-example.ear";

    private final TomeeServer server = new TomeeServer("redeploy-tomee").watching();

    @Override
    protected ServerProcess start(int port) {
        return server.start("start", port);
    }

    @Override
    protected Path home() {
        return server.file("parley-home");
    }

    @Override
    protected int enginesKept() {
        return 2;
    }

    @Override
    protected void deploy() {
        server.with(EAR);
    }

    @Override
    protected void undeploy() {
        server.without(EAR);
    }
}
