package org.parley.testkit.crash;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.parley.spi.FaultInjection;

/** The engine's fault points, armed for one of them at a time, and counted. */
final class Faults implements AutoCloseable {

    /** What happens at the point. */
    enum Action {
        /** What would fail there fails. */
        THROW,
        /** The thread stands still until it is let go. */
        HANG,
        /** The process ends at once. */
        HALT
    }

    private static final int EXIT = 137;
    private static final long LONGEST_HANG_SECONDS = 60;

    private final FaultInjection injection;
    private final Map<String, AtomicInteger> reached = new ConcurrentHashMap<>();
    private final AtomicReference<Plan> plan = new AtomicReference<>();
    private final AtomicReference<String> alsoFails = new AtomicReference<>();

    /** Arms the points; nothing happens until something is planned. Before the server is opened. */
    Faults() {
        injection = found();
        injection.arm(this::reached);
    }

    private static FaultInjection found() {
        return ServiceLoader.load(FaultInjection.class, Faults.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No engine with fault points is on the class path."));
    }

    /** The points of the engine. */
    static List<FaultInjection.Point> points() {
        return found().points();
    }

    /**
     * One thing that is to happen.
     *
     * @param point where
     * @param action what
     * @param left how often it is reached before
     * @param happened when it has
     * @param letGo ends a hang
     */
    record Plan(String point, Action action, AtomicInteger left, CountDownLatch happened, CountDownLatch letGo) {

        static Plan of(String point, Action action, int before) {
            return new Plan(point, action, new AtomicInteger(before), new CountDownLatch(1), new CountDownLatch(1));
        }
    }

    void plan(Plan next) {
        plan.set(next);
    }

    /** The next thread that comes there fails, too. */
    void alsoFail(String point) {
        alsoFails.set(point);
    }

    /** How often each was reached. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        reached.forEach((name, count) -> counts.put(name, count.get()));
        return counts;
    }

    private boolean reached(String point) {
        reached.computeIfAbsent(point, name -> new AtomicInteger()).incrementAndGet();
        Plan now = plan.get();
        if (now != null && now.point().equals(point) && now.left().getAndDecrement() == 0) {
            now.happened().countDown();
            return happens(now);
        }
        return point.equals(alsoFails.get()) && alsoFails.compareAndSet(point, null);
    }

    private static boolean happens(Plan now) {
        switch (now.action()) {
            case HALT -> Runtime.getRuntime().halt(EXIT);
            case HANG -> hang(now);
            default -> {
                return true;
            }
        }
        return false;
    }

    private static void hang(Plan now) {
        boolean interrupted = false;
        while (true) {
            try {
                if (!now.letGo().await(LONGEST_HANG_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("Nobody has let go of " + now.point());
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        plan.set(null);
        injection.disarm();
    }
}
