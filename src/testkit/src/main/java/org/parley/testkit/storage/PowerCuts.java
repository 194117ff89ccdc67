package org.parley.testkit.storage;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.spi.ServerConfig;
import org.parley.testkit.Eventually;
import org.parley.testkit.SettableClock;
import org.parley.testkit.storage.Ledger.Count;
import org.parley.testkit.storage.Traffic.Sender;

/**
 * Cuts the power of a server under load again and again, each time at another moment, opens it from what a disk keeps then,
 * and looks: what was acknowledged is there, nothing is there twice or in another order, and what got no answer is there as a
 * whole or not at all.
 *
 * <pre>{@code
 * java -cp ... org.parley.testkit.storage.PowerCuts --cuts 200 --seed 42 /tmp/home
 * }</pre>
 */
public final class PowerCuts {

    private static final int SENDERS = 3;
    private static final int ROUNDS_TO_CHECK = 3;
    private static final int ROUNDS_TO_DRAIN = 10;
    private static final long SECONDS_TO_CUT = 20;
    private static final long SECONDS_TO_END = 5;

    private final Path home;
    private final Random random;
    private final SettableClock clock = new SettableClock();
    private final Ledger ledger = new Ledger();
    private int block = 4096;
    private boolean stuck;
    private boolean logForced = true;
    private boolean syncsForgotten;
    private boolean opening;
    private int cuts;
    private Consumer<Report> progress = report -> {};
    private int cutsWhileOpening;
    private long slowestOpen;

    /**
     * Cuts in a home of their own, which must be empty.
     *
     * @param seed where the cuts fall and what survives them; the threads of the load are as free as ever
     */
    public PowerCuts(Path home, long seed) {
        this.home = home;
        this.random = new Random(seed);
    }

    /** With a disk that writes so many bytes as a whole or not at all. */
    public PowerCuts withBlocks(int bytes) {
        block = bytes;
        return this;
    }

    /** With cuts while the server recovers from the cut before, too; decision 0050 says what Derby makes of those. */
    public PowerCuts withCutsWhileOpening() {
        opening = true;
        return this;
    }

    /** With somebody who is told what was found, every ten cuts. */
    public PowerCuts withProgress(Consumer<Report> told) {
        progress = told;
        return this;
    }

    /** With a Derby that doesn't force its log; for proof that the loss is found. */
    public PowerCuts withLogUnforced() {
        logForced = false;
        return this;
    }

    /** With a disk that doesn't do what it says. */
    public PowerCuts withSyncsForgotten() {
        syncsForgotten = true;
        return this;
    }

    /**
     * What was found.
     *
     * @param cuts how often the power was cut
     * @param cutsWhileOpening how often while the server was being opened
     * @param acknowledged steps whose commit had returned
     * @param slowestOpenMillis longest time from a cut's survivors to a server with both databases open
     * @param violations what was lost, doubled or reordered
     */
    public record Report(
            int cuts, int cutsWhileOpening, long acknowledged, long slowestOpenMillis, List<String> violations) {

        /** Keeps an unmodifiable copy. */
        public Report {
            violations = List.copyOf(violations);
        }

        @Override
        public String toString() {
            return cuts + " power cuts (" + cutsWhileOpening + " while opening), " + acknowledged
                    + " acknowledged steps, slowest opening " + slowestOpenMillis + " ms, " + violations.size()
                    + " violations" + (violations.isEmpty() ? "" : ":\n  " + String.join("\n  ", violations));
        }
    }

    /**
     * Cuts so many times, or until something is found, or until a server of which the power was cut can't be left, since its
     * Derby doesn't come to an end.
     *
     * @throws Exception what keeps the server from working while the power is on
     */
    public Report run(int times) throws Exception {
        try (Parley parley = open()) {
            Traffic.define(parley);
        }
        for (int round = 1; round <= times && ledger.violations().isEmpty(); round++) {
            round();
            if (stuck) {
                // the home belongs to the dead server until this process ends
                return report();
            }
            if (round % ROUNDS_TO_CHECK == 0 || !ledger.violations().isEmpty()) {
                TableCheck.of(home.resolve(Traffic.NEAR)).forEach(ledger::violated);
                TableCheck.of(home.resolve(Traffic.FAR)).forEach(ledger::violated);
            }
            if (ledger.violations().isEmpty() && (round % ROUNDS_TO_DRAIN == 0 || round == times)) {
                settled(round == times);
                progress.accept(report());
            }
        }
        return report();
    }

    private Report report() {
        return new Report(cuts, cutsWhileOpening, ledger.acknowledgedSteps(), slowestOpen, ledger.violations());
    }

    private Parley open() {
        return Parley.open(ServerConfig.of(home).withClock(clock));
    }

    /** Opens, loads, and cuts. */
    private void round() throws Exception {
        SimulatedDisk disk = SimulatedDisk.mount(home, block);
        if (!logForced) {
            disk.leaveLogUnforced();
        }
        if (syncsForgotten) {
            disk.forgetSyncs();
        }
        CountDownLatch off = new CountDownLatch(1);
        if (opening && random.nextInt(5) == 0) {
            disk.cutAfter(1 + random.nextInt(40), off::countDown);
        }
        Parley parley = null;
        boolean opened = false;
        try {
            parley = open();
            look(parley);
            opened = true;
            disk.cutAfter(1 + random.nextInt(1500), off::countDown);
            load(parley, disk, off);
        } catch (BrokerException | SQLException e) {
            if (!disk.isOff()) {
                ledger.violated("The server doesn't open after a power cut: " + firstLine(e));
            }
        } finally {
            disk.cut();
            stuck = !closeDead(parley);
            disk.settle(random);
        }
        cuts++;
        cutsWhileOpening += opened ? 0 : 1;
    }

    /** Derby adds dumps of whole pages. */
    private static String firstLine(Exception e) {
        return e.toString().lines().findFirst().orElse("");
    }

    private void look(Parley parley) throws SQLException {
        long start = System.nanoTime();
        try (LocalConnection near = parley.connect(Traffic.NEAR);
                LocalConnection far = parley.connect(Traffic.FAR)) {
            slowestOpen = Math.max(slowestOpen, (System.nanoTime() - start) / 1_000_000);
            ledger.compare(Traffic.counts(near, far));
        }
    }

    /**
     * A server whose disk is gone can't close in order; what it holds of the machine it lets go of. Not where Derby itself
     * hangs, in a page whose owner has died: false then.
     */
    private static boolean closeDead(Parley parley) {
        if (parley == null) {
            return true;
        }
        try {
            parley.close();
            return true;
        } catch (BrokerException e) {
            System.getLogger(PowerCuts.class.getName()).log(System.Logger.Level.DEBUG, "After a power cut", e);
            return e.number() != ErrorNumbers.HOME_IN_USE;
        }
    }

    /** Something that threads do until the power is off. */
    @FunctionalInterface
    private interface Work {
        void once() throws Exception;
    }

    private void load(Parley parley, SimulatedDisk disk, CountDownLatch off) throws Exception {
        Traffic traffic = new Traffic(parley, ledger);
        List<List<Sender>> shares = new ArrayList<>();
        try (LocalConnection near = traffic.connect(Traffic.NEAR)) {
            for (int i = 0; i < SENDERS; i++) {
                shares.add(new ArrayList<>());
            }
            for (Sender each : traffic.open(near)) {
                shares.get(Math.floorMod(each.dialog().hashCode(), SENDERS)).add(each);
            }
        }
        List<Thread> threads = new ArrayList<>();
        for (List<Sender> share : shares) {
            Random own = new Random(random.nextLong());
            LocalConnection connection = traffic.connect(Traffic.NEAR);
            threads.add(start(
                    "power-cuts-sender",
                    disk,
                    () -> repeatable(connection, () -> {
                        traffic.send(connection, own, share);
                    })));
        }
        for (String queue : List.of("near/Questions", "near/Questions", "near/Answers", "far/Questions")) {
            String[] place = queue.split("/");
            LocalConnection connection = traffic.connect(place[0]);
            threads.add(start(
                    "power-cuts-receiver",
                    disk,
                    () -> repeatable(connection, () -> {
                        if (!traffic.receive(connection, place[1])) {
                            LockSupport.parkNanos(500_000);
                        }
                    })));
        }
        if (!off.await(SECONDS_TO_CUT, TimeUnit.SECONDS)) {
            disk.cut();
        }
        for (Thread each : threads) {
            // one may wait in Derby for ever, for a page of a thread that has died there: it belongs to the dead
            // machine
            each.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        }
    }

    private static void repeatable(LocalConnection connection, Work work) throws Exception {
        try {
            work.once();
        } catch (Exception e) {
            if (!Traffic.isConflict(e)) {
                throw e;
            }
            connection.rollback();
        }
    }

    private Thread start(String name, SimulatedDisk disk, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!disk.isOff() && ledger.violations().isEmpty()) {
                            work.once();
                        }
                    } catch (Exception | Error e) {
                        if (!disk.isOff()) {
                            ledger.violated("A step failed while the power was on: " + e);
                            disk.cut();
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** With the power on and an orderly end: what was sent comes, what is over goes. */
    private void settled(boolean last) throws Exception {
        try (Parley parley = open();
                LocalConnection near = parley.connect(Traffic.NEAR);
                LocalConnection far = parley.connect(Traffic.FAR)) {
            ledger.compare(Traffic.counts(near, far));
            Traffic traffic = new Traffic(parley, ledger);
            clock.advance(Traffic.TIMER);
            drain(traffic, near, far);
            for (Sender each : last ? traffic.open(near) : List.<Sender>of()) {
                near.begin();
                traffic.end(near, each);
            }
            drain(traffic, near, far);
            for (LocalConnection each : last ? List.of(near, far) : List.<LocalConnection>of()) {
                try {
                    Eventually.eventually()
                            .holds(
                                    "all conversations to go",
                                    () -> each.endpoints().isEmpty());
                } catch (AssertionError e) {
                    ledger.violated(e.getMessage() + ": left are " + each.endpoints());
                }
            }
        }
    }

    private void drain(Traffic traffic, LocalConnection near, LocalConnection far) throws IOException, SQLException {
        try {
            Eventually.within(Duration.ofSeconds(120)).holds("all messages to come", () -> {
                while (traffic.receive(near, "Questions")
                        | traffic.receive(near, "Answers")
                        | traffic.receive(far, "Questions")) {
                    // there may be more
                    continue;
                }
                return missing(near, far).isEmpty();
            });
        } catch (AssertionError e) {
            ledger.violated("Messages don't come: " + missing(near, far));
        }
    }

    private static List<String> missing(LocalConnection near, LocalConnection far) throws SQLException {
        List<String> missing = new ArrayList<>();
        Traffic.counts(near, far).forEach((dialog, counts) -> {
            for (Count[] pair : new Count[][] {
                {Count.SENT, Count.RECEIVED}, {Count.SENDER_ENDED, Count.TARGET_ENDED}, {Count.TIMERS, Count.RUNG}
            }) {
                int wanted = counts.getOrDefault(pair[0], 0);
                int got = counts.getOrDefault(pair[1], 0);
                if (wanted != got) {
                    missing.add("dialog " + dialog + " has " + pair[0] + " " + wanted + " and " + pair[1] + " " + got);
                }
            }
        });
        return missing;
    }

    /** Takes {@code --cuts}, {@code --seed}, {@code --block}, {@code --while-opening} and a home; fails when something is found. */
    public static void main(String[] arguments) throws Exception {
        int times = 200;
        long seed = System.nanoTime();
        int block = 4096;
        boolean opening = false;
        Path home = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--cuts" -> times = Integer.parseInt(arguments[++i]);
                case "--seed" -> seed = Long.parseLong(arguments[++i]);
                case "--while-opening" -> opening = true;
                case "--block" -> block = Integer.parseInt(arguments[++i]);
                default -> home = Path.of(arguments[i]);
            }
        }
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            if (home == null) {
                out.println("Usage: PowerCuts [--cuts n] [--seed n] [--block bytes] [--while-opening] home");
                return;
            }
            out.println("seed " + seed);
            PowerCuts harness = new PowerCuts(home, seed).withBlocks(block).withProgress(out::println);
            Report report = (opening ? harness.withCutsWhileOpening() : harness).run(times);
            if (!report.violations().isEmpty()) {
                throw new AssertionError(report);
            }
        }
    }
}
