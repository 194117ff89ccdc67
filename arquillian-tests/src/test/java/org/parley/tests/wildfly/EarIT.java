package org.parley.tests.wildfly;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.parley.tests.server.ExpenseScenario;
import org.parley.tests.server.Places;

/**
 * The EAR with adapter and example on WildFly, end to end through HTTP. The server validates archives strictly: an
 * adapter with an error or a warning isn't deployed.
 */
@ExtendWith({FreshWildFly.class, ArquillianExtension.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EarIT {

    private final ExpenseScenario scenario =
            new ExpenseScenario(URI.create("http://127.0.0.1:" + FreshWildFly.httpPort() + "/expenses/"));

    @ArquillianResource
    private Deployer deployer;

    @Deployment(testable = false)
    static EnterpriseArchive application() {
        return ShrinkWrap.createFromZipFile(
                EnterpriseArchive.class, Places.archive("parley-example.ear").toFile());
    }

    @Deployment(name = "doubtful", managed = false, testable = false)
    static ResourceAdapterArchive doubtful() {
        return ShrinkWrap.create(ResourceAdapterArchive.class, "doubtful.rar")
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

    @Test
    @Order(1)
    void formIsAnswered() {
        scenario.formIsAnswered();
    }

    @Test
    @Order(2)
    void dialogIsSettled() {
        scenario.dialogIsSettled();
    }

    @Test
    @Order(3)
    void wrongInputChangesNothing() {
        scenario.wrongInputChangesNothing();
    }

    /** Parley's own adapter is there because the validator finds nothing in it: it does look. */
    @Test
    @Order(4)
    void adapterWithAWarningIsRefused() {
        assertThatThrownBy(() -> deployer.deploy("doubtful")).hasStackTraceContaining("ValidatorException");
    }
}
