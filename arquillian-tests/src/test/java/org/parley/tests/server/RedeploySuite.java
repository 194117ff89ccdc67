package org.parley.tests.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.parley.tests.Until;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;

/** The EAR with adapter and example is taken away from a running server and comes back, first at rest and then at work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class RedeploySuite {

    private static final Duration LONGEST = Duration.ofSeconds(120);
    /** Ten seconds of it are the adapter's, for all beans together. */
    private static final Duration LONGEST_UNDEPLOYMENT = Duration.ofSeconds(30);

    private static final int REDEPLOYMENTS = 5;
    /** More than can be answered until the server begins to undeploy. */
    private static final int DIALOGS = 40;

    private final int port = FreePort.find();
    private final URI base = URI.create("http://127.0.0.1:" + port + "/expenses/");
    private final ExpenseSite site = new ExpenseSite(base);
    private ServerProcess process;
    private Remains remains;

    /** Starts a server on a port, without an application. */
    protected abstract ServerProcess start(int port);

    /** Parley's home. */
    protected abstract Path home();

    /** Gives it {@code parley-example.ear}. */
    protected abstract void deploy();

    /** Takes it away. */
    protected abstract void undeploy();

    /** What is to be done before beans at work are undeployed. On most servers that is nothing. */
    protected void beforeUndeployment(ActivationBeans activations) {}

    /** How many engines the server itself keeps in memory, whatever the number of undeployments. On most servers that is none. */
    protected int enginesKept() {
        return 0;
    }

    @BeforeAll
    void start() {
        process = start(port);
        remains = new Remains(process, home());
    }

    @AfterAll
    void end() {
        if (process != null) {
            process.close();
        }
    }

    @Test
    @Order(1)
    @Shows(Feature.REDEPLOYMENT)
    void fiveRedeploymentsLeaveNothingBehind() {
        for (int round = 1; round <= REDEPLOYMENTS; round++) {
            deployed();
            new ExpenseScenario(base).dialogIsSettled();
            undeployed("after round " + round);
        }
        remains.unloadEngines(enginesKept());
    }

    @Test
    @Order(2)
    @Shows(Feature.UNDEPLOYMENT)
    void undeploymentAtWorkIsBoundedAndLosesNothing() {
        deployed();
        int before = site.book().getInt("bookings");
        List<ExpenseSite.Receipt> receipts = new ArrayList<>();
        try (ActivationBeans activations = process.activations()) {
            activations.pause();
            for (int i = 0; i < DIALOGS; i++) {
                receipts.add(site.submit("Gail Erickson", "1", "2", "3"));
            }
            activations.resume();
            beforeUndeployment(activations);
        }
        long start = System.nanoTime();
        undeployed("after the undeployment at work");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST_UNDEPLOYMENT);

        deployed();
        site.settles();
        receipts.forEach(receipt -> site.ends(receipt.conversation()));
        assertThat(site.book().getInt("bookings")).isEqualTo(before + 3 * DIALOGS);
        assertThat(site.book().getBoolean("agree")).isTrue();
    }

    private void deployed() {
        deploy();
        process.serves(site.page());
    }

    private void undeployed(String when) {
        undeploy();
        String after = when + "; see " + process.log();
        Until.holds("undeployed " + after, LONGEST, () -> !isServed());
        remains.end(after);
    }

    private boolean isServed() {
        try {
            return site.page().get("").statusCode() != 404;
        } catch (UncheckedIOException e) {
            throw new AssertionError("The server has ended; see " + process.log(), e);
        }
    }
}
