package org.parley.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** A fixed number of threads, each doing its work again as soon as it is done. */
final class ClosedLoop {

    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

    private ClosedLoop() {}

    /**
     * What a round gave.
     *
     * @param operations number of operations done
     * @param nanos time from the common start to the end of the last operation
     * @param latency of each operation in nanoseconds
     * @param written what the process has written meanwhile
     * @param cpuNanos CPU time of the process meanwhile; says more than speed does while others use the machine
     */
    record Round(long operations, long nanos, Histogram latency, ProcessIo written, long cpuNanos) {

        double perSecond() {
            return operations * 1e9 / nanos;
        }
    }

    /** Runs all parts for a while, each on a thread of its own. */
    static Round run(List<Contender.Work> parts, Duration length) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(parts.size());
        try {
            CyclicBarrier start = new CyclicBarrier(parts.size() + 1);
            List<Future<Histogram>> running = new ArrayList<>();
            for (Contender.Work part : parts) {
                running.add(threads.submit(loop(part, length, start)));
            }
            ProcessIo before = ProcessIo.now();
            long cpuBefore = Machine.cpuNanos();
            start.await();
            long begun = System.nanoTime();
            Histogram latency = new Histogram(LONGEST_NANOS, 3);
            for (Future<Histogram> each : running) {
                latency.add(result(each));
            }
            long nanos = System.nanoTime() - begun;
            long cpu = Machine.cpuNanos() - cpuBefore;
            return new Round(
                    latency.getTotalCount(), nanos, latency, ProcessIo.now().since(before), cpu);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Histogram> loop(Contender.Work part, Duration length, CyclicBarrier start) {
        return () -> {
            Histogram latency = new Histogram(LONGEST_NANOS, 3);
            start.await();
            long now = System.nanoTime();
            long end = now + length.toNanos();
            while (now < end) {
                long begun = now;
                part.put();
                part.take();
                now = System.nanoTime();
                latency.recordValue(Math.min(now - begun, LONGEST_NANOS));
            }
            return latency;
        };
    }

    private static Histogram result(Future<Histogram> part) throws Exception {
        try {
            return part.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
