package org.parley.engine.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets something happen to the next thread that comes to a point. Ordered before what opens a server. */
public final class NextFault implements BeforeEachCallback, AfterEachCallback {

    private final Map<FaultPoint, AtomicInteger> reached = new ConcurrentHashMap<>();
    private final AtomicReference<Plan> plan = new AtomicReference<>();

    private record Plan(FaultPoint point, Thread only, Runnable happens) {}

    @Override
    public void beforeEach(ExtensionContext context) {
        FaultPoint.arm(this::reached);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        FaultPoint.arm(null);
    }

    private void reached(FaultPoint point) {
        reached.computeIfAbsent(point, any -> new AtomicInteger()).incrementAndGet();
        Plan now = plan.get();
        boolean here = now != null && now.point == point && (now.only == null || now.only == Thread.currentThread());
        if (here && plan.compareAndSet(now, null)) {
            now.happens.run();
        }
    }

    /** The next thread that comes to the point throws. */
    public void at(FaultPoint point, RuntimeException failure) {
        plan.set(new Plan(point, null, () -> {
            throw failure;
        }));
    }

    /** The next thread that comes to the point throws an error. */
    public void at(FaultPoint point, Error failure) {
        plan.set(new Plan(point, null, () -> {
            throw failure;
        }));
    }

    /** The calling thread throws when it comes to the point next. */
    public void atInThisThread(FaultPoint point, RuntimeException failure) {
        plan.set(new Plan(point, Thread.currentThread(), () -> {
            throw failure;
        }));
    }

    /** Whether what was asked for last has happened. */
    public boolean happened() {
        return plan.get() == null;
    }

    /** How often a point has been reached in this test. */
    public int times(FaultPoint point) {
        return reached.getOrDefault(point, new AtomicInteger()).get();
    }
}
