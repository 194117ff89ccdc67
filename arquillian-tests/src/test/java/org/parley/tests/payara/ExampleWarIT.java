package org.parley.tests.payara;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.ExpenseScenario;
import org.parley.tests.server.MicroCommands;
import org.parley.tests.server.Places;

/** The expense example beside the adapter on Payara Micro, end to end through HTTP. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Shows(Feature.APART)
class ExampleWarIT {

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive application() {
        MicroCommands.write(Places.emptied("example-war-home"));
        return ShrinkWrap.createFromZipFile(
                WebArchive.class, Places.archive("parley-examples.war").toFile());
    }

    private ExpenseScenario scenario() throws URISyntaxException {
        return new ExpenseScenario(new URI(base.toString().replace("localhost", "127.0.0.1")));
    }

    @Test
    @Order(1)
    void formIsAnswered() throws Exception {
        scenario().formIsAnswered();
    }

    @Test
    @Order(2)
    void dialogIsSettled() throws Exception {
        scenario().dialogIsSettled();
    }

    @Test
    @Order(3)
    void wrongInputChangesNothing() throws Exception {
        scenario().wrongInputChangesNothing();
    }
}
