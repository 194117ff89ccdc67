package org.parley.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.parley.BrokerConnection;
import org.parley.ErrorNumbers;
import org.parley.Parley;
import org.parley.tests.Until;
import org.parley.tests.crash.app.Setup;
import org.parley.tests.crash.app.Stop;
import org.parley.tests.crash.app.Stuck;
import org.parley.tests.second.Gate;

/**
 * Kills, one a round, under load and with transactions that have stopped between their phases. After each, the next process
 * recovers: both resources agree, nothing is in doubt or locked, and each dialog that was begun is answered once, in order.
 */
final class CrashRounds implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(10);
    /** Ten seconds of it are the adapter's, for all beans together. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private static final int LONGEST_LOAD_MILLIS = 1000;

    private final CrashSuite suite;
    private final Random random;
    private final Load load = new Load();
    private final List<Recovery> recoveries = new ArrayList<>();
    private CrashServer server;

    /** What took how long after a kill: opening the database, the adapter until nothing was in doubt, the server's own start. */
    private record Recovery(Duration engine, Duration adapter, Duration server) {}

    /** Rounds on the servers of a suite. */
    CrashRounds(CrashSuite suite, long seed) {
        this.suite = suite;
        this.random = new Random(seed);
    }

    /**
     * Kills as often, and recovers as often; then the last server is stopped in order, at work. After the first kill a
     * server is started in vain, since this process holds the home. Prints the times.
     */
    void run(int kills) throws InterruptedException {
        try {
            kill(kills);
        } finally {
            report();
        }
        stopAtWork();
    }

    private void kill(int times) throws InterruptedException {
        start("first");
        for (int round = 1; round <= times; round++) {
            String text = "round " + round;
            killBetweenPhases(text);
            try (Parley parley = Parley.open(suite.home())) {
                isLocked(parley);
                if (round == 1) {
                    suite.saveDecisions();
                    startInVain();
                }
            }
            suite.operate();
            start("round-" + round);
            recovered(text);
        }
    }

    /** One of the beans works for longer than the adapter waits. */
    private void stopAtWork() throws InterruptedException {
        ExecutorService askers = load.on(server);
        try {
            server.text("?do=stick");
            Until.holds(
                    "a bean doesn't end; see " + server.process().log(),
                    LONGEST,
                    () -> !server.process().printed(Stuck.PRINTED).isEmpty());
            long before = System.nanoTime();
            server.process().stop();
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            System.out.printf("Stopped at work in %d ms%n", took.toMillis());
            assertThat(took).isLessThan(LONGEST_STOP);
            Load.ended(askers);
        } finally {
            askers.shutdownNow();
            server.close();
        }
        start("after-stop");
        settled();
    }

    private void report() {
        System.out.printf("Recovered after %d kills, median and slowest in ms%n", recoveries.size());
        report("the engine", Recovery::engine);
        report("from the adapter's start until nothing was in doubt", Recovery::adapter);
        report("the server's own start", Recovery::server);
    }

    private void report(String what, Function<Recovery, Duration> part) {
        long[] sorted = recoveries.stream()
                .map(part)
                .mapToLong(Duration::toMillis)
                .sorted()
                .toArray();
        if (sorted.length > 0) {
            System.out.printf("  %s: %d, %d%n", what, sorted[sorted.length / 2], sorted[sorted.length - 1]);
        }
    }

    private void start(String name) {
        server = suite.started(name);
        server.serves();
    }

    /** It names who holds the home, serves nothing, and leaves to the next server what is in doubt. */
    private void startInVain() {
        server = suite.started("in-vain");
        try {
            server.ownStart();
            String holder = "is in use by process " + ProcessHandle.current().pid();
            Until.holds(
                    "it names who holds the home; see " + server.process().log(),
                    LONGEST,
                    () -> server.process().printed("Msg " + ErrorNumbers.HOME_IN_USE).stream()
                            .anyMatch(line -> line.contains(holder)));
            suite.overInVain(server.process());
            assertThat(server.does("?do=state")).isFalse();
            server.process().stop();
        } finally {
            server.close();
        }
    }

    private void killBetweenPhases(String text) throws InterruptedException {
        ExecutorService stopped = Executors.newCachedThreadPool();
        ExecutorService askers = load.on(server);
        try {
            for (Stop stop : Stop.values()) {
                server.text("?do=hold&with=" + stop + "&text=" + text.replace(' ', '+'));
                stopped.execute(() -> stop(stop));
            }
            Until.holds(
                    "all have stopped; see " + server.process().log(),
                    LONGEST,
                    () -> server.process().printed(Gate.STOPPED).size() == Stop.values().length);
            server.process().stands(Duration.ofMillis(random.nextInt(LONGEST_LOAD_MILLIS)));
            server.process().kill();
            Load.ended(askers);
            Load.ended(stopped);
        } finally {
            askers.shutdownNow();
            stopped.shutdownNow();
            server.close();
        }
    }

    private void stop(Stop stop) {
        try {
            String answer = server.text("?do=stop&with=" + stop);
            throw new AssertionError(stop + " didn't stop: " + answer);
        } catch (UncheckedIOException killed) {
            // as it must be
        }
    }

    /** What was prepared is in doubt, and its groups, and only they, are locked: no transaction manager has come yet. */
    private static void isLocked(Parley parley) {
        try (BrokerConnection connection = parley.connect("parley")) {
            assertThat(parley.server().health().reasons()).anyMatch(reason -> reason.contains("transactions in doubt"));
            for (Stop stop : Stop.values()) {
                assertThat(connection
                                .getConversationGroup(stop.queue(), Duration.ZERO)
                                .isPresent())
                        .as("free in queue of %s", stop)
                        .isEqualTo(stop == Stop.SECOND_PREPARED);
            }
        }
    }

    private void recovered(String text) {
        Until.holds(
                () -> "nothing in doubt: " + server.text("?do=state") + "; see "
                        + server.process().log(),
                LONGEST,
                () -> server.text("?do=state").equals("in doubt 0 0"));
        Recovery recovery = new Recovery(server.engineRecovery(), server.adapterRunning(), server.ownStart());
        recoveries.add(recovery);
        assertThat(recovery.engine()).isLessThan(LONGEST_RECOVERY);
        agree(text);
        settled();
    }

    private void agree(String text) {
        List<String> noted = server.lines("?do=ledger&with=STOPPED");
        for (Stop stop : Stop.values()) {
            assertThat(server.text("?do=left&with=" + stop))
                    .as("left by %s in %s", stop, text)
                    .isEqualTo(stop.isDecided() ? "nothing" : text);
            assertThat(noted.contains(stop + " " + text))
                    .as("noted by %s in %s", stop, text)
                    .isEqualTo(stop.isDecided());
        }
    }

    private void settled() {
        Until.holds(() -> "every dialog is answered; see " + server.process().log(), LONGEST, () -> {
            List<String> lines = server.lines("?do=ledger&with=DONE");
            long asked = lines.stream().filter(line -> line.startsWith("asked")).count();
            return lines.size() == asked * (1 + 2 * Setup.MESSAGES);
        });
        Map<String, List<String>> dialogs = new TreeMap<>();
        for (String line : server.lines("?do=ledger&with=DONE")) {
            String[] words = line.split(" ", 2);
            String number = words[1].split(" ")[0];
            dialogs.computeIfAbsent(number, first -> new ArrayList<>()).add(line);
        }
        assertThat(dialogs.keySet()).containsAll(load.acknowledged());
        dialogs.forEach((number, lines) -> {
            for (String verb : List.of("handled", "answered")) {
                assertThat(lines.stream().filter(line -> line.startsWith(verb)))
                        .containsExactly(
                                verb + " " + number + " 0", verb + " " + number + " 1", verb + " " + number + " 2");
            }
            assertThat(lines).startsWith("asked " + number);
        });
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
