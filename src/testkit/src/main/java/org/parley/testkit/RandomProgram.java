package org.parley.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A test that does random steps, each as likely as its weight, and looks after each whether all is as it should be. A
 * failure tells the steps that led to it; with the same random numbers the same program runs again.
 *
 * <pre>{@code
 * new RandomProgram(seeds.random())
 *         .step("send", 5, random -> send(random))
 *         .step("end", 1, random -> end(random))
 *         .check(() -> assertThat(model).isEqualTo(broker))
 *         .run(1_000);
 * }</pre>
 */
public final class RandomProgram {

    private static final int SHOWN = 50;

    private final Random random;
    private final List<Choice> choices = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private Check check = () -> {};
    private int weights;

    /** A program that takes its decisions from these random numbers. */
    public RandomProgram(Random random) {
        this.random = random;
    }

    /** Adds a step that is taken as often, compared with the others, as its weight says. */
    public RandomProgram step(String name, int weight, Step step) {
        if (weight < 1) {
            throw new IllegalArgumentException(
                    "Step '" + name + "' has the weight " + weight + "; it must be 1 or more.");
        }
        choices.add(new Choice(name, weight, step));
        weights += weight;
        return this;
    }

    /** What must hold after each step. */
    public RandomProgram check(Check invariant) {
        this.check = invariant;
        return this;
    }

    /**
     * Runs so many steps.
     *
     * @throws AssertionError when a step or the check fails, with the last steps
     */
    public void run(int steps) {
        for (int i = 0; i < steps; i++) {
            Choice choice = choose();
            done.add(choice.name);
            try {
                String detail = choice.step.run(random);
                if (detail != null) {
                    done.set(i, choice.name + " " + detail);
                }
                check.run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("Step " + (i + 1) + " failed: " + e + trace(), e);
            }
        }
        done.clear();
    }

    private Choice choose() {
        if (choices.isEmpty()) {
            throw new IllegalStateException("A program needs a step.");
        }
        int rest = random.nextInt(weights);
        int index = 0;
        while (rest >= choices.get(index).weight) {
            rest -= choices.get(index).weight;
            index++;
        }
        return choices.get(index);
    }

    private String trace() {
        StringBuilder trace = new StringBuilder();
        for (int i = Math.max(0, done.size() - SHOWN); i < done.size(); i++) {
            trace.append("\n  ").append(i + 1).append(". ").append(done.get(i));
        }
        return trace.toString();
    }

    /** One step. */
    @FunctionalInterface
    public interface Step {

        /** Does it and says what was chosen, for the trace; null when its name says all. */
        String run(Random random) throws Exception;
    }

    /** What must hold. */
    @FunctionalInterface
    public interface Check {

        /** Throws when it doesn't. */
        void run() throws Exception;
    }

    private record Choice(String name, int weight, Step step) {}
}
