package org.parley.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Line 10: CPU time of a server that has nothing to do, and of an empty JVM. Each is a process of its own; both run at the
 * same time, since none should use any.
 */
final class Idle implements Line {

    private static final String ID = "10";
    private static final int QUEUES = 1000;
    private static final int TIMERS = 100_000;

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        Process server = start(
                course,
                course.folder().resolve(Contender.PARLEY).toString(),
                String.valueOf(course.part(QUEUES)),
                String.valueOf(course.part(TIMERS)));
        Process empty = start(course);
        try {
            double used = cpuMillis(server);
            double withoutServer = cpuMillis(empty);
            return List.of(
                    figure(course, Contender.PARLEY, used).with("cpu_ms_above_empty_jvm", used - withoutServer),
                    figure(course, "empty JVM", withoutServer));
        } finally {
            server.destroyForcibly();
            empty.destroyForcibly();
        }
    }

    private static Process start(Course course, String... server) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                IdleProgram.class.getName(),
                String.valueOf(course.idle().toSeconds())));
        command.addAll(List.of(server));
        return new ProcessBuilder(command)
                .redirectError(Redirect.INHERIT)
                .redirectInput(new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null"))
                .start();
    }

    private static double cpuMillis(Process process) throws IOException, InterruptedException {
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("An idle process ended with " + process.exitValue() + ": " + answer);
        }
        return Long.parseLong(answer) / 1e6;
    }

    private static Figure figure(Course course, String contender, double millis) {
        String work = "idle, " + course.part(QUEUES) + " activated queues, " + course.part(TIMERS) + " timers";
        return new Figure(ID, work, 0, contender)
                .with("seconds", course.idle().toSeconds())
                .with("cpu_ms", millis);
    }
}
