package org.parley.engine.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.testkit.Seeds;
import org.parley.testkit.storage.PowerCuts;

/** What was acknowledged outlives a power cut; {@code -Dpower.cuts=...} sets their number. */
class PowerCutsTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path home;

    @Test
    void whatWasAcknowledgedSurvivesEachPowerCut() throws Exception {
        PowerCuts.Report report = new PowerCuts(home, seeds.seed()).run(Integer.getInteger("power.cuts", 25));
        System.out.println(report);
        assertThat(report.violations()).isEmpty();
    }

    @Test
    void logThatIsNotForcedIsFoundOut() throws Exception {
        PowerCuts.Report report =
                new PowerCuts(home, seeds.seed()).withLogUnforced().run(100);
        System.out.println(report);
        assertThat(report.violations()).isNotEmpty();
    }

    @Test
    void diskThatLiesIsFoundOut() throws Exception {
        PowerCuts.Report report =
                new PowerCuts(home, seeds.seed()).withSyncsForgotten().run(100);
        System.out.println(report);
        assertThat(report.violations()).isNotEmpty();
    }
}
