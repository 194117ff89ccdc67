package org.parley.testkit;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Randomness that can be repeated. Each test gets another seed, so that every run looks somewhere else; a failure names its
 * seed, and {@code -Dparley.seed=...} gives all tests that one.
 *
 * <pre>{@code
 * @RegisterExtension
 * final Seeds seeds = new Seeds();
 *
 * @Test
 * void anyOrderWorks() {
 *     Random random = seeds.random();
 * }
 * }</pre>
 */
public final class Seeds implements BeforeEachCallback, TestExecutionExceptionHandler {

    /** System property with the seed of all tests. */
    public static final String PROPERTY = "parley.seed";

    private long seed;

    @Override
    public void beforeEach(ExtensionContext context) {
        String given = System.getProperty(PROPERTY);
        try {
            seed = given == null || given.isEmpty()
                    ? ThreadLocalRandom.current().nextLong()
                    : Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "System property " + PROPERTY + " has the value '" + given + "'; it must be a whole number.", e);
        }
    }

    /** The seed of this test. */
    public long seed() {
        return seed;
    }

    /** A new source of random numbers, the same with the same seed; for one thread. */
    public Random random() {
        return random(0);
    }

    /** One of several sources of random numbers, for instance one for each thread. */
    public Random random(int number) {
        // neighbouring seeds of Random give similar first numbers
        return new Random(seed ^ number * 0x9E3779B97F4A7C15L);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        throw new AssertionError("With -D" + PROPERTY + "=" + seed + ": " + failure, failure);
    }
}
