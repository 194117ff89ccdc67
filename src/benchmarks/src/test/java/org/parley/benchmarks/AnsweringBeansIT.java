package org.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One tiny round of line 6, which needs the archives that the build has made: that beans reply, never how fast. */
class AnsweringBeansIT {

    private static final Path FOLDER = Path.of("target", "smoke");
    private static final Path ARCHIVES = Path.of(System.getProperty("parley.archives"));

    @Test
    void beansOfBothAdaptersReplyInOneServer() throws Exception {
        Report report = Benchmarks.run(List.of(new AnsweringBeans(ARCHIVES)), Course.tiny(FOLDER));
        assertThat(report.figures())
                .hasSize(2)
                .allSatisfy(figure -> {
                    assertThat(figure.line()).isEqualTo("6");
                    assertThat(figure.threads()).isEqualTo(8);
                    assertThat(figure.value(Figure.PER_SECOND)).isPositive();
                    assertThat(figure.value(Figure.RATIO_TO_ARTEMIS)).isPositive();
                    assertThat(figure.value(Figure.P50)).isPositive().isLessThanOrEqualTo(figure.value(Figure.P99));
                })
                .extracting(Figure::contender)
                .containsExactly("parley", "artemis");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new AnsweringBeans(FOLDER.resolve("nothing")).run(Course.tiny(FOLDER)))
                .withMessageContaining("payara-micro.jar");
    }
}
