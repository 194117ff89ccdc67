package org.parley.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What each thread does, from a seed.
 *
 * @param seed where it comes from
 * @param threads the steps of each thread; all of them have as many restarts, at which they meet
 */
record Program(long seed, List<List<Step>> threads) {

    private static final int THREADS = 8;
    private static final int STEPS = 200;
    private static final int WEIGHTS =
            Stream.of(Step.Kind.values()).mapToInt(Step.Kind::weight).sum();

    /** The program of a seed: 200 steps in all, with up to two restarts. */
    static Program of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        int restarts = Math.max(0, random.nextInt(6) - 3);
        List<List<Step>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            List<Step> steps = new ArrayList<>();
            while (steps.size() < STEPS / THREADS - restarts) {
                steps.add(step(random));
            }
            for (int r = 0; r < restarts; r++) {
                steps.add(random.nextInt(steps.size()), new Step(Step.Kind.RESTART, 0, 1));
            }
            threads.add(List.copyOf(steps));
        }
        return new Program(seed, List.copyOf(threads));
    }

    private static Step step(Random random) {
        int rest = random.nextInt(WEIGHTS);
        for (Step.Kind kind : Step.Kind.values()) {
            rest -= kind.weight();
            if (rest < 0) {
                return new Step(kind, random.nextInt(Integer.MAX_VALUE), 1 + random.nextInt(4));
            }
        }
        throw new AssertionError("The weights don't add up.");
    }
}
