package org.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.benchmarks.Contender.Work;

/** One tiny round of every line: that the work was really done, never how fast. */
class BenchmarksTest {

    /** On the disk that a build uses: where files live in memory alone, nothing can be forced. */
    private static final Path FOLDER = Path.of("target", "smoke");

    @Test
    void messagesInOneDatabaseAreForcedByAll() throws Exception {
        Report report = run(Benchmarks.messagesInOneDatabase(List.of(1, 2)));
        assertThat(report.figures())
                .extracting(Figure::contender, Figure::threads)
                .containsExactly(
                        tuple("parley", 1),
                        tuple("derby", 1),
                        tuple("derby+endpoint", 1),
                        tuple("parley", 2),
                        tuple("derby", 2),
                        tuple("derby+endpoint", 2));
        for (Figure figure : report.figures()) {
            assertThat(figure.values().get(Figure.PER_SECOND)).isPositive();
            assertThat(figure.values().get(Figure.RATIO)).isPositive();
            assertThat(figure.values().get(Figure.P50))
                    .isPositive()
                    .isLessThanOrEqualTo(figure.values().get(Figure.P99));
        }
        assertThat(report.json())
                .contains("\"line\": \"2\"", "\"threads\": 1", "\"contender\": \"parley\"", "\"ratio_to_raw\": ");
        assertThat(report.markdown()).contains("| 2 | send, commit; receive, commit | 1 | parley | ");
    }

    @Test
    void whatWasPutLiesInTheTableUntilItIsTaken() throws Exception {
        Path folder = FOLDER.resolve("rows");
        Benchmarks.makeEmpty(folder);
        try (ParleyContender parley = new ParleyContender(folder);
                DerbyContender derby = DerbyContender.messagesAlone(folder)) {
            for (Contender contender : List.of(parley, derby)) {
                Work work = contender.work(0);
                work.put();
                assertThatIllegalStateException()
                        .isThrownBy(contender::check)
                        .withMessageContaining("1 rows were left in ");
                work.take();
                contender.check();
            }
        }
    }

    @Test
    void aWaitingReceiveIsWoken() throws Exception {
        assertThat(run(new WakeUp()).figures())
                .hasSize(2)
                .allSatisfy(figure -> assertThat(figure.values().get("samples")).isEqualTo(50));
    }

    @Test
    void idleProcessesTellTheirTime() throws Exception {
        assertThat(run(new Idle()).figures()).extracting(Figure::contender).containsExactly("parley", "empty JVM");
    }

    @Test
    void manyMessagesAndTimersAreComparedWithNone() throws Exception {
        assertThat(run(new Scale(50, 5)).figures())
                .extracting(Figure::contender)
                .containsExactly(
                        "250 messages in 50 groups",
                        "full",
                        "empty",
                        "50 timers",
                        "full",
                        "empty",
                        "full",
                        "empty",
                        "full",
                        "empty");
    }

    private static Report run(Line line) throws Exception {
        return Benchmarks.run(List.of(line), Course.tiny(FOLDER));
    }
}
