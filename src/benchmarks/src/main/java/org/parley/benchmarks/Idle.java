package org.parley.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CPU time of a server that has nothing to do, and of an empty JVM beside it. Each is a process of its own; all run at
 * the same time, since none should use any.
 */
final class Idle implements Line {

    private static final int MOST_OF_EACH = 3;

    @Override
    public String id() {
        return "idle";
    }

    @Override
    public String title() {
        return "nothing to do, " + IdleProgram.QUEUES + " activated queues";
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        List<Process> servers = new ArrayList<>();
        List<Process> empty = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(MOST_OF_EACH, course.rounds()); i++) {
                servers.add(start(course, course.folder().resolve("idle-" + i)));
                empty.add(start(course, null));
            }
            return List.of(figure("parley", servers, course), figure("empty JVM", empty, course));
        } finally {
            servers.forEach(Process::destroyForcibly);
            empty.forEach(Process::destroyForcibly);
        }
    }

    private static Process start(Course course, Path home) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                IdleProgram.class.getName(),
                String.valueOf(course.idle().toSeconds())));
        if (home != null) {
            command.add(home.toString());
        }
        return new ProcessBuilder(command)
                .redirectError(Redirect.INHERIT)
                .redirectInput(new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null"))
                .start();
    }

    private Figure figure(String contender, List<Process> processes, Course course) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (Process process : processes) {
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("An idle process ended with " + process.exitValue() + ": " + answer);
            }
            millis.add(Long.parseLong(answer) / 1e6);
        }
        Spread spread = Spread.of(millis);
        return new Figure(id(), title(), 0, contender)
                .with("seconds", course.idle().toSeconds())
                .with("cpu_ms", spread.median())
                .with("cpu_ms_lowest", spread.lowest())
                .with("cpu_ms_highest", spread.highest());
    }
}
