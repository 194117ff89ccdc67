package org.parley.tests.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manual's page "Servers" says of each server what a test of this module shows of it, and nothing else. */
class ServersPageTest {

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("parley.manual"), "servers.md"));
    }

    @Test
    void tableIsWhatTheTestsShow() throws IOException {
        assertThat(page()).contains("\n" + FeatureTable.ofTests().markdown());
    }

    @ParameterizedTest
    @EnumSource
    void versionIsTheOneThatIsTested(Server server) throws IOException {
        assertThat(page().lines())
                .filteredOn(line -> line.startsWith("| " + server.title() + " |"))
                .singleElement()
                .matches(line -> line.contains("| " + server.version() + " |"), "version " + server.version());
    }
}
