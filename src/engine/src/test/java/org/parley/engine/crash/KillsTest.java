package org.parley.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.testkit.crash.Kills;

/** Processes killed under load at random moments lose nothing, and the next one has recovered soon. {@code -Dparley.kills=2000} */
class KillsTest {

    private static final int KILLS = 40;
    private static final long LONGEST_RECOVERY_MILLIS = 10_000;

    @Test
    void nothingIsLostAndRecoveryIsFast(@TempDir Path directory) throws Exception {
        long seed = Commit.seed();
        Kills.Result result = new Kills(directory, seed).run(Integer.getInteger("parley.kills", KILLS));
        System.out.println("With -Dparley.seed=" + seed + ": " + result);
        assertThat(result.faults()).isEmpty();
        assertThat(result.acknowledged()).isPositive();
        assertThat(result.slowestRecovery()).isPositive().isLessThan(LONGEST_RECOVERY_MILLIS);
    }
}
