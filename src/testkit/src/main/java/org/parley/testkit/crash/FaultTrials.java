package org.parley.testkit.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs cases one after the other on one application: lets it work, makes it fail at a point, has the transaction manager recover,
 * brings every dialog to its end and compares. What throws or hangs does so in this process, what halts in a child.
 */
public final class FaultTrials implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final long HANG_NANOS = 150_000_000;
    private static final long WORK_AFTER_NANOS = 50_000_000;
    private static final int HANG_STEPS = 20;
    private static final int PASSES_BEFORE = 3;

    private final Path directory;
    private final Faults faults = new Faults();
    private int homes;
    private CrashHome home;
    private Application application;

    /** Trials that keep everything in a directory. */
    public FaultTrials(Path directory) {
        this.directory = directory;
    }

    /** How often each point has been reached in this process. */
    public Map<String, Integer> reached() {
        return faults.counts();
    }

    /**
     * Runs a case.
     *
     * @throws AssertionError when the point isn't reached, when the application doesn't come to rest, or when transactions stay
     *     in doubt
     */
    public FaultCase.Result run(FaultCase trial, long seed) throws Exception {
        long begin = System.nanoTime();
        boolean whole = false;
        try {
            FaultCase.Result result = trial.happens() == Faults.Action.HALT
                    ? inChild(trial, new Random(seed), begin)
                    : here(trial, new Random(seed), begin);
            whole = result.faults().isEmpty();
            return result;
        } finally {
            faults.plan(null);
            if (!whole) {
                // what is broken must not be found again by the next case
                abandon();
            }
        }
    }

    private FaultCase.Result here(FaultCase trial, Random random, long begin) throws Exception {
        open();
        Load load = new Load(application, random.nextLong());
        Faults.Plan plan = Faults.Plan.of(trial.point(), trial.happens(), before(trial, random));
        faults.plan(plan);
        // a thread of its own: it may have to stand still
        Thread recovery = new Thread(application.transactions()::recover, "recovery");
        try {
            if (trial.needsReopening()) {
                load.alsoEnlist(new Provocation(application, faults, plan, trial.needsRefusal()));
            }
            if (trial.needsRecovery()) {
                recovery.start();
            }
            if (!plan.happened().await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Nobody has come to " + trial.point() + "; " + why(load));
            }
            if (trial.happens() == Faults.Action.HANG) {
                othersWork();
            } else {
                LockSupport.parkNanos(WORK_AFTER_NANOS);
            }
        } finally {
            plan.letGo().countDown();
            recovery.join();
            load.stop();
        }
        return compared(application.recover(), load.failures(), begin);
    }

    private static String why(Load load) {
        return load.failures() + " steps have failed, the last one with " + load.lastFailure();
    }

    /** A point is passed a few times before, where that happens often. */
    private static int before(FaultCase trial, Random random) {
        return trial.needsReopening() || trial.needsRecovery() ? 0 : random.nextInt(PASSES_BEFORE);
    }

    /** While one stands still: not for long, as some places keep all others from working, too. */
    private void othersWork() {
        long start = System.nanoTime();
        long steps = application.acknowledged().transactions();
        while (System.nanoTime() - start < HANG_NANOS
                && application.acknowledged().transactions() < steps + HANG_STEPS) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private FaultCase.Result inChild(FaultCase trial, Random random, long begin) throws Exception {
        open();
        // made here, where it is fast, and not by the child
        close(application);
        application = null;
        List<String> death = List.of(trial.point(), trial.area(), String.valueOf(before(trial, random)));
        try (Child child = new Child(home, Transactions.log(), random.nextLong(), death)) {
            child.awaitWork();
            if (!child.livesFor(PATIENCE_SECONDS * 1000)) {
                throw new AssertionError("No child has come to " + trial.point() + ": " + child.errors());
            }
        }
        open();
        return compared(application.recover(), 0, begin);
    }

    private FaultCase.Result compared(int passes, long failures, long begin) throws Exception {
        faults.plan(null);
        Tidying.run(application);
        List<String> found =
                Checker.faults(application.rows(), application.acknowledged().rows());
        application.clear();
        return new FaultCase.Result(found, passes, failures, Duration.ofNanos(System.nanoTime() - begin));
    }

    private void open() throws Exception {
        if (home == null) {
            home = CrashHome.in(directory.resolve("home" + ++homes));
        }
        if (application == null) {
            application = new Application(home, Transactions.ofThisProcess());
        }
    }

    private void abandon() {
        Application old = application;
        application = null;
        home = null;
        close(old);
    }

    private static void close(Application old) {
        try {
            if (old != null) {
                old.close();
            }
        } catch (Exception e) {
            throw new AssertionError("The application could not be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        faults.close();
        close(application);
    }
}
