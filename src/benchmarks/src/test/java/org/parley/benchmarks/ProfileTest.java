package org.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.benchmarks.Profile.Share;

class ProfileTest {

    @TempDir
    Path folder;

    private double sum;

    /** The JDK's code is that of who has called it. */
    @Test
    void samplesBelongToTheLayerThatRan() throws Exception {
        Map<String, Share> shares = Profile.of(
                due -> sum += Math.cbrt(ThreadLocalRandom.current().nextDouble()),
                Duration.ofSeconds(2),
                folder.resolve("profile.jfr"));
        assertThat(sum).isPositive();
        assertThat(shares).containsKey("the benchmark");
        Share share = shares.get("the benchmark");
        assertThat(share.samples()).isPositive();
        assertThat(share.selfPercent()).isGreaterThan(90).isLessThanOrEqualTo(share.inclusivePercent());
    }
}
