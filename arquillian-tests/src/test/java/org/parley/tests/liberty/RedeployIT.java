package org.parley.tests.liberty;

import java.nio.file.Path;
import org.parley.tests.server.RedeploySuite;
import org.parley.tests.server.ServerProcess;

/** On Open Liberty, which watches its directory of applications. */
class RedeployIT extends RedeploySuite {

    private static final String EAR = "parley-example.ear";

    private final LibertyServer server =
            new LibertyServer("redeploy-liberty", "server.xml").asInManual("another home in the ear");

    @Override
    protected ServerProcess start(int port) {
        return server.start("start", port);
    }

    @Override
    protected Path home() {
        return server.file("dialogs");
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
