package org.parley.tests.payara;

import java.nio.file.Path;
import java.util.List;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.ladder.LadderArchives;
import org.parley.tests.server.EntityLadderSuite;
import org.parley.tests.server.Places;
import org.parley.tests.server.ServerProcess;

/** On Payara Micro, beside the adapter. */
@Shows(Feature.APART)
class LadderIT extends EntityLadderSuite {

    private final PayaraMicro server = new PayaraMicro("ladder-payara");
    private final Path application = LadderArchives.application(Places.emptied("ladder-payara/archives"));

    @Override
    protected ServerProcess start(int port) {
        return server.start("start", port, application);
    }

    @Override
    protected List<Path> databases() {
        return List.of(server.file("home/parley"));
    }
}
