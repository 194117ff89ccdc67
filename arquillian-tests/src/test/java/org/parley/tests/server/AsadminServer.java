package org.parley.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.parley.tests.Until;
import org.parley.tests.manual.ManualPage;

/**
 * A domain of GlassFish, or of Payara Server, which is made of it. It can be started again and again, on the loopback
 * interface alone, and is administered by the commands of the manual.
 */
public final class AsadminServer {

    /** What it is. */
    public enum Product {
        GLASSFISH("glassfish"),
        PAYARA_SERVER("payara-server");

        private final String name;

        Product(String name) {
            this.name = name;
        }

        /** Where it was unpacked. */
        public Path home() {
            return Path.of(System.getProperty(name + ".home"));
        }

        private ManualPage page() {
            return new ManualPage(name + ".md");
        }
    }

    /** Printed when its start is over, whatever has become of the applications; with the time that it took, and its unit. */
    public static final Pattern READY = Pattern.compile("startup time ?: .*, total ?\\(([\\d,]+) ?(ms)\\)");

    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    private static final String NAME = "domain1";
    private static final String LISTENER_OF_ALL = "<network-listener (?![^>]*address=)";
    /** A message broker of its own would listen to everybody. */
    private static final String BROKER_ELSEWHERE = """
            <jms-service type="REMOTE" default-jms-host="none"><jms-host name="none" host="localhost"/></jms-service>
            """;

    /** Instances of a domain find each other by it; it would listen to everybody. */
    private static final String CLUSTER = "<hazelcast-config-specific-configuration";

    private static final List<String> OTHER_PORTS = List.of("8181", "3700", "3820", "3920", "8686");

    private final Product product;
    private final String work;
    private final Path domain;
    private final int port;
    private final int admin = FreePort.find();

    /** A new domain, in a directory to write in, whose applications are served on a port. */
    public AsadminServer(Product product, String work, int port) {
        this.product = product;
        this.work = product.name + "-" + work;
        this.port = port;
        Places.emptied(this.work);
        this.domain = Places.work(this.work + "/" + NAME);
        Places.copy(product.home().resolve("glassfish/domains").resolve(NAME), domain);
        configure(domain.resolve("config/domain.xml"));
    }

    /** Before the first start: no socket is open to others, not even for a moment. */
    private void configure(Path file) {
        try {
            String configuration = Files.readString(file)
                    .replace("0.0.0.0", "127.0.0.1")
                    .replaceAll(LISTENER_OF_ALL, "<network-listener address=\"127.0.0.1\" ")
                    .replace(CLUSTER, CLUSTER + " enabled=\"false\"")
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

    /** A file of the domain. */
    public Path file(String name) {
        return domain.resolve(name);
    }

    /** Starts it, in a directory for what it prints, as {@code asadmin start-domain} does, but as a process of ours. */
    public ServerProcess start(String name) {
        List<String> dump = asadmin(
                List.of("start-domain", "--domaindir", domain.getParent().toString(), "--dry-run", NAME));
        int java = dump.indexOf(dump.stream()
                .filter(line -> line.endsWith("/bin/java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No command to start the server with: " + dump)));
        List<String> command = new ArrayList<>(dump.subList(java + 1, dump.size()));
        int reads = command.indexOf("-read-stdin");
        if (reads >= 0) {
            // it would wait there for passwords; a new domain has those that are known
            command.subList(reads, reads + 2).clear();
        }
        return ServerProcess.start(Places.emptied(work + "/" + name), command);
    }

    /**
     * Starts it for the first time: the commands of some blocks in the manual, then the adapter, apart, and the second resource.
     */
    public ServerProcess startApart(String name, String... blocks) {
        SecondResource.jar(file("lib"));
        ServerProcess process = start(name);
        awaitStart(process);
        runBlock("loopback only");
        Stream.concat(Stream.of(blocks), Stream.of("apart")).forEach(this::runBlock);
        asadmin(List.of(
                "create-jdbc-connection-pool",
                "--datasourceclassname",
                SecondResource.TYPE,
                "--restype",
                "javax.sql.XADataSource",
                "--steadypoolsize",
                "0",
                "--property",
                "databaseName=" + file("second"),
                "second"));
        asadmin(List.of("create-jdbc-resource", "--connectionpoolid", "second", SecondResource.NAME));
        return process;
    }

    /** Waits until it takes commands. */
    public static void awaitStart(ServerProcess process) {
        Until.holds(
                "the server has started; see " + process.log(),
                LONGEST_START,
                () -> READY.matcher(process.printed()).find());
    }

    /** Runs the commands of a block in the manual, in the directory of the archives. */
    public void runBlock(String name) {
        for (String line : product.page().block("sh", name)) {
            asadmin(Stream.of(line.split(" ")).skip(1).toList());
        }
    }

    /** Runs a command, which must succeed; gives what it prints. */
    public List<String> asadmin(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(product.home().resolve("glassfish/bin/asadmin").toString());
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
