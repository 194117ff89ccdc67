package org.parley.testkit.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Kills processes under load at random moments, one after the other on one home: each recovers what the one before has left. Now and
 * then, and at the end, everything acknowledged is compared with what there is.
 */
public final class Kills {

    private static final int MOST_BYTES = 20_000;
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final int LONGEST_START_MILLIS = 3000;
    private static final int BETWEEN_COMPARISONS = 10;
    private static final int ONE_IN_ITS_START = 8;

    private final CrashHome home;
    private final Random random;
    private final List<String> faults = new ArrayList<>();
    private final List<Long> engine = new ArrayList<>();
    private final List<Long> whole = new ArrayList<>();
    private int passes;
    private int kills;
    private int duringStart;
    private long acknowledged;

    /** Kills of processes that keep everything in a directory. */
    public Kills(Path directory, long seed) throws Exception {
        this.home = CrashHome.in(directory.resolve("home"));
        this.random = new Random(seed);
    }

    /**
     * What came of it.
     *
     * @param kills how many processes were killed
     * @param duringStart how many of them before they had recovered
     * @param faults what was wrong; empty when nothing was
     * @param acknowledged number of steps that were acknowledged and compared
     * @param engine milliseconds that the engine needed to open and to recover
     * @param whole milliseconds from the start of the server until nothing was in doubt, the transaction manager's own time included
     * @param passes passes of the transaction manager's recovery
     */
    public record Result(
            int kills,
            int duringStart,
            List<String> faults,
            long acknowledged,
            Spread engine,
            Spread whole,
            int passes) {}

    /**
     * How long something took.
     *
     * @param median in half of the cases, in milliseconds
     * @param slowest at most
     */
    public record Spread(long median, long slowest) {

        private static Spread of(List<Long> all) {
            List<Long> sorted = all.stream().sorted().toList();
            return sorted.isEmpty()
                    ? new Spread(0, 0)
                    : new Spread(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
        }
    }

    /** Kills so many more; the result is that of all. */
    public Result run(int more) throws Exception {
        new Application(home, Transactions.ofThisProcess()).close();
        for (int i = 1; i <= more; i++) {
            kill();
            kills++;
            if (i % BETWEEN_COMPARISONS == 0 || i == more) {
                compare("kill " + kills);
            }
        }
        return new Result(
                kills, duringStart, List.copyOf(faults), acknowledged, Spread.of(engine), Spread.of(whole), passes);
    }

    private void kill() throws Exception {
        try (Child child = new Child(home, Transactions.log(), random.nextLong(), List.of())) {
            if (random.nextInt(ONE_IN_ITS_START) == 0) {
                duringStart++;
                child.livesFor(random.nextInt(LONGEST_START_MILLIS));
                return;
            }
            String[] said = child.awaitWork();
            engine.add(Long.parseLong(said[1]));
            whole.add(Long.parseLong(said[2]));
            passes += Integer.parseInt(said[3]);
            awaitWork(child);
        }
    }

    /** For as long as some steps take, a random number of them: on a slow machine they take longer. */
    private void awaitWork(Child child) throws Exception {
        long start = System.nanoTime();
        long enough = Files.size(home.acknowledged()) + random.nextInt(MOST_BYTES);
        while (Files.size(home.acknowledged()) < enough && System.nanoTime() - start < PATIENCE_NANOS) {
            if (child.livesFor(1)) {
                throw new AssertionError("A child has ended by itself: " + child.errors());
            }
        }
    }

    private void compare(String when) throws Exception {
        try (Application application = new Application(home, Transactions.ofThisProcess())) {
            application.recover();
            Tidying.run(application);
            List<Row> known = application.acknowledged().rows();
            acknowledged += known.size();
            Checker.faults(application.rows(), known).forEach(fault -> faults.add("at " + when + ": " + fault));
            application.clear();
        }
    }
}
