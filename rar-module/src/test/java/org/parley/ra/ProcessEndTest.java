package org.parley.ra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a process of its own, since the end of this one can't be looked at. */
class ProcessEndTest {

    /** Leaves one task for its end, and takes another one back. */
    public static final class Ending {

        private static final ProcessEnd LATE = ProcessEnd.runs(() -> {});

        private Ending() {}

        public static void main(String[] arguments) {
            ProcessEnd.runs(() -> System.out.println("kept"));
            ProcessEnd.runs(() -> System.out.println("taken back")).close();
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> System.out.println(failure));
            for (String ending : arguments) {
                Runtime.getRuntime().addShutdownHook(new Thread(LATE::close, ending));
            }
            System.out.println("ends");
        }
    }

    @Test
    void whatWasNotTakenBackRunsAtTheEnd() throws Exception {
        assertThat(printed()).containsExactly("ends", "kept");
    }

    @Test
    void whatIsTakenBackWhileTheProcessEndsDoesNoHarm() throws Exception {
        assertThat(printed("late")).containsExactly("ends", "kept");
    }

    private static List<String> printed(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
