package org.parley.tests.server;

import java.nio.file.Path;
import java.util.List;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.ladder.LadderArchives;

/** The ladder in a domain, beside the adapter. */
@Shows(Feature.APART)
public abstract class AsadminLadderSuite extends EntityLadderSuite {

    private final AsadminServer.Product product;
    private AsadminServer server;

    protected AsadminLadderSuite(AsadminServer.Product product) {
        this.product = product;
    }

    @Override
    protected final ServerProcess start(int port) {
        server = new AsadminServer(product, "ladder", port);
        ServerProcess process = server.startApart("start", "another home");
        server.asadmin(List.of(
                "deploy",
                LadderArchives.application(Places.emptied("ladder-archives")).toString()));
        return process;
    }

    @Override
    protected final List<Path> databases() {
        return List.of(server.file("dialogs/parley"), server.file("dialogs/sales"));
    }
}
