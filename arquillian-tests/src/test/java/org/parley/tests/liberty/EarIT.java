package org.parley.tests.liberty;

import org.parley.tests.server.EarSuite;
import org.parley.tests.server.ServerProcess;

/** On Open Liberty. */
class EarIT extends EarSuite {

    private final LibertyServer server = new LibertyServer("liberty", "server.xml").with("parley-example.ear");
    private int starts;

    @Override
    protected ServerProcess start(int port) {
        return server.start("start-" + ++starts, port);
    }
}
