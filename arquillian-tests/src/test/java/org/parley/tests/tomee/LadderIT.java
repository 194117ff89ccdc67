package org.parley.tests.tomee;

import org.parley.tests.ladder.LadderArchives;
import org.parley.tests.server.LadderSuite;
import org.parley.tests.server.ServerProcess;

/** On TomEE Plus, with the adapter in the EAR. */
class LadderIT extends LadderSuite {

    private final TomeeServer server = new TomeeServer("ladder-tomee").withSecondResource();

    @Override
    protected ServerProcess start(int port) {
        LadderArchives.ear(server.file("apps"));
        return server.start("start", port);
    }
}
