package org.parley.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parley.engine.fault.Fault;

/** A model test is worth what it finds: each defect planted in the engine is found by one of the first programs. */
class PlantedDefectsTest {

    private static final int PROGRAMS = 100;

    /** Shorter than where nothing may be found: what hasn't come by then is taken for lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @AfterEach
    void takeBack() {
        Fault.none();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void isFound(Fault defect) {
        defect.plant();
        assertThat(firstViolation())
                .as(defect + " is found within " + PROGRAMS + " programs")
                .isNotEmpty();
    }

    private static List<String> firstViolation() {
        try (Home home = new Home()) {
            for (long seed = 1; seed <= PROGRAMS; seed++) {
                List<String> wrong = new Runner(home, Program.of(seed), PATIENCE).run();
                if (!wrong.isEmpty()) {
                    return wrong;
                }
            }
        }
        return List.of();
    }
}
