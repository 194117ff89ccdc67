package org.parley.tests.wildfly;

import java.nio.file.Path;
import java.util.List;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.ladder.LadderArchives;
import org.parley.tests.server.EntityLadderSuite;
import org.parley.tests.server.ServerProcess;

/** On WildFly, beside the adapter. */
@Shows(Feature.APART)
class LadderIT extends EntityLadderSuite {

    private final WildFlyServer server = new WildFlyServer("ladder-wildfly")
            .withAdapterAsInManual("another home")
            .withSecondResource()
            .administeredBy("identities");

    @Override
    protected ServerProcess start(int port) {
        LadderArchives.application(server.deployments());
        return server.start("start", port);
    }

    @Override
    protected List<Path> databases() {
        return List.of(server.file("data/dialogs/parley"), server.file("data/dialogs/sales"));
    }
}
