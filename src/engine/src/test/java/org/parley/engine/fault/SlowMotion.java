package org.parley.engine.fault;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Holds the engine's own threads at fault points for some milliseconds now and then, in every test, when {@code -Dparley.slow}
 * has a seed: what only ever happens in time on a fast machine then doesn't, in tests and in the engine. Found by JUnit, so that no
 * test has to name it; without the property it does nothing.
 */
public final class SlowMotion implements BeforeEachCallback {

    private static final String SEED = "parley.slow";
    private static final int ONE_IN = 3;
    private static final long LONGEST_NANOS = 25_000_000;

    @Override
    public void beforeEach(ExtensionContext context) {
        Long seed = Long.getLong(SEED);
        if (seed != null) {
            ThreadLocal<SplittableRandom> random = ThreadLocal.withInitial(() ->
                    new SplittableRandom(seed + Thread.currentThread().getName().hashCode()));
            FaultPoint.arm(point -> pause(random.get()));
        }
    }

    private static void pause(SplittableRandom random) {
        if (Thread.currentThread().getName().startsWith("parley-") && random.nextInt(ONE_IN) == 0) {
            LockSupport.parkNanos(random.nextLong(LONGEST_NANOS));
        }
    }
}
