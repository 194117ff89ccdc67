package org.parley.testkit.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Life} as its parent sees it. */
final class Child implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    Child(CrashHome home, Path log, long seed, List<String> death) throws IOException {
        errors = home.root().resolve("child.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Life.class.getName(),
                home.root().toString(),
                log.toString(),
                String.valueOf(seed)));
        command.addAll(death);
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Waits until it works; gives what it says then. */
    String[] awaitWork() throws IOException {
        String line = out.readLine();
        if (line == null || !line.startsWith(Life.WORKS)) {
            throw new AssertionError("A child did not get to work: " + Files.readString(errors));
        }
        return line.split(" ");
    }

    /** Lets it live for so long; says whether it has ended by itself. */
    boolean livesFor(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** Kills it, if it lives still; returns when it is gone. */
    @Override
    public void close() throws IOException {
        process.toHandle().destroyForcibly();
        process.onExit().join();
        out.close();
    }
}
