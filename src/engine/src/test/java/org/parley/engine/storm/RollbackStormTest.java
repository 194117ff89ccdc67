package org.parley.engine.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Parley;
import org.parley.engine.fault.Fault;
import org.parley.testkit.Seeds;
import org.parley.testkit.storm.RollbackStorm;

/** For {@code -Dstorm.seconds} seconds, 60 unless set. */
class RollbackStormTest {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("storm.seconds", 60));

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    private Path home;

    @AfterEach
    void heal() {
        Fault.none();
    }

    private RollbackStorm.Result rage(Duration length) throws Exception {
        try (Parley parley = Parley.open(home)) {
            return new RollbackStorm(parley, seeds.seed()).rage(length);
        }
    }

    @Test
    void everyMessageIsBookedOnceAndNothingStaysHeld() throws Exception {
        RollbackStorm.Result result = rage(LENGTH);
        System.out.println("Rollback storm of " + LENGTH.toSeconds() + " s: " + result);
        assertThat(result.faults()).isEmpty();
        assertThat(result.rollbacks()).isGreaterThan(result.transactions() / 4);
        assertThat(result.suspensions()).isPositive();
    }

    @Test
    void groupsThatComeFreeTooEarlyAreNoticed() throws Exception {
        Fault.LOCKS_FREED_EARLY.plant();
        assertThat(rage(Duration.ofSeconds(30)).faults()).isNotEmpty();
    }
}
