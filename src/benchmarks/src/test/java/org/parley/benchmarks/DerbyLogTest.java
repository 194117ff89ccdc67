package org.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.benchmarks.DerbyLog.Entry;

class DerbyLogTest {

    /** An entry marked as deleted on page 9 of index 1185, by transaction 196; and the end of that. */
    private static final String DELETE = "00814180009300c40065000004a10001000509005f02";

    private static final String END = "00814112009300c4006600000400000000";

    @TempDir
    Path database;

    @BeforeEach
    void folder() throws IOException {
        Files.createDirectories(database.resolve("log"));
    }

    @Test
    void recordsAreReadFromAnInstantOn() throws IOException {
        write(1, DELETE, END);
        write(2, END);
        DerbyLog log = new DerbyLog(database);
        assertThat(log.since(instant(1, 24)))
                .extracting(Entry::transaction, Entry::operation, Entry::container, Entry::bytes)
                .containsExactly(
                        tuple(196L, "delete", 1185L, 38), tuple(196L, "end", 0L, 33), tuple(196L, "end", 0L, 33));
        assertThat(log.since(instant(1, 25))).hasSize(2);
        assertThat(log.end()).isEqualTo(instant(2, 24 + 33));
    }

    @Test
    void aFileThatHasJustBegunEndsTheLog() throws IOException {
        write(1, END);
        write(2);
        assertThat(new DerbyLog(database).end()).isEqualTo(instant(2, 24));
    }

    @Test
    void whatIsNoLogIsRefused() throws IOException {
        write(1, DELETE);
        Path file = database.resolve("log").resolve("log1.dat");
        byte[] log = Files.readAllBytes(file);
        log[24 + 11]++;
        Files.write(file, log);
        assertThatIllegalStateException()
                .isThrownBy(() -> new DerbyLog(database).end())
                .withMessageContaining("No record");
    }

    private void write(int number, String... records) throws IOException {
        ByteBuffer log = ByteBuffer.allocate(1024).position(24);
        for (String each : records) {
            byte[] content = HexFormat.of().parseHex(each);
            long instant = instant(number, log.position());
            log.putInt(content.length).putLong(instant).put(content).putInt(content.length);
        }
        Files.write(database.resolve("log").resolve("log" + number + ".dat"), log.array());
    }

    private static long instant(long file, int place) {
        return file << Integer.SIZE | place;
    }
}
