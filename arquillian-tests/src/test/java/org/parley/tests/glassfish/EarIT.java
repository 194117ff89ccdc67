package org.parley.tests.glassfish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.EarSuite;
import org.parley.tests.server.ServerProcess;

/** On GlassFish. */
class EarIT extends EarSuite {

    private GlassFishServer server;

    @Override
    protected ServerProcess start(String name, int port) {
        if (server != null) {
            return server.start(name);
        }
        server = new GlassFishServer("glassfish", port);
        ServerProcess process = server.start(name);
        GlassFishServer.awaitStart(process);
        server.runBlock("ear");
        return process;
    }

    /** The server's own is on its class path, in another version. */
    @Test
    @Order(6)
    @Shows(Feature.OWN_DERBY)
    void derbyIsTheAdaptersOwn() throws IOException {
        assertThat(GlassFishServer.ownDerby()).startsWith("10.15.");
        List<String> booted = Files.readAllLines(server.file("parley-home/derby.log"));
        assertThat(booted)
                .filteredOn(line -> line.startsWith("Booting Derby"))
                .isNotEmpty()
                .allMatch(line -> line.contains(" 10.16."));
        assertThat(booted)
                .filteredOn(line -> line.startsWith("on database directory"))
                .isNotEmpty()
                .allMatch(line -> line.contains("org.parley.ra.host.EngineLoader"));
    }
}
