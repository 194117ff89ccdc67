package org.parley.tests.glassfish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.AsadminEarSuite;
import org.parley.tests.server.AsadminServer;

/** On GlassFish. */
class EarIT extends AsadminEarSuite {

    EarIT() {
        super(AsadminServer.Product.GLASSFISH);
    }

    /** The server's own is on its class path, in another version. */
    @Test
    @Order(6)
    @Shows(Feature.OWN_DERBY)
    void derbyIsTheAdaptersOwn() throws IOException {
        assertThat(ownDerby()).startsWith("10.15.");
        List<String> booted = Files.readAllLines(file("parley-home/derby.log"));
        assertThat(booted)
                .filteredOn(line -> line.startsWith("Booting Derby"))
                .isNotEmpty()
                .allMatch(line -> line.contains(" 10.16."));
        assertThat(booted)
                .filteredOn(line -> line.startsWith("on database directory"))
                .isNotEmpty()
                .allMatch(line -> line.contains("org.parley.ra.host.EngineLoader"));
    }

    /** Version of the Derby that the server brings along. */
    private static String ownDerby() throws IOException {
        Path home = AsadminServer.Product.GLASSFISH.home();
        try (JarFile derby = new JarFile(home.resolve("javadb/lib/derby.jar").toFile())) {
            return derby.getManifest().getMainAttributes().getValue("Bundle-Version");
        }
    }
}
