package org.parley.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jline.reader.Candidate;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {

    private static final Set<String> NAMES = new TreeSet<>(Set.of("OrderQueue", "//shop/Order", "Select", "odd]name"));

    @TempDir
    Path home;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final List<String> scripts = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    private boolean type(String keys, Predicate<String> script) throws IOException {
        InputStream typed = new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8));
        try (Terminal terminal = new ExternalTerminal("test", "ansi", typed, shown, StandardCharsets.UTF_8)) {
            return new Shell(terminal, home.resolve("history"), () -> "shop", () -> NAMES).converse(script, files::add);
        }
    }

    private boolean type(String keys) throws IOException {
        return type(keys, scripts::add);
    }

    @Test
    void linesGoOutWithGo() throws IOException {
        assertThat(type("SELECT 1\rFROM t\rGO\r\rPRINT 'go'\rgo 2\rexit\rnever\rGO\r"))
                .isTrue();

        assertThat(scripts).containsExactly("SELECT 1\nFROM t\nGO", "PRINT 'go'\ngo 2");
    }

    @Test
    void theEndOfInputEndsTheSession() throws IOException {
        assertThat(type("SELECT 1\rGO\r\u0004")).isTrue();

        assertThat(scripts).containsExactly("SELECT 1\nGO");
    }

    @Test
    void aScriptMayEndTheSession() throws IOException {
        assertThat(type("SELECT 1\rGO\rSELECT 2\rGO\r", script -> {
                    scripts.add(script);
                    return false;
                }))
                .isFalse();

        assertThat(scripts).containsExactly("SELECT 1\nGO");
    }

    @Test
    void commandsOfTheSession() throws IOException {
        assertThat(type(":r some file.sql\r:R \"other.sql\"\r:help\r:what\rquit\r"))
                .isTrue();

        assertThat(files).containsExactly(Path.of("some file.sql"), Path.of("other.sql"));
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("runs the script of a file", "':what' is no command");
        assertThat(scripts).isEmpty();
    }

    @Test
    void wordsAreCompleted() throws IOException {
        assertThat(type("recei\t* FROM [//s\t;\rGO\rSELECT * FROM OrderQ\t\rGO\rexit\r"))
                .isTrue();

        assertThat(scripts).containsExactly("receive * FROM [//shop/Order] ;\nGO", "SELECT * FROM OrderQueue \nGO");
    }

    @Test
    void namesGetBracketsWhereTheyNeedThem() {
        List<Candidate> offered = new ArrayList<>();
        new WordCompleter(() -> NAMES).complete(null, Word.at("", 0), offered);

        assertThat(offered)
                .extracting(Candidate::value)
                .contains("OrderQueue", "[//shop/Order]", "[Select]", "[odd]]name]", "RECEIVE", "GO");
    }

    @Test
    void whatWasTypedIsThereInTheNextSession() throws IOException {
        type("PRINT 'first'\rGO\rexit\r");
        // up twice, over exit
        type("\u001b[A\u001b[A\rexit\r");

        assertThat(scripts).containsExactly("PRINT 'first'\nGO", "PRINT 'first'\nGO");
    }

    @Test
    void passwordsAreNotKeptAndNobodyElseReadsTheRest() throws IOException {
        type("CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'deep'\rGO\rPRINT 'kept'\rGO\rexit\r");

        Path history = home.resolve("history");
        assertThat(Files.readString(history)).contains("kept").doesNotContain("deep");
        if (history.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(history)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void ctrlCEndsTheScriptThatRunsAndNotTheSession() throws IOException {
        List<Boolean> interrupted = new ArrayList<>();
        PipedOutputStream keys = new PipedOutputStream();
        try (Terminal terminal =
                new ExternalTerminal("test", "ansi", new PipedInputStream(keys), shown, StandardCharsets.UTF_8)) {
            keys.write("forever\rGO\r".getBytes(StandardCharsets.UTF_8));
            Shell shell = new Shell(terminal, home.resolve("history"), () -> "shop", () -> NAMES);
            assertThat(shell.converse(
                            script -> {
                                interrupted.add(script.startsWith("forever") && interruptedAfterCtrlC(keys));
                                return true;
                            },
                            files::add))
                    .isTrue();
        }

        assertThat(interrupted).containsExactly(true, false);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Types Ctrl-C while a script runs, then another script and the end of the session. */
    private static boolean interruptedAfterCtrlC(PipedOutputStream keys) {
        try {
            type(keys, "\u0003");
            new CountDownLatch(1).await(30, TimeUnit.SECONDS);
            return false;
        } catch (InterruptedException e) {
            return true;
        } finally {
            type(keys, "next\rGO\rexit\r");
        }
    }

    private static void type(PipedOutputStream keys, String text) {
        try {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
