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
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.parley.benchmarks.Contender.Work;

/** A fixed number of threads, each doing its work again and again. */
final class Driver {

    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

    private Driver() {}

    /**
     * What a round gave.
     *
     * @param operations number of operations done
     * @param nanos time from the common start to the end of the last operation
     * @param latency of each operation in nanoseconds, from when it was due
     * @param written what the process has written meanwhile
     * @param cpuNanos CPU time of the process meanwhile; says more than speed does while others use the machine
     */
    record Round(long operations, long nanos, Histogram latency, ProcessIo written, long cpuNanos) {

        double perSecond() {
            return operations * 1e9 / nanos;
        }
    }

    /** How long a thread goes on, how often, and how often its work is due. */
    private record Pace(Duration length, long most, long interval) {}

    /** A closed loop: each thread begins anew as soon as it is done. */
    static Round closed(List<Work> works, Duration length) throws Exception {
        return run(works, new Pace(length, Long.MAX_VALUE, 0));
    }

    /**
     * A closed loop until so much has been done by all, or for so long at most: compilers go by what has been done, however long
     * the disk took for it.
     */
    static Round warmUp(List<Work> works, Duration longest, long operations) throws Exception {
        return run(works, new Pace(longest, Math.max(1, operations / works.size()), 0));
    }

    /**
     * An open loop: operations are due at a fixed rate, whatever became of those before, so that one that is held up counts
     * for all that had to wait behind it.
     */
    static Round paced(List<Work> works, Duration length, double perSecond) throws Exception {
        return run(works, new Pace(length, Long.MAX_VALUE, Math.max(1, Math.round(works.size() * 1e9 / perSecond))));
    }

    private static Round run(List<Work> works, Pace pace) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            CyclicBarrier start = new CyclicBarrier(works.size() + 1);
            List<Future<Histogram>> running = new ArrayList<>();
            for (Work work : works) {
                running.add(threads.submit(loop(work, pace, start)));
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

    private static Callable<Histogram> loop(Work work, Pace pace, CyclicBarrier start) {
        return () -> {
            Histogram latency = new Histogram(LONGEST_NANOS, 3);
            start.await();
            long now = System.nanoTime();
            long end = now + pace.length().toNanos();
            long due = now;
            while (due < end && latency.getTotalCount() < pace.most()) {
                await(due);
                work.run(due);
                now = System.nanoTime();
                latency.recordValue(Math.min(now - due, LONGEST_NANOS));
                due = pace.interval() == 0 ? now : due + pace.interval();
            }
            return latency;
        };
    }

    private static void await(long due) {
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
            LockSupport.parkNanos(due - now);
        }
    }

    private static Histogram result(Future<Histogram> work) throws Exception {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
