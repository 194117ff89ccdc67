package org.parley.tests.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;

/** The EAR with adapter and example in a server of its own process, end to end through HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class EarSuite {

    /** More than can be answered until the server begins to stop. */
    private static final int DIALOGS_AT_STOP = 40;

    private final int port = FreePort.find();
    private final URI base = URI.create("http://127.0.0.1:" + port + "/expenses/");
    private final ExpenseScenario scenario = new ExpenseScenario(base);
    private final ExpenseSite site = new ExpenseSite(base);
    private ServerProcess process;
    private int starts;

    /**
     * Starts the server on a port with what an earlier start has left; before the first, {@code parley-example.ear} is new.
     * The name is that of a directory for what it prints.
     */
    protected abstract ServerProcess start(String name, int port);

    /** What runs now. */
    protected final ServerProcess process() {
        return process;
    }

    @BeforeAll
    void start() {
        process = start("start-" + ++starts, port);
        process.serves(site.page());
    }

    @AfterAll
    void end() {
        if (process != null) {
            process.close();
        }
    }

    @Test
    @Order(1)
    @Shows(Feature.EAR)
    void formIsAnswered() {
        scenario.formIsAnswered();
    }

    @Test
    @Order(2)
    @Shows(Feature.EAR)
    void dialogIsSettled() {
        scenario.dialogIsSettled();
    }

    @Test
    @Order(3)
    @Shows(Feature.EAR)
    void wrongInputChangesNothing() {
        scenario.wrongInputChangesNothing();
    }

    @Test
    @Order(4)
    @Shows(Feature.PAUSE)
    void activationsArePausedAndResumed() throws Exception {
        scenario.activationsArePausedAndResumed(process);
    }

    /** What is under way when the server is stopped is answered after its next start, once; no queue was turned off. */
    @Test
    @Order(5)
    @Shows(Feature.RESTART)
    void dialogsGoOnAfterARestart() {
        int before = site.book().getInt("bookings");
        List<ExpenseSite.Receipt> receipts = new ArrayList<>();
        try (ActivationBeans activations = process.activations()) {
            activations.pause();
            for (int i = 0; i < DIALOGS_AT_STOP; i++) {
                receipts.add(site.submit("Gail Erickson", "1", "2", "3"));
            }
            activations.resume();
        }
        process.stop();
        process.close();
        start();
        site.settles();
        for (ExpenseSite.Receipt receipt : receipts) {
            site.ends(receipt.conversation());
        }
        assertThat(site.book().getInt("bookings")).isEqualTo(before + 3 * DIALOGS_AT_STOP);
        assertThat(site.book().getBoolean("agree")).isTrue();
    }
}
