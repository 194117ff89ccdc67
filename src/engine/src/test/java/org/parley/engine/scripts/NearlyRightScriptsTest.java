package org.parley.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parley.BrokerException;
import org.parley.LocalConnection;
import org.parley.ScriptException;
import org.parley.ScriptOutput;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;

/** Whatever a script says, it gets rows, messages and errors, it can be stopped, and the server goes on. */
class NearlyRightScriptsTest {

    private static final int RUNS = Integer.getInteger("fuzz.runs", 100);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

    /** Scripts that one server runs. */
    private static final int SERVED = 50;

    /** After so long an endless script is interrupted; then it has this time again. */
    private static final long MOST_MILLIS = 5_000;

    private static final long CLOCK_MILLIS = 5;
    private static final String DATABASE = "Example";

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(1)));

    static IntStream servers() {
        return IntStream.range(0, Math.max(1, RUNS / SERVED));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void endInErrorsAtMost(int server) throws IOException, InterruptedException {
        MutatedScripts scripts = new MutatedScripts();
        for (int i = 0; i < SERVED; i++) {
            long seed = SEED + (long) server * SERVED + i;
            String script = scripts.next(new Random(seed));
            String described = "-Dfuzz.seed=" + seed + " -Dfuzz.runs=1: " + script;
            Throwable failure = run(script, described);
            assertThat(failure).as(described).isNull();
        }
        everyDatabaseAnswers();
        home.restart();
        everyDatabaseAnswers();
        aMessageArrives();
    }

    private Throwable run(String script, String described) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread running = new Thread(() -> execute(script), "script");
        running.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        running.start();
        long start = System.nanoTime();
        boolean stopped = false;
        while (running.isAlive()) {
            long millis = (System.nanoTime() - start) / 1_000_000;
            if (millis > MOST_MILLIS && !stopped) {
                running.interrupt();
                stopped = true;
            }
            assertThat(millis)
                    .as(
                            "milliseconds of a script that has been stopped, at %s: %s",
                            List.of(running.getStackTrace()), described)
                    .isLessThan(12 * MOST_MILLIS);
            running.join(CLOCK_MILLIS);
            home.clock().advance(Duration.ofSeconds(1));
        }
        return failure.get();
    }

    private void execute(String script) {
        home.parley().server().ensureDatabase(DATABASE);
        try (LocalConnection connection = home.parley().connect(DATABASE)) {
            check(connection.execute(script).outputs());
        } catch (ScriptException e) {
            check(e.result().outputs());
        } catch (BrokerException e) {
            // as of a database that the script has dropped
            assertThat(e.number()).isPositive();
        }
    }

    /** No error tells of statements that the store can't read, or of what has failed inside it. */
    private static void check(List<ScriptOutput> outputs) {
        for (ScriptOutput output : outputs) {
            if (output instanceof ScriptOutput.Said said) {
                assertThat(said.message().text())
                        .doesNotContain("(42X01)", "(XJ001)", "(38000)", "Exception", "The store refuses it");
            }
        }
    }

    private void everyDatabaseAnswers() {
        List<String> databases;
        try (LocalConnection connection = home.connect()) {
            databases = names(connection, "SELECT name FROM sys.databases");
        }
        assertThat(databases).contains(ExpenseHome.DATABASE);
        for (String database : databases) {
            try (LocalConnection connection = home.parley().connect(database)) {
                for (String queue : names(connection, "SELECT name FROM sys.service_queues WHERE is_ms_shipped = 0")) {
                    names(connection, "SELECT conversation_handle FROM [" + queue.replace("]", "]]") + "]");
                }
                names(connection, "SELECT conversation_handle FROM sys.conversation_endpoints");
                names(connection, "SELECT conversation_handle FROM sys.transmission_queue");
            }
        }
    }

    private static List<String> names(LocalConnection connection, String query) {
        return connection.execute(query).rows().get(0).rows().stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    private void aMessageArrives() {
        try (LocalConnection connection = home.connect()) {
            Expenses.submit(connection, "<expense/>");
            eventually()
                    .becomes(
                            "messages",
                            () -> names(connection, "SELECT COUNT(*) FROM ExpenseQueue"),
                            List.of("1")::equals);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
