package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.store.derby.StoreFixture.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreTransaction;

/** What was committed is there after a kill, and the log goes to the disk at each commit. */
class StoreDurabilityTest {

    private static final int O_DSYNC = 010000;

    @TempDir
    Path home;

    /** Linux tells how a file was opened: a write to one opened with O_DSYNC returns when the disk has it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void logIsOpenForSynchronousWrites() throws IOException {
        try (StoreFixture fixture = new StoreFixture(home)) {
            StoreTransaction t = fixture.store().begin();
            t.insertMessage(message(1, 0, null));
            t.commit();
            Path log = fixture.database().resolve("log").toRealPath();
            List<Path> open;
            try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
                open = all.filter(each -> pointsInto(each, log)).toList();
            }
            assertThat(open).isNotEmpty();
            for (Path each : open) {
                String flags = Files.readAllLines(Path.of("/proc/self/fdinfo").resolve(each.getFileName())).stream()
                        .filter(line -> line.startsWith("flags:"))
                        .findFirst()
                        .orElseThrow();
                assertThat(Integer.parseInt(flags.substring(6).trim(), 8) & O_DSYNC)
                        .as(flags)
                        .isNotZero();
            }
        }
    }

    private static boolean pointsInto(Path descriptor, Path log) {
        try {
            Path file = Files.readSymbolicLink(descriptor);
            return file.startsWith(log) && file.toString().endsWith(".dat");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatWasCommittedOutlivesAKill() throws Exception {
        try (DerbyStores stores = new DerbyStores(home)) {
            // made here, where the template is at hand, and not by each child
            stores.open(home.resolve("a"), Duration.ofSeconds(1)).close();
        }
        for (int round = 0; round < 2; round++) {
            int acknowledged = commitUntilKilled(25 + 10 * round);
            try (DerbyStores stores = new DerbyStores(home)) {
                Store store = stores.open(home.resolve("a"), Duration.ofSeconds(1));
                List<MessageRow> rows = store.peek(round, 0, acknowledged + 100, Integer.MAX_VALUE);
                assertThat(rows.size()).isBetween(acknowledged, acknowledged + 1);
                assertThat(rows).extracting(MessageRow::position).isSorted();
                assertThat(rows.get(rows.size() - 1).position()).isEqualTo(rows.size() - 1);
                assertThat(rows).allMatch(row -> row.body().length == 500);
            }
        }
    }

    private int commitUntilKilled(int commits) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Committer.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int acknowledged = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (acknowledged < commits) {
                assertThat(out.readLine()).isEqualTo(String.valueOf(acknowledged));
                acknowledged++;
            }
            // Not by the process itself: that would close its output.
            process.toHandle().destroyForcibly();
            // What it had said before it died counts, too.
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                acknowledged++;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return acknowledged;
    }

    /** Commits message after message, and says so, until it is killed. */
    static final class Committer {

        private Committer() {}

        /** Takes the home; uses an endpoint without messages. */
        public static void main(String[] arguments) {
            Path home = Path.of(arguments[0]);
            DerbyStores stores = new DerbyStores(home);
            Store store = stores.open(home.resolve("a"), Duration.ofSeconds(1));
            long endpoint = store.load().endpoints().ranges().size();
            for (int position = 0; ; position++) {
                StoreTransaction t = store.begin();
                t.insertMessage(message(endpoint, position, new byte[500]));
                t.commit();
                System.out.println(position);
            }
        }
    }
}
