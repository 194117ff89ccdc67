package org.parley.tests.server;

import java.nio.file.Path;

/** The EAR in a domain, deployed by the commands of the manual. */
public abstract class AsadminEarSuite extends EarSuite {

    private final AsadminServer.Product product;
    private AsadminServer server;

    protected AsadminEarSuite(AsadminServer.Product product) {
        this.product = product;
    }

    /** A file of the domain. */
    protected final Path file(String name) {
        return server.file(name);
    }

    @Override
    protected final ServerProcess start(String name, int port) {
        if (server != null) {
            return server.start(name);
        }
        server = new AsadminServer(product, "ear", port);
        ServerProcess process = server.start(name);
        AsadminServer.awaitStart(process);
        server.runBlock("ear");
        return process;
    }
}
