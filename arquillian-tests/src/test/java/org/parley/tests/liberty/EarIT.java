package org.parley.tests.liberty;

import org.parley.tests.server.EarSuite;
import org.parley.tests.server.ServerProcess;

/** On Open Liberty. */
class EarIT extends EarSuite {

    private final LibertyServer server = new LibertyServer("liberty", "server.xml").with("parley-example.ear");

    @Override
    protected ServerProcess start(String name, int port) {
        return server.start(name, port);
    }
}
