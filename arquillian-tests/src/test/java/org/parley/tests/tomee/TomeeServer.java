package org.parley.tests.tomee;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.parley.tests.manual.ManualPage;
import org.parley.tests.server.Places;
import org.parley.tests.server.SecondResource;
import org.parley.tests.server.ServerProcess;

/** The files of one TomEE, which can be started again and again: its {@code tomee.xml} is the manual's. */
final class TomeeServer {

    private static final ManualPage PAGE = new ManualPage("tomee.md");
    static final Path HOME = Path.of(System.getProperty("tomee.home"));
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.io",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.rmi/sun.rmi.transport");
    private static final String CONNECTOR = "<Connector port=\"8080\"";
    private static final String SHUTDOWN = "<Server port=\"8005\"";

    private final String work;
    private final Path base;

    /** A new one, in a directory to write in. */
    TomeeServer(String work) {
        this.work = work;
        Places.emptied(work);
        this.base = Places.emptied(work + "/base");
        for (String directory : List.of("apps", "lib", "webapps", "logs", "temp", "work")) {
            Places.emptied(work + "/base/" + directory);
        }
        Path conf = base.resolve("conf");
        Places.copy(HOME.resolve("conf"), conf);
        Places.write(conf.resolve("tomee.xml"), PAGE.block("xml", "tomee.xml"));
        Places.write(conf.resolve("system.properties"), PAGE.block("properties", "system.properties"));
    }

    /** A file of its own. */
    Path file(String name) {
        return base.resolve(name);
    }

    /** Has it deploy what comes, and undeploy what goes, while it runs, and forget that. */
    TomeeServer watching() {
        Places.write(
                file("conf/tomee.xml"),
                PAGE.block("xml", "tomee.xml").stream()
                        .flatMap(line -> line.contains("<Deployments")
                                ? PAGE.block("xml", "autodeploy").stream()
                                : Stream.of(line))
                        .toList());
        Places.write(
                file("conf/system.properties"),
                Stream.of("system.properties", "idle")
                        .flatMap(block -> PAGE.block("properties", block).stream())
                        .toList());
        return this;
    }

    /** Adds the second resource. */
    TomeeServer withSecondResource() {
        SecondResource.jar(file("lib"));
        List<String> configuration = new ArrayList<>(PAGE.block("xml", "tomee.xml"));
        configuration.add(configuration.size() - 1, """
                <Resource id="secondXa" type="javax.sql.XADataSource" class-name="%s">
                  DatabaseName = %s
                </Resource>
                <Resource id="second" type="DataSource">
                  XaDataSource = secondXa
                  UserName = app
                  Password = app
                </Resource>
                """.formatted(SecondResource.TYPE, file("second")));
        Places.write(file("conf/tomee.xml"), configuration);
        return this;
    }

    /** Adds an archive of the build. */
    TomeeServer with(String archive) {
        try {
            Files.copy(Places.archive(archive), base.resolve("apps").resolve(archive));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes an archive away. A server that runs undeploys it. */
    void without(String archive) {
        try {
            Files.delete(file("apps").resolve(archive));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, in a directory for what it prints, as {@code bin/catalina.sh run} does. */
    ServerProcess start(String name, int port) {
        listen(port);
        List<String> arguments = new ArrayList<>();
        arguments.add("-javaagent:" + HOME.resolve("lib/openejb-javaagent.jar"));
        OPENED.forEach(opened -> arguments.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        arguments.addAll(List.of(
                "-Dcatalina.home=" + HOME,
                "-Dcatalina.base=" + base,
                "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-cp",
                HOME.resolve("bin/bootstrap.jar")
                        + System.getProperty("path.separator")
                        + HOME.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        return ServerProcess.start(Places.emptied(work + "/" + name), arguments);
    }

    /** The shipped configuration, but on one port of the loopback interface. */
    private void listen(int port) {
        try {
            String shipped = Files.readString(HOME.resolve("conf/server.xml"));
            if (!shipped.contains(CONNECTOR) || !shipped.contains(SHUTDOWN)) {
                throw new IllegalStateException("TomEE's server.xml has other ports than 8005 and 8080.");
            }
            Files.writeString(
                    base.resolve("conf/server.xml"),
                    shipped.replace(SHUTDOWN, "<Server port=\"-1\"")
                            .replace(CONNECTOR, "<Connector address=\"127.0.0.1\" port=\"" + port + "\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
