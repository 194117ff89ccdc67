package org.parley.tests.wildfly;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.parley.tests.manual.ManualPage;
import org.parley.tests.server.FreePort;
import org.parley.tests.server.Places;
import org.parley.tests.server.SecondResource;
import org.parley.tests.server.ServerProcess;

/**
 * The files of one WildFly, which can be started again and again. It validates archives strictly: an adapter with an error
 * or a warning isn't deployed.
 */
final class WildFlyServer {

    private static final ManualPage PAGE = new ManualPage("wildfly.md");
    private static final Path HOME = Path.of(System.getProperty("wildfly.home"));
    private static final String ADAPTER = "parley.rar";
    private static final String FACTORIES = "META-INF/ironjacamar.xml";
    private static final String BEHIND_PROPERTIES = "<transaction-support>";
    private static final String CONFIGURATION = "configuration/standalone-full.xml";
    private static final String AS_SHIPPED = "fail-on-error=\"true\" fail-on-warn=\"false\"";
    private static final String STRICT = "fail-on-error=\"true\" fail-on-warn=\"true\"";
    private static final String LOOKS_SELDOM = "scan-interval=\"5000\"";
    private static final String LOOKS_OFTEN = "scan-interval=\"500\"";
    private static final Pattern SOCKET = Pattern.compile("(<socket-binding name=\"([^\"]+)\".* port=\")[^\"]+");
    private static final List<String> OPENED =
            List.of("lang", "lang.invoke", "lang.reflect", "io", "net", "security", "util", "util.concurrent");

    private final String work;
    private final Path base;
    private final List<String> commands = new ArrayList<>();

    /** A new one, in a directory to write in. */
    WildFlyServer(String work) {
        this.work = work;
        Places.emptied(work);
        this.base = Places.work(work + "/base");
        Places.copy(HOME.resolve("standalone/configuration"), Places.emptied(work + "/base/configuration"));
        Places.emptied(work + "/base/deployments");
    }

    /** A file of its own. */
    Path file(String name) {
        return base.resolve(name);
    }

    /** Where WildFly looks for applications. */
    Path deployments() {
        return file("deployments");
    }

    /** Adds an archive of the build. */
    WildFlyServer with(String archive) {
        try {
            Files.copy(Places.archive(archive), deployments().resolve(archive));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the adapter with properties as in a block of the manual. */
    WildFlyServer withAdapterAsInManual(String block) {
        ResourceAdapterArchive adapter = ShrinkWrap.createFromZipFile(
                ResourceAdapterArchive.class, Places.archive(ADAPTER).toFile());
        ByteArrayOutputStream shipped = new ByteArrayOutputStream();
        try (InputStream content = adapter.get(FACTORIES).getAsset().openStream()) {
            content.transferTo(shipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String properties = String.join("\n", PAGE.block("xml", block));
        Asset changed = new StringAsset(shipped.toString(StandardCharsets.UTF_8)
                .replace(BEHIND_PROPERTIES, properties + "\n" + BEHIND_PROPERTIES));
        Places.write(deployments(), adapter.add(changed, FACTORIES));
        return this;
    }

    /** Takes an archive away. A server that runs undeploys it. */
    void without(String archive) {
        try {
            Files.delete(deployments().resolve(archive));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the second resource. */
    WildFlyServer withSecondResource() {
        SecondResource.jar(deployments());
        try (InputStream shipped = WildFlyServer.class.getResourceAsStream("/second/second-ds.xml")) {
            String definition = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    deployments().resolve("second-ds.xml"),
                    definition.replace("${second.home}", file("second").toString()));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it administered by the commands of a block in the manual, before it starts. */
    WildFlyServer administeredBy(String block) {
        commands.addAll(PAGE.block("sh", block));
        return this;
    }

    /** Starts it, in a directory for what it prints, as {@code bin/standalone.sh} does; with system properties. */
    ServerProcess start(String name, int port, String... properties) {
        configure(port);
        administer();
        List<String> arguments = new ArrayList<>();
        OPENED.forEach(opened -> arguments.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED"));
        arguments.addAll(List.of(
                "--add-opens=java.management/javax.management=ALL-UNNAMED",
                "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.home.dir=" + HOME,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.bind.address.unsecure=127.0.0.1"));
        arguments.addAll(List.of(properties));
        arguments.addAll(List.of(
                "-jar",
                HOME.resolve("jboss-modules.jar").toString(),
                "-mp",
                HOME.resolve("modules").toString(),
                "org.jboss.as.standalone"));
        Stream.of(PAGE.block("sh", "start command").get(0).split(" ")).skip(1).forEach(arguments::add);
        return ServerProcess.start(Places.emptied(work + "/" + name), arguments);
    }

    /** The shipped configuration, but on free ports, with a warning of the validator failing the deployment, and looking for archives often. */
    private void configure(int port) {
        try {
            String shipped = Files.readString(HOME.resolve("standalone").resolve(CONFIGURATION));
            if (!shipped.contains(AS_SHIPPED)) {
                throw new IllegalStateException("WildFly's standalone-full.xml has no archive validation to sharpen.");
            }
            Files.writeString(
                    file(CONFIGURATION),
                    SOCKET.matcher(shipped.replace(AS_SHIPPED, STRICT).replace(LOOKS_SELDOM, LOOKS_OFTEN))
                            .replaceAll(socket ->
                                    socket.group(1) + (socket.group(2).equals("http") ? port : FreePort.find())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code bin/jboss-cli.sh --file=} does. */
    private void administer() {
        if (commands.isEmpty()) {
            return;
        }
        Path file = Places.write(base.resolve("commands.cli"), commands);
        List<String> arguments = List.of(
                "-Djboss.server.base.dir=" + base,
                "-jar",
                HOME.resolve("jboss-modules.jar").toString(),
                "-mp",
                HOME.resolve("modules").toString(),
                "org.jboss.as.cli",
                "--file=" + file);
        try (ServerProcess console = ServerProcess.start(
                Places.emptied(work + "/administered"), Map.of("JBOSS_HOME", HOME.toString()), arguments)) {
            console.succeeds();
        }
    }
}
