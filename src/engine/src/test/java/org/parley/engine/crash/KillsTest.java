package org.parley.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.testkit.crash.Kills;

/** Processes killed under load at random moments lose nothing, and the next one has recovered soon. {@code -Dparley.kills=2000} */
class KillsTest {

    private static final int KILLS = 40;
    private static final int AT_ONCE = 100;
    private static final long LONGEST_RECOVERY_MILLIS = 10_000;

    @Test
    void nothingIsLostAndRecoveryIsFast(@TempDir Path directory) throws Exception {
        long seed = Commit.seed();
        Kills kills = new Kills(directory, seed);
        int wanted = Integer.getInteger("parley.kills", KILLS);
        for (int done = 0; done < wanted; done += AT_ONCE) {
            Kills.Result result = kills.run(Math.min(AT_ONCE, wanted - done));
            System.out.println("With -Dparley.seed=" + seed + ": " + result);
            assertThat(result.faults()).isEmpty();
            assertThat(result.acknowledged()).isPositive();
            assertThat(result.engine().slowest()).isPositive().isLessThan(LONGEST_RECOVERY_MILLIS);
        }
    }
}
