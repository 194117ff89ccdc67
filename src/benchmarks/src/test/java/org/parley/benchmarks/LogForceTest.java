package org.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.parley.benchmarks.Driver.Round;

/** A check that never fails would prove nothing. */
@EnabledOnOs(OS.LINUX)
class LogForceTest {

    @TempDir
    Path folder;

    @Test
    void acceptsALogThatIsForcedAtEachWrite() throws IOException {
        try (RandomAccessFile log = log("rwd")) {
            log.write(1);
            LogForce.requireOn(folder, null);
        }
    }

    @Test
    void refusesALogThatIsNot() throws IOException {
        try (RandomAccessFile log = log("rw")) {
            log.write(1);
            assertThatIllegalStateException().isThrownBy(() -> LogForce.requireOn(folder, null));
        }
    }

    @Test
    void refusesADatabaseWithoutAnOpenLog() {
        assertThatIllegalStateException().isThrownBy(() -> LogForce.requireOn(folder, null));
    }

    @Test
    void refusesADatabaseThatWasToldNotToForce() throws IOException {
        try (RandomAccessFile log = log("rwd")) {
            log.write(1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> LogForce.requireOn(folder, "test"))
                    .withMessageContaining("derby.system.durability is 'test'");
        }
    }

    @Test
    void refusesARoundThatStoredTooLittle() {
        assertThatCode(() -> LogForce.requireFor(round(18), 2, 1))
                .as("10 operations, 20 commits, the first into pages that were dirty before")
                .doesNotThrowAnyException();
        assertThatIllegalStateException()
                .as("pages that were dirty all the time")
                .isThrownBy(() -> LogForce.requireFor(round(17), 2, 1));
        assertThatCode(() -> LogForce.requireFor(round(3), 2, 4))
                .as("four threads may share a force")
                .doesNotThrowAnyException();
        assertThat(ProcessIo.now().known()).isTrue();
    }

    private static Round round(int pages) {
        return new Round(10, 1_000_000, new Histogram(3), new ProcessIo(true, 50, 10_000, pages * 4096L), 1);
    }

    private RandomAccessFile log(String mode) throws IOException {
        return new RandomAccessFile(folder.resolve("log1.dat").toFile(), mode);
    }
}
