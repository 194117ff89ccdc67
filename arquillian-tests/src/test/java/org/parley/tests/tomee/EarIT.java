package org.parley.tests.tomee;

import org.parley.tests.server.EarSuite;
import org.parley.tests.server.ServerProcess;

/** On TomEE Plus. */
class EarIT extends EarSuite {

    private final TomeeServer server = new TomeeServer("tomee").with("parley-example.ear");

    @Override
    protected ServerProcess start(String name, int port) {
        return server.start(name, port);
    }
}
