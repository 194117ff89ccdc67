package org.parley.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.parley.engine.fault.Fault;
import org.parley.testkit.crash.FaultCase;
import org.parley.testkit.crash.FaultTrials;
import org.parley.testkit.crash.Soak;

/** The harness is able to fail: with a defect planted in the engine it says that something is wrong. */
class CheckerFindsTest {

    private static final int TRIES = 12;

    @AfterEach
    void takeBack() {
        Fault.none();
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCKS_FREED_EARLY", "ONE_MORE_THAN_TOP"})
    void defectOfWork(Fault defect, @TempDir Path directory) throws Exception {
        defect.plant();
        // longer each time: a busy machine does too little in a second
        assertThat(untilFound(seed -> new Soak(directory.resolve("home" + seed), seed)
                        .run(Duration.ofSeconds(seed), Duration.ofSeconds(1))
                        .faults()
                        .isEmpty()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource("LAST_MESSAGE_OVERLOOKED, STORE_COMMITTED, COMMIT")
    void defectOfRecovery(Fault defect, String point, String area, @TempDir Path directory) throws Exception {
        defect.plant();
        try (FaultTrials trials = new FaultTrials(directory)) {
            FaultCase trial = new FaultCase(point, area, "throw");
            assertThat(untilFound(seed -> trials.run(trial, seed).faults().isEmpty()))
                    .isTrue();
        }
    }

    @FunctionalInterface
    private interface Run {
        boolean good(long seed) throws Exception;
    }

    private static boolean untilFound(Run run) throws Exception {
        for (int seed = 1; seed <= TRIES; seed++) {
            try {
                if (!run.good(seed)) {
                    return true;
                }
            } catch (Exception | AssertionError e) {
                // a step that fails when everything should have come to rest, and dialogs that don't come to their end
                return true;
            }
        }
        return false;
    }
}
