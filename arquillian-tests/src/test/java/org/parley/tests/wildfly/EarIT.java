package org.parley.tests.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.parley.tests.Until;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.EarSuite;
import org.parley.tests.server.ServerProcess;

/** On WildFly. */
class EarIT extends EarSuite {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final WildFlyServer server = new WildFlyServer("wildfly").with("parley-example.ear");

    @Override
    protected ServerProcess start(String name, int port) {
        return server.start(name, port);
    }

    /** Parley's own adapter is there because the validator finds nothing in it: it does look. */
    @Test
    @Order(6)
    @Shows(Feature.VALIDATION)
    void adapterWithAWarningIsRefused() {
        Path refused = server.deployments().resolve("doubtful.rar.failed");
        doubtful()
                .as(ZipExporter.class)
                .exportTo(server.deployments().resolve("doubtful.rar").toFile());
        Until.holds("the adapter is refused; see " + process().log(), LONGEST, () -> Files.exists(refused));
        assertThat(process().printed("ValidatorException")).isNotEmpty();
    }

    private static ResourceAdapterArchive doubtful() {
        return ShrinkWrap.create(ResourceAdapterArchive.class)
                .addAsLibrary(
                        ShrinkWrap.create(JavaArchive.class, "doubtful.jar").addClass(DoubtfulAdapter.class))
                .addAsManifestResource(new StringAsset("""
                                <connector xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.1">
                                  <vendor-name>Parley</vendor-name>
                                  <eis-type>Test</eis-type>
                                  <resourceadapter-version>1</resourceadapter-version>
                                  <resourceadapter>
                                    <resourceadapter-class>%s</resourceadapter-class>
                                    <config-property>
                                      <config-property-name>number</config-property-name>
                                      <config-property-type>java.lang.Integer</config-property-type>
                                      <config-property-value>1</config-property-value>
                                    </config-property>
                                  </resourceadapter>
                                </connector>
                                """.formatted(DoubtfulAdapter.class.getName())), "ra.xml");
    }
}
