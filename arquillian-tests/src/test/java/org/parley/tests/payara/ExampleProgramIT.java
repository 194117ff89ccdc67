package org.parley.tests.payara;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
import org.parley.tests.server.ExpenseScenario;
import org.parley.tests.server.ExpenseSite;
import org.parley.tests.server.ExpenseSite.Receipt;
import org.parley.tests.server.FreePort;
import org.parley.tests.server.Places;
import org.parley.tests.server.ServerProcess;

/** The executable {@code parley-example-micro.jar}: end to end, idle, and killed in the middle of its work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExampleProgramIT {

    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final Duration OUR_IDLE_LIMIT = Duration.ofMillis(10);
    private static final Duration SERVERS_IDLE_LIMIT = Duration.ofMillis(1500);
    private static final int SUBMISSIONS = 100;
    /** So many that no test's thread is late to kill before the last. */
    private static final int MOST_SUBMISSIONS = 300;

    private static final int SUBMITTERS = 4;
    private static final String[] AMOUNTS = {"100", "700", "25.50"};

    private Path work;
    private ServerProcess process;
    private URI base;

    @BeforeAll
    void start() {
        work = Places.emptied("example-program");
        startProgram();
    }

    @AfterAll
    void stop() {
        if (process != null) {
            process.close();
        }
    }

    private void startProgram() {
        int port = FreePort.find();
        base = URI.create("http://127.0.0.1:" + port + "/");
        process = ServerProcess.start(
                work,
                List.of(
                        "-Dparley.home=home",
                        "-jar",
                        System.getProperty("parley.micro"),
                        "--port",
                        Integer.toString(port)));
        ExpenseSite site = site();
        Until.holds("the page is served; see " + process.log(), LONGEST_START, () -> isServed(site));
    }

    private boolean isServed(ExpenseSite site) {
        if (!process.isAlive()) {
            throw new AssertionError("The program has ended; see " + process.log());
        }
        try {
            return site.page().get("api/book").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private ExpenseSite site() {
        return new ExpenseSite(base);
    }

    @Test
    @Order(1)
    @Shows(Feature.PROGRAM)
    void formIsAnswered() {
        new ExpenseScenario(base).formIsAnswered();
    }

    @Test
    @Order(2)
    @Shows(Feature.PROGRAM)
    void dialogIsSettled() {
        new ExpenseScenario(base).dialogIsSettled();
    }

    /** Else the log would be in the server's temporary root, and a crash between two phases couldn't be recovered. */
    @Test
    @Order(3)
    void logOfTransactionsIsInTheHomeAlsoWhenThatIsRelative() {
        assertThat(work.resolve("home/transactions/server/tx")).isDirectory();
    }

    @Test
    @Order(4)
    void idleServerDoesNotPoll() throws Exception {
        Duration before = process.cpuTime();
        Duration ours = threadTime();
        process.stands(IDLE);
        Duration oursAfter = threadTime().minus(ours);
        Duration used = process.cpuTime().minus(before);
        System.out.printf(
                "Idle for %d s on Payara Micro: Parley's and Derby's threads %d ms of CPU, the whole server %d ms%n",
                IDLE.toSeconds(), oursAfter.toMillis(), used.toMillis());
        assertThat(oursAfter).isLessThan(OUR_IDLE_LIMIT);
        assertThat(used).isLessThan(SERVERS_IDLE_LIMIT);
    }

    /** CPU time of the threads that belong to us, as the JVM tells it of each. */
    private Duration threadTime() {
        double millis = process.diagnose("Thread.print").stream()
                .filter(line -> line.startsWith("\"parley") || line.startsWith("\"derby"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* cpu=([0-9.]+)ms .*", "$1")))
                .sum();
        return Duration.ofNanos((long) (millis * 1e6));
    }

    @Test
    @Order(5)
    @Shows(Feature.PAUSE)
    void activationsArePausedAndResumed() throws Exception {
        new ExpenseScenario(base).activationsArePausedAndResumed(process);
    }

    @Test
    @Order(6)
    @Shows(Feature.RESTART)
    void killedInTheMiddleNothingIsLostAndNothingIsDoneTwice() throws Exception {
        Queue<Receipt> accepted = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();
        submitUntilKilled(accepted, next);
        assertThat(accepted.size()).isBetween(SUBMISSIONS / 2, MOST_SUBMISSIONS - 1);

        startProgram();
        ExpenseSite site = site();
        while (next.get() < SUBMISSIONS) {
            accepted.add(site.submit("Employee " + next.getAndIncrement(), AMOUNTS));
        }
        site.settles();

        for (Receipt receipt : accepted) {
            assertSettled(site, receipt.conversation());
        }
        Set<String> known = new HashSet<>();
        site.expenses().stream()
                .filter(expense -> expense.getString("employee").startsWith("Employee "))
                .forEach(expense -> known.add(expense.getString("conversation")));
        assertThat(known)
                .containsAll(accepted.stream().map(Receipt::conversation).toList());
        assertThat(known.size())
                .as("dialogs, submissions that were cut off included")
                .isLessThanOrEqualTo(next.get());
        for (String conversation : known) {
            assertSettled(site, conversation);
        }
        assertThat(site.book().getBoolean("agree")).as(site.book().toString()).isTrue();
    }

    private void submitUntilKilled(Queue<Receipt> accepted, AtomicInteger next) throws Exception {
        ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTERS);
        try {
            List<Future<?>> submitting = new ArrayList<>();
            IntStream.range(0, SUBMITTERS)
                    .forEach(i -> submitting.add(submitters.submit(() -> submit(accepted, next))));
            Until.holds("half is accepted", LONGEST, () -> accepted.size() >= SUBMISSIONS / 2);
            process.kill();
            for (Future<?> each : submitting) {
                each.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            submitters.shutdownNow();
            process.close();
        }
    }

    /** Submits until all is submitted or nobody answers any more. */
    private void submit(Queue<Receipt> accepted, AtomicInteger next) {
        ExpenseSite site = site();
        for (int number = next.getAndIncrement(); number < MOST_SUBMISSIONS; number = next.getAndIncrement()) {
            HttpResponse<String> response;
            try {
                response = site.post(ExpenseSite.form("Employee " + number, AMOUNTS));
            } catch (UncheckedIOException killed) {
                return;
            }
            accepted.add(ExpenseSite.receipt(response));
        }
    }

    private static void assertSettled(ExpenseSite site, String conversation) {
        site.ends(conversation);
        JsonObject dialog = site.dialog(conversation);
        assertThat(ExpenseSite.texts(dialog, "expenses", "answer")).containsExactly("APPROVED", "DENIED", "APPROVED");
        assertThat(ExpenseSite.texts(dialog, "bookings", "line")).containsExactly("0", "2");
        assertThat(ExpenseScenario.received(dialog, "//Adventure-Works.com/ExpenseClient"))
                .extracting(message -> message.substring(0, message.indexOf(' ')))
                .containsExactly("0", "1", "2");
    }
}
