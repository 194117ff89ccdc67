package org.parley.tests.liberty;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.parley.tests.Until;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.ExpenseScenario;
import org.parley.tests.server.FreePort;
import org.parley.tests.server.Page;
import org.parley.tests.server.Remains;
import org.parley.tests.server.ServerProcess;

/** The EAR is taken away from a running Open Liberty and comes back. */
@Shows(Feature.REDEPLOYMENT)
class RedeployIT {

    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final int REDEPLOYMENTS = 5;
    private static final String EAR = "parley-example.ear";

    private final LibertyServer server = new LibertyServer("redeploy-liberty", "server.xml");
    private final int port = FreePort.find();
    private final URI base = URI.create("http://127.0.0.1:" + port + "/expenses/");

    @Test
    void fiveRedeploymentsLeaveNothingBehind() {
        server.with(EAR);
        try (ServerProcess process = server.start("start", port)) {
            Remains remains = new Remains(process, server.file("parley-home"));
            for (int round = 1; round <= REDEPLOYMENTS; round++) {
                serves();
                new ExpenseScenario(base).dialogIsSettled();
                server.without(EAR);
                String after = "after round " + round + "; see " + process.log();
                Until.holds("undeployed " + after, LONGEST, () -> isGone(process));
                remains.end(after);
                server.with(EAR);
            }
            serves();
            server.without(EAR);
            remains.unload(Remains.ENGINE);
        }
    }

    private void serves() {
        Until.holds("the page is served", LONGEST, () -> {
            try {
                return new Page(base).get("").statusCode() == 200;
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    private boolean isGone(ServerProcess process) {
        return !process.printed("CWWKZ0009I").isEmpty()
                && new Page(base).get("").statusCode() == 404;
    }
}
