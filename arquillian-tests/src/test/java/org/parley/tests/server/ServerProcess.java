package org.parley.tests.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.parley.tests.Until;

/**
 * A server in a JVM of its own, the same JVM that the tests run on. What it prints goes to a file. It is killed when it
 * is closed, and when this JVM ends.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    private static final Duration LONGEST_END = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final BufferedWriter input;
    private final Thread killer;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.killer = new Thread(process::destroyForcibly, "server-process-killer");
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /** Starts {@code java} with these arguments in an existing directory. */
    public static ServerProcess start(Path directory, List<String> arguments) {
        return start(directory, Map.of(), arguments);
    }

    /** The same with variables added to the environment. */
    public static ServerProcess start(Path directory, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(tool("java").toString());
        command.add("-Xmx512m");
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(arguments);
        Path log = directory.resolve("server.log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new ServerProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    /** Everything that it has printed. */
    public String printed() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines in which it has printed a text. */
    public List<String> printed(String text) {
        return printed().lines().filter(line -> line.contains(text)).toList();
    }

    /** Where it prints. */
    public Path log() {
        return log;
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it serves an application. */
    public void serves(Page application) {
        Until.holds("the page is served; see " + log, LONGEST_START, () -> isServed(application));
    }

    private boolean isServed(Page application) {
        if (!isAlive()) {
            throw new AssertionError("The server has ended; see " + log);
        }
        try {
            return application.get("").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** Writes a line to its standard input. */
    public void tell(String line) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The server doesn't listen any more; see " + log + ".", e);
        }
    }

    /** Lets it stand for some time, in which it must not end. */
    public void stands(Duration time) throws InterruptedException {
        if (process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("The server has ended; see " + log + ".");
        }
    }

    /** Activations of its beans, over JMX. */
    public ActivationBeans activations() {
        return ActivationBeans.of(process.pid());
    }

    /** CPU time of the whole JVM. */
    public Duration cpuTime() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** What {@code jcmd} says of it. */
    public List<String> diagnose(String... command) {
        List<String> words = new ArrayList<>();
        words.add(tool("jcmd").toString());
        words.add(Long.toString(process.pid()));
        words.addAll(List.of(command));
        try {
            Process jcmd = new ProcessBuilder(words).redirectErrorStream(true).start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(jcmd.getInputStream(), StandardCharsets.UTF_8))) {
                List<String> answer = lines.lines().toList();
                if (jcmd.waitFor() != 0) {
                    throw new AssertionError(words + ": " + answer);
                }
                return answer;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has ended by itself, without an error. */
    public void succeeds() {
        ends();
        if (process.exitValue() != 0) {
            throw new AssertionError("It has ended with " + process.exitValue() + "; see " + log + ".");
        }
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        ends();
    }

    /** Has it end in order, as {@code kill} does, and waits until it is gone. */
    public void stop() {
        process.destroy();
        ends();
    }

    private void ends() {
        try {
            process.onExit().get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("Process " + process.pid() + " doesn't end.", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
