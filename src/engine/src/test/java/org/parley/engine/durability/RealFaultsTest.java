package org.parley.engine.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.parley.testkit.Eventually.eventually;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.Failing;
import org.parley.spi.Health;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/** What a file system really answers, where the tests may mount one and change rights. */
@EnabledOnOs(OS.LINUX)
class RealFaultsTest {

    private static final String SCRIPT = """
            CREATE QUEUE Shop; CREATE SERVICE [//shop] ON QUEUE Shop;
            CREATE QUEUE Store; CREATE SERVICE [//store] ON QUEUE Store ([DEFAULT]);
            """;

    private final List<String[]> undo = new ArrayList<>();
    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "faults-");
    }

    @AfterEach
    void undo() throws Exception {
        for (int i = undo.size() - 1; i >= 0; i--) {
            run(undo.get(i));
        }
        try (Stream<Path> all = Files.walk(home)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void needs(String what, boolean done) {
        assumeTrue(done, "Here the tests may not " + what + "; as root of a machine of their own they may.");
    }

    private static void fill(Parley parley) {
        LocalConnection connection = parley.connect("orders");
        connection.catalog().define(SCRIPT);
        connection.begin(Dialog.between("//shop", "//store")).send("DEFAULT", new byte[10]);
    }

    private static int messages(Parley parley) {
        return parley.connect("orders")
                .receive(Receive.from("Store").top(10_000))
                .size();
    }

    @Test
    void fullDisk() throws Exception {
        needs("mount a small disk", run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", home.toString()));
        undo.add(new String[] {"umount", home.toString()});
        SettableClock clock = new SettableClock();
        try (Parley parley = Parley.open(ServerConfig.of(home).withClock(clock))) {
            fill(parley);
            Path ballast = home.resolve("ballast");
            Files.write(ballast, new byte[(int) Files.getFileStore(home).getUsableSpace() - 1_000_000]);
            LocalConnection connection = parley.connect("orders");
            Sent sent = new Sent(connection.begin(Dialog.between("//shop", "//store")));
            eventually().holds("a message that finds no room", () -> !sent.another());
            // what a failed database gives free as it is opened again may be room enough to go on with
            eventually().passes(() -> {
                fillUp(ballast);
                sent.another();
                Health health = parley.server().health();
                assertThat(health.status()).isEqualTo(Health.Status.DOWN);
                assertThat(health.reasons()).singleElement().asString().contains("the disk is full");
            });
            Files.delete(ballast);
            eventually().holds("the database to come back", () -> {
                clock.advance(Duration.ofSeconds(1));
                return parley.server().health().status() == Health.Status.UP;
            });
            // the first message of a dialog arrives by a transaction of the engine
            List<Integer> received = new ArrayList<>();
            eventually().passes(() -> {
                received.addAll(numbers(parley));
                assertThat(received).containsAll(sent.acknowledged);
            });
            assertThat(received).doesNotHaveDuplicates().isSorted();
            assertThat(sent.tried).containsAll(received);
        }
    }

    /** Messages with their number as the beginning of the body, until there is no room. */
    private static final class Sent {

        private final Conversation dialog;
        private final List<Integer> tried = new ArrayList<>();
        private final List<Integer> acknowledged = new ArrayList<>();

        Sent(Conversation dialog) {
            this.dialog = dialog;
        }

        /** Sends one more and says whether it is acknowledged. */
        boolean another() {
            int number = tried.size();
            tried.add(number);
            try {
                dialog.send(
                        "DEFAULT", ByteBuffer.allocate(30_000).putInt(0, number).array());
                acknowledged.add(number);
                return true;
            } catch (BrokerException e) {
                assertThat(e.number()).isIn(ErrorNumbers.DISK_FULL, ErrorNumbers.OUTCOME_UNKNOWN);
                return false;
            }
        }
    }

    private static List<Integer> numbers(Parley parley) {
        return parley.connect("orders").receive(Receive.from("Store").top(10_000)).stream()
                .filter(message -> message.length() == 30_000)
                .map(message -> ByteBuffer.wrap(message.body()).getInt())
                .toList();
    }

    /** Leaves no byte of room. */
    private static void fillUp(Path ballast) {
        byte[] page = new byte[4096];
        try (OutputStream file = Files.newOutputStream(ballast, StandardOpenOption.APPEND)) {
            for (int pages = 0; pages < 48 * 256; pages++) {
                file.write(page);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    void readOnlyFileSystem() throws Exception {
        try (Parley parley = Parley.open(home)) {
            fill(parley);
        }
        needs("mount", run("mount", "--bind", home.toString(), home.toString()));
        undo.add(new String[] {"umount", home.toString()});
        needs("mount for reading", run("mount", "-o", "remount,ro,bind", home.toString()));
        assertThat(Failing.with(ErrorNumbers.STORAGE_READ_ONLY, () -> Parley.open(home)))
                .hasMessageContaining(home.toString())
                .hasMessageContaining("mount it for writing");
        run("mount", "-o", "remount,rw,bind", home.toString());
        try (Parley parley = Parley.open(home)) {
            assertThat(messages(parley)).isEqualTo(1);
        }
    }

    @Test
    void directoryThatMayNotBeWritten() throws Exception {
        try (Parley parley = Parley.open(home)) {
            fill(parley);
        }
        Path database = home.resolve("orders");
        needs("make files immutable", run("chattr", "-R", "+i", database.toString()));
        undo.add(new String[] {"chattr", "-R", "-i", database.toString()});
        try (Parley parley = Parley.open(home)) {
            assertThat(Failing.with(ErrorNumbers.STORAGE_FORBIDDEN, () -> parley.connect("orders")))
                    .hasMessageContaining(database.toString())
                    .hasMessageContaining("may not write");
            assertThat(parley.connect("other").database()).isEqualTo("other");
            run("chattr", "-R", "-i", database.toString());
            assertThat(messages(parley)).isEqualTo(1);
        }
    }

    @Test
    void filesOfSomebodyElse() throws Exception {
        try (Parley parley = Parley.open(home)) {
            fill(parley);
        }
        needs("be somebody else", run("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "true"));
        Path classes = Files.createDirectory(Path.of("/tmp").resolve("parley-" + home.getFileName()));
        undo.add(new String[] {"rm", "-rf", classes.toString()});
        needs(
                "give files away",
                run("cp", "-r", home.toString(), classes.resolve("home").toString()));
        String path = readable(classes);
        assertThat(asNobody(path, classes.resolve("home"))).isEqualTo("" + ErrorNumbers.STORAGE_FORBIDDEN);
        run("chown", "-R", "65534:65534", classes.resolve("home").toString());
        run("chown", "-R", "0:0", classes.resolve("home/orders").toString());
        assertThat(asNobody(path, classes.resolve("home"))).isEqualTo("" + ErrorNumbers.STORAGE_FORBIDDEN);
        run("chown", "-R", "65534:65534", classes.resolve("home").toString());
        assertThat(asNobody(path, classes.resolve("home"))).isEqualTo("1 messages");
    }

    /** A class path that everybody may read. */
    private static String readable(Path directory) throws Exception {
        List<String> copies = new ArrayList<>();
        for (String each : System.getProperty("java.class.path").split(":")) {
            if (each.contains("derby")
                    || each.contains("parley")
                    || each.endsWith("/classes")
                    || each.endsWith("/test-classes")) {
                String copy = directory
                        .resolve("cp" + copies.size() + (each.endsWith(".jar") ? ".jar" : ""))
                        .toString();
                run("cp", "-r", each, copy);
                copies.add(copy);
            }
        }
        run("chmod", "-R", "a+rX", directory.toString());
        return String.join(":", copies);
    }

    private static String asNobody(String classPath, Path home) throws Exception {
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--reuid",
                        "65534",
                        "--regid",
                        "65534",
                        "--clear-groups",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Opener.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }

    /** Opens a home and says what it has found there. */
    static final class Opener {

        private Opener() {}

        /** Takes the home. */
        public static void main(String[] arguments) {
            try (Parley parley = Parley.open(Path.of(arguments[0]))) {
                System.out.println(messages(parley) + " messages");
            } catch (BrokerException e) {
                System.out.println(e.number());
            }
        }
    }
}
