package org.parley.testkit.crash;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that works until it dies. It opens the application, recovers what an earlier one has left, says so, and works on; where
 * a point was named it provokes that and dies there.
 */
final class Life {

    /**
     * First word of the line that tells that it works; what follows: milliseconds of the engine, those of all until nothing
     * was in doubt, passes of recovery.
     */
    static final String WORKS = "works";

    private Life() {}

    /** Takes the home, the log of transactions, the seed and, to die at a point, its name, area and how often it passes. */
    public static void main(String[] args) throws Exception {
        try (Faults faults = new Faults();
                Application application =
                        new Application(CrashHome.in(Path.of(args[0])), Transactions.in(Path.of(args[1])))) {
            long begin = System.nanoTime() - application.engineTime().toNanos();
            int passes = application.recover();
            long whole = (System.nanoTime() - begin) / 1_000_000;
            say(WORKS + " " + application.engineTime().toMillis() + " " + whole + " " + passes);
            Load load = new Load(application, Long.parseLong(args[2]));
            if (args.length > 3) {
                FaultCase last = new FaultCase(args[3], args[4], "halt");
                Faults.Plan plan = Faults.Plan.of(last.point(), last.happens(), Integer.parseInt(args[5]));
                faults.plan(plan);
                if (last.needsReopening()) {
                    load.alsoEnlist(new Provocation(application, faults, plan, last.needsRefusal()));
                }
                while (last.needsRecovery()) {
                    application.transactions().recover();
                }
            }
            while (true) {
                LockSupport.park();
            }
        }
    }

    private static void say(String line) throws java.io.IOException {
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
