package org.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class SeedsTest {

    private final String before = System.getProperty(Seeds.PROPERTY);
    private final Seeds seeds = new Seeds();

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(Seeds.PROPERTY);
        } else {
            System.setProperty(Seeds.PROPERTY, before);
        }
    }

    @Test
    void takesTheSeedOfTheProperty() {
        System.setProperty(Seeds.PROPERTY, "42");
        seeds.beforeEach(null);
        assertThat(seeds.seed()).isEqualTo(42);
        assertThat(seeds.random().nextLong()).isEqualTo(new Random(42).nextLong());
        assertThat(seeds.random(1).nextLong()).isNotEqualTo(seeds.random().nextLong());
        System.setProperty(Seeds.PROPERTY, "x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seeds.beforeEach(null))
                .withMessage("System property parley.seed has the value 'x'; it must be a whole number.");
    }

    @Test
    void takesAnotherSeedEachTime() {
        System.clearProperty(Seeds.PROPERTY);
        seeds.beforeEach(null);
        long first = seeds.seed();
        seeds.beforeEach(null);
        assertThat(seeds.seed()).isNotEqualTo(first);
    }

    @Test
    void namesTheSeedInAFailure() {
        System.setProperty(Seeds.PROPERTY, "42");
        seeds.beforeEach(null);
        AssertionError failure = new AssertionError("lost one");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> seeds.handleTestExecutionException(null, failure))
                .withMessage("With -Dparley.seed=42: java.lang.AssertionError: lost one")
                .withCause(failure);
        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> seeds.handleTestExecutionException(null, new TestAbortedException()));
    }

    @Test
    void programsRepeatThemselves() {
        assertThat(trace(7)).isEqualTo(trace(7)).isNotEqualTo(trace(8));
    }

    private static String trace(long seed) {
        StringBuilder done = new StringBuilder();
        new RandomProgram(new Random(seed))
                .step("a", 3, random -> note(done, "a" + random.nextInt(9)))
                .step("b", 1, random -> note(done, "b"))
                .run(200);
        return done.toString();
    }

    private static String note(StringBuilder done, String what) {
        done.append(what);
        return what;
    }

    @Test
    void programsTellWhatTheyDid() {
        int[] sum = new int[1];
        RandomProgram program = new RandomProgram(new Random(1))
                .step("add", 1, random -> "1 to " + sum[0]++)
                .check(() -> assertThat(sum[0]).isLessThan(3));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> program.run(10))
                .withMessageStartingWith("Step 3 failed: ")
                .withMessageEndingWith("\n  1. add 1 to 0\n  2. add 1 to 1\n  3. add 1 to 2");
    }

    @Test
    void programsTakeStepsAsOftenAsTheirWeightsSay() {
        int[] taken = new int[2];
        new RandomProgram(new Random(1))
                .step("often", 9, random -> "" + taken[0]++)
                .step("seldom", 1, random -> "" + taken[1]++)
                .run(10_000);
        assertThat(taken[1]).isBetween(900, 1_100);
        assertThat(taken[0]).isEqualTo(10_000 - taken[1]);
    }
}
