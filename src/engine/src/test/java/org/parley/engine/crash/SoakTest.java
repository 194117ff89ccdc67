package org.parley.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.testkit.crash.Soak;
import org.parley.testkit.crash.Soak.Sample;

/** What an application does for long leaves nothing behind. {@code -Dparley.soak=3600} runs for an hour. */
class SoakTest {

    private static final int SECONDS = 60;
    private static final int STRETCHES = 20;

    @Test
    void nothingGrows(@TempDir Path directory) throws Exception {
        int seconds = Integer.getInteger("parley.soak", SECONDS);
        Soak.Result result = new Soak(directory, Commit.seed())
                .run(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds).dividedBy(STRETCHES));
        result.samples().forEach(System.out::println);
        assertThat(result.faults()).isEmpty();
        assertThat(result.samples()).hasSizeGreaterThan(STRETCHES / 4);
        flat(result, "heap in MB", Sample::heap, 8);
        flat(result, "threads", Sample::threads, 1);
        flat(result, "files in MB", Sample::files, 1);
        flat(result, "endpoints", Sample::endpoints, 15);
    }

    /** Within a tenth of its mean, or a little more for what is small. */
    private static void flat(Soak.Result result, String what, ToDoubleFunction<Sample> value, double little) {
        double growth = result.growth(value);
        System.out.printf(
                "%-12s mean %8.2f, growth %8.3f, an hour %8.2f%n",
                what, result.mean(value), growth, result.growthAnHour(value));
        assertThat(growth).as(what).isLessThan(Math.max(little, result.mean(value) / 10));
    }
}
