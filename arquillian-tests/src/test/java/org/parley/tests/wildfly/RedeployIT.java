package org.parley.tests.wildfly;

import java.nio.file.Path;
import org.parley.tests.server.RedeploySuite;
import org.parley.tests.server.ServerProcess;

/** On WildFly, which watches its directory of applications. */
class RedeployIT extends RedeploySuite {

    private static final String EAR = "parley-example.ear";

    private final WildFlyServer server = new WildFlyServer("redeploy-wildfly");

    @Override
    protected ServerProcess start(int port) {
        return server.start("start", port);
    }

    @Override
    protected Path home() {
        return server.file("data/parley-home");
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
