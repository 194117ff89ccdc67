package org.parley.engine.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.Failing;

/** A torn end of the log is nothing; files that don't hold what was written are refused by name, and come back as they were. */
class DamagedFilesTest {

    private static final int PAGE = 4096;

    @TempDir
    Path home;

    @TempDir
    Path killed;

    private long beforeTheLast;

    /** The files of a server that is killed after its third message. */
    @BeforeEach
    void kill() throws IOException {
        try (Parley parley = Parley.open(home)) {
            LocalConnection connection = parley.connect("orders");
            connection.catalog().define("""
                            CREATE QUEUE Shop; CREATE SERVICE [//shop] ON QUEUE Shop;
                            CREATE QUEUE Store; CREATE SERVICE [//store] ON QUEUE Store ([DEFAULT]);
                            """);
            Conversation dialog = connection.begin(Dialog.between("//shop", "//store"));
            dialog.send("DEFAULT", new byte[100]);
            dialog.send("DEFAULT", new byte[100]);
            beforeTheLast = end(log(home));
            dialog.send("DEFAULT", new byte[100]);
            copy(home, killed);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.skip(1).toList()) {
                if (!each.getFileName().toString().endsWith(".lck")) {
                    Files.copy(each, to.resolve(from.relativize(each).toString()));
                }
            }
        }
    }

    private static Path log(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("orders/log"))) {
            return files.filter(each -> each.getFileName().toString().matches("log\\d+\\.dat"))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }

    /** Where zeros begin. */
    private static long end(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static void overwrite(Path file, long from, long to, byte value) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(from);
            for (long at = from; at < to; at++) {
                access.write(value);
            }
        }
    }

    private int messages() {
        try (Parley parley = Parley.open(killed)) {
            return parley.connect("orders")
                    .receive(Receive.from("Store").top(100))
                    .size();
        }
    }

    @Test
    void killedServerHasAll() {
        assertThat(messages()).isEqualTo(3);
    }

    @Test
    void tornEndOfTheLogIsCutOff() throws IOException {
        Path log = log(killed);
        long torn = (beforeTheLast + end(log)) / 2;
        overwrite(log, torn, end(log), (byte) 0);
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void garbageAtTheEndOfTheLogIsCutOff() throws IOException {
        Path log = log(killed);
        overwrite(log, (beforeTheLast + end(log)) / 2, end(log), (byte) 0x55);
        assertThat(messages()).isEqualTo(2);
    }

    private BrokerException refused() {
        try (Parley parley = Parley.open(killed)) {
            BrokerException refusal = Failing.with(ErrorNumbers.STORAGE_DAMAGED, () -> parley.connect("orders"));
            // the others are well
            assertThat(parley.connect("other").database()).isEqualTo("other");
            return refusal;
        }
    }

    @Test
    void damagedPageIsRefusedAndComesBackFromACopy() throws IOException {
        List<Path> tables;
        try (Stream<Path> files = Files.list(killed.resolve("orders/seg0"))) {
            tables = files.filter(each -> each.getFileName().toString().endsWith(".dat"))
                    .toList();
        }
        for (Path each : tables) {
            long length = Files.size(each);
            for (long page = PAGE; page < length; page += PAGE) {
                overwrite(each, page + 100, Math.min(length, page + 200), (byte) 0x55);
            }
        }
        assertThat(refused()).hasMessageContaining("orders").hasMessageContaining("backup");
        for (Path each : tables) {
            Files.copy(
                    home.resolve(killed.relativize(each).toString()),
                    each,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
