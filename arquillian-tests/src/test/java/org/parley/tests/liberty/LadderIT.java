package org.parley.tests.liberty;

import java.nio.file.Path;
import java.util.List;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.ladder.LadderArchives;
import org.parley.tests.server.EntityLadderSuite;
import org.parley.tests.server.ServerProcess;

/** On Open Liberty, beside the adapter. */
@Shows(Feature.APART)
class LadderIT extends EntityLadderSuite {

    private final LibertyServer server = new LibertyServer("ladder-liberty", "server.xml apart")
            .with("parley.rar")
            .withSecondResource()
            .asInManual("another home")
            .asInManual("executor")
            .asInManual("identities");

    @Override
    protected ServerProcess start(int port) {
        LadderArchives.application(server.applications());
        server.application("ladder.war").configured("ladder", """
                <featureManager>
                  <feature>persistence-3.1</feature>
                </featureManager>
                """);
        return server.start("start", port);
    }

    @Override
    protected List<Path> databases() {
        return List.of(server.file("dialogs/parley"), server.file("dialogs/sales"));
    }
}
