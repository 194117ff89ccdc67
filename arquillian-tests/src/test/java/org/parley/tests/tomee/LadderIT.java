package org.parley.tests.tomee;

import java.nio.file.Path;
import java.util.List;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.ladder.LadderArchives;
import org.parley.tests.server.LadderSuite;
import org.parley.tests.server.ServerProcess;

/** On TomEE Plus, with the adapter in the EAR. */
@Shows(value = Feature.SIGN_ON, as = "tested; TomEE keeps [the users alone](tomee.md#identities)")
class LadderIT extends LadderSuite {

    private final TomeeServer server = new TomeeServer("ladder-tomee").withSecondResource();

    @Override
    protected ServerProcess start(int port) {
        LadderArchives.ear(server.file("apps"));
        return server.start("start", port);
    }

    @Override
    protected List<Path> databases() {
        return List.of(server.file("parley-home/parley"));
    }
}
