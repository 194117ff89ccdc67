package org.parley.tests.glassfish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.parley.tests.Until;
import org.parley.tests.server.FreePort;
import org.parley.tests.server.ManualPage;
import org.parley.tests.server.Places;
import org.parley.tests.server.ServerProcess;

/**
 * A domain of GlassFish, which can be started again and again, on the loopback interface alone. Administered by the
 * commands of the manual.
 */
final class GlassFishServer {

    /** Printed when its start is over, whatever has become of the applications. */
    private static final Pattern READY = Pattern.compile("startup time: .*, total \\([\\d,]+ ms\\)");

    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    private static final String NAME = "domain1";
    private static final Path HOME = Path.of(System.getProperty("glassfish.home"));
    private static final ManualPage PAGE = new ManualPage("glassfish.md");
    private static final String LISTENER_OF_ALL = "<network-listener (?![^>]*address=)";
    /** A message broker of its own would listen to everybody. */
    private static final String BROKER_ELSEWHERE = """
            <jms-service type="REMOTE" default-jms-host="none"><jms-host name="none" host="localhost"/></jms-service>
            """;

    private static final List<String> OTHER_PORTS = List.of("8181", "3700", "3820", "3920", "8686");

    private final String work;
    private final Path domain;
    private final int port;
    private final int admin = FreePort.find();

    /** A new domain, in a directory to write in, whose applications are served on a port. */
    GlassFishServer(String work, int port) {
        this.work = work;
        this.port = port;
        Places.emptied(work);
        this.domain = Places.work(work + "/" + NAME);
        Places.copy(HOME.resolve("glassfish/domains").resolve(NAME), domain);
        configure(domain.resolve("config/domain.xml"));
    }

    /** Before the first start: no socket is open to others, not even for a moment. */
    private void configure(Path file) {
        try {
            String configuration = Files.readString(file)
                    .replace("0.0.0.0", "127.0.0.1")
                    .replaceAll(LISTENER_OF_ALL, "<network-listener address=\"127.0.0.1\" ")
                    .replaceFirst("<transaction-service", BROKER_ELSEWHERE + "<transaction-service")
                    .replace("\"8080\"", "\"" + port + "\"")
                    .replace("\"4848\"", "\"" + admin + "\"");
            for (String other : OTHER_PORTS) {
                configuration = configuration.replace("\"" + other + "\"", "\"" + FreePort.find() + "\"");
            }
            Files.writeString(file, configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Version of the Derby that the server brings along. */
    static String ownDerby() throws IOException {
        try (JarFile derby = new JarFile(HOME.resolve("javadb/lib/derby.jar").toFile())) {
            return derby.getManifest().getMainAttributes().getValue("Bundle-Version");
        }
    }

    /** A file of the domain. */
    Path file(String name) {
        return domain.resolve(name);
    }

    /** Starts it, in a directory for what it prints, as {@code asadmin start-domain} does, but as a process of ours. */
    ServerProcess start(String name) {
        List<String> dump = asadmin(
                List.of("start-domain", "--domaindir", domain.getParent().toString(), "--dry-run", NAME));
        int java = dump.indexOf(dump.stream()
                .filter(line -> line.endsWith("/bin/java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No command to start the server with: " + dump)));
        return ServerProcess.start(Places.emptied(work + "/" + name), dump.subList(java + 1, dump.size()));
    }

    /** Waits until it takes commands. */
    static void awaitStart(ServerProcess process) {
        Until.holds(
                "the server has started; see " + process.log(),
                LONGEST_START,
                () -> READY.matcher(process.printed()).find());
    }

    /** Runs the commands of a block in the manual, in the directory of the archives. */
    void runBlock(String name) {
        for (String line : PAGE.block("sh", name)) {
            asadmin(Stream.of(line.split(" ")).skip(1).toList());
        }
    }

    /** Runs a command, which must succeed; gives what it prints. */
    List<String> asadmin(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("glassfish/bin/asadmin").toString());
        command.addAll(List.of("--port", Integer.toString(admin)));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of(System.getProperty("parley.deploy")).toFile())
                .redirectErrorStream(true);
        builder.environment().put("AS_JAVA", System.getProperty("java.home"));
        try {
            Process process = builder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(words + ": " + printed);
            }
            return printed.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
