package org.parley.tests.server;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.parley.tests.Until;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;

/** In a domain, by the commands of the manual. */
public abstract class AsadminRedeploySuite extends RedeploySuite {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final AsadminServer.Product product;
    private AsadminServer server;
    private boolean known;

    protected AsadminRedeploySuite(AsadminServer.Product product) {
        this.product = product;
    }

    @Override
    protected final ServerProcess start(int port) {
        server = new AsadminServer(product, "redeploy", port);
        ServerProcess process = server.start("start");
        AsadminServer.awaitStart(process);
        return process;
    }

    @Override
    protected final Path home() {
        return server.file("parley-home");
    }

    @Override
    protected final void deploy() {
        server.runBlock(known ? "ear again" : "ear");
        known = true;
    }

    @Override
    protected final void undeploy() {
        server.runBlock("undeploy");
    }

    /** These servers take beans apart before they stop their adapter; what is delivered meanwhile would fail. */
    @Override
    protected final void beforeUndeployment(ActivationBeans activations) {
        activations.pause();
        Until.holds(
                () -> "nobody reads: " + activations.states(),
                LONGEST,
                () -> activations.states().values().stream().allMatch("PAUSED, 0"::equals));
    }

    @Override
    @Test
    @Order(2)
    @Shows(value = Feature.UNDEPLOYMENT, as = "tested, [paused first](glassfish.md#undeploy)")
    void undeploymentAtWorkIsBoundedAndLosesNothing() {
        super.undeploymentAtWorkIsBoundedAndLosesNothing();
    }
}
