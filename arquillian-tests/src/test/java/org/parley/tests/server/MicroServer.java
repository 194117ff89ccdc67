package org.parley.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.parley.tests.Until;
import org.parley.tests.launcher.MicroConsole;

/** A Payara Micro that takes administration commands while it runs; deploys and undeploys. */
public final class MicroServer implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final ServerProcess process;
    private final int port;
    private int answered;

    private MicroServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one without any application. */
    public static MicroServer start(Path directory) {
        Path jar = Places.archive("payara-micro.jar");
        int port = FreePort.find();
        List<String> arguments = new ArrayList<>(openings(jar));
        arguments.add("-cp");
        arguments.add(jar + System.getProperty("path.separator") + console(directory));
        arguments.add(MicroConsole.class.getName());
        arguments.add(Integer.toString(port));
        arguments.add(MicroCommands.LOOPBACK);
        MicroServer server = new MicroServer(ServerProcess.start(directory, arguments), port);
        server.nextAnswer();
        return server;
    }

    /** The jar's manifest opens packages, but only to {@code java -jar}. */
    private static List<String> openings(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes manifest = file.getManifest().getMainAttributes();
            List<String> options = new ArrayList<>();
            for (String option : List.of("Add-Opens", "Add-Exports")) {
                for (String name : manifest.getValue(option).split(" ")) {
                    options.add("--" + option.toLowerCase(Locale.ROOT) + "=" + name + "=ALL-UNNAMED");
                }
            }
            return options;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The console alone: classes of applications must not be found beside it. */
    private static Path console(Path directory) {
        Path jar = directory.resolve("console.jar");
        ShrinkWrap.create(JavaArchive.class)
                .addClass(MicroConsole.class)
                .as(ZipExporter.class)
                .exportTo(jar.toFile(), true);
        return jar;
    }

    /** Runs a command, which must succeed. */
    public String run(List<String> words) {
        String answer = tell(words);
        if (!answer.startsWith("SUCCESS")) {
            throw new AssertionError(words + ": " + answer);
        }
        return answer;
    }

    /** Runs a command, which must fail. */
    public String runFailing(List<String> words) {
        String answer = tell(words);
        if (!answer.startsWith("FAILURE")) {
            throw new AssertionError(words + ": " + answer);
        }
        return answer;
    }

    private String tell(List<String> words) {
        process.tell(String.join("\t", words));
        return nextAnswer();
    }

    private String nextAnswer() {
        int wanted = ++answered;
        Until.holds(
                "answer number " + wanted + " of the server",
                LONGEST,
                () -> answers().size() >= wanted);
        return answers().get(wanted - 1);
    }

    /** The answers that are printed completely. */
    private List<String> answers() {
        String printed = process.printed();
        String complete = printed.substring(0, printed.lastIndexOf('\n') + 1);
        return complete.lines()
                .filter(line -> line.startsWith(MicroConsole.ANSWER))
                .map(line -> line.substring(MicroConsole.ANSWER.length()))
                .toList();
    }

    /** Its process. */
    public ServerProcess process() {
        return process;
    }

    /** Address of an application. */
    public URI application(String context) {
        return URI.create("http://127.0.0.1:" + port + "/" + context + "/");
    }

    @Override
    public void close() {
        process.close();
    }
}
