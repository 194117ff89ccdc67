package org.parley.testkit.crash;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.parley.LocalConnection;

/** Lets an application work for long, and measures after each stretch what must not grow. */
public final class Soak {

    private static final double MEGABYTE = 1 << 20;

    /** Only each fourth one of the serial collector moves everything; after the others gaps count as what is used. */
    private static final int GARBAGE_COLLECTIONS = 4;

    private final CrashHome home;
    private final long seed;
    private final List<Sample> samples = new ArrayList<>();

    /** A soak that keeps everything in a directory. */
    public Soak(Path directory, long seed) throws IOException {
        this.home = CrashHome.in(directory.resolve("home"));
        this.seed = seed;
    }

    /**
     * What was measured after a stretch of work.
     *
     * @param seconds since the beginning
     * @param heap megabytes of the heap in use after a collection
     * @param threads threads of the process
     * @param files megabytes of the broker databases, without their logs and without the application's table, whose size is that of the
     *     busiest stretch
     * @param endpoints endpoint rows while it works
     * @param transactions acknowledged in the stretch
     * @param failures steps of the stretch that have failed, as by a lock that wasn't free in time
     */
    public record Sample(
            double seconds,
            double heap,
            double threads,
            double files,
            double endpoints,
            long transactions,
            long failures) {}

    /**
     * What came of it.
     *
     * @param samples what was measured, the first quarter left out: caches fill, code is compiled
     * @param faults what was lost, doubled or reordered; empty when nothing was
     */
    public record Result(List<Sample> samples, List<String> faults) {

        /** How much a value has grown an hour, by the straight line that fits the samples best. */
        public double growthAnHour(ToDoubleFunction<Sample> value) {
            double meanTime = mean(Sample::seconds);
            double mean = mean(value);
            double above = 0;
            double below = 0;
            for (Sample sample : samples) {
                double time = sample.seconds() - meanTime;
                above += time * (value.applyAsDouble(sample) - mean);
                below += time * time;
            }
            return below == 0 ? 0 : above / below * Duration.ofHours(1).toSeconds();
        }

        /** How much it has grown from the first sample to the last one, by the same line. */
        public double growth(ToDoubleFunction<Sample> value) {
            double time =
                    samples.get(samples.size() - 1).seconds() - samples.get(0).seconds();
            return growthAnHour(value) * time / Duration.ofHours(1).toSeconds();
        }

        /** The mean of a value. */
        public double mean(ToDoubleFunction<Sample> value) {
            return samples.stream().mapToDouble(value).average().orElse(0);
        }
    }

    /** Works for so long, in stretches. */
    public Result run(Duration all, Duration stretch) throws Exception {
        List<String> faults = new ArrayList<>();
        try (Application application = new Application(home, Transactions.ofThisProcess())) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < all.toNanos()) {
                stretch(application, stretch, begin, faults);
            }
        }
        return new Result(samples.subList(samples.size() / 4, samples.size()), faults);
    }

    private void stretch(Application application, Duration length, long begin, List<String> faults) throws Exception {
        long before = application.acknowledged().transactions();
        Load load = new Load(application, seed + samples.size());
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(end - System.nanoTime());
        }
        double endpoints = endpoints(application);
        load.stop();
        Tidying.run(application);
        faults.addAll(
                Checker.faults(application.rows(), application.acknowledged().rows()));
        application.clear();
        samples.add(new Sample(
                (System.nanoTime() - begin) / 1e9,
                heap(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                files(application) / MEGABYTE,
                endpoints,
                application.acknowledged().transactions() - before,
                load.failures()));
    }

    private static double endpoints(Application application) {
        double count = 0;
        for (String database : List.of(Application.NEAR, Application.FAR)) {
            try (LocalConnection connection = application.connect(database)) {
                count += connection.endpoints().size();
            }
        }
        return count;
    }

    private static double heap() {
        for (int i = 0; i < GARBAGE_COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    private double files(Application application) throws IOException, SQLException {
        double bytes = 0;
        for (String database : List.of(Application.NEAR, Application.FAR)) {
            try (LocalConnection connection = application.connect(database);
                    Stream<Path> files =
                            Files.list(home.broker().resolve(database).resolve("seg0"))) {
                String steps = StepTable.file(connection.sql());
                for (Path file : files.toList()) {
                    bytes += file.endsWith(steps) ? 0 : Files.size(file);
                }
            }
        }
        return bytes;
    }
}
