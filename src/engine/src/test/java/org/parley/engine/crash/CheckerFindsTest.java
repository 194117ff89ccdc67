package org.parley.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parley.engine.fault.Fault;
import org.parley.testkit.crash.FaultCase;
import org.parley.testkit.crash.FaultTrials;

/** The harness is able to fail: with a defect planted in the engine it says that something is wrong. */
class CheckerFindsTest {

    private static final FaultCase SOMETHING = new FaultCase("STORE_COMMITTED", "COMMIT", "throw");

    @AfterEach
    void takeBack() {
        Fault.none();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "LOCKS_FREED_EARLY",
                "LAST_MESSAGE_OVERLOOKED",
                "DUPLICATE_TAKEN",
                "ONE_MORE_THAN_TOP",
                "PURGE_FORGOTTEN"
            })
    void plantedDefect(Fault defect, @TempDir Path directory) throws Exception {
        defect.plant();
        assertThat(found(directory)).isTrue();
    }

    private static boolean found(Path directory) throws Exception {
        try (FaultTrials trials = new FaultTrials(directory)) {
            for (int seed = 1; seed <= 5; seed++) {
                long each = seed;
                List<String>[] faults = new List[1];
                Throwable failure = catchThrowable(
                        () -> faults[0] = trials.run(SOMETHING, each).faults());
                if (failure != null || !faults[0].isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }
}
