package org.parley.tests.liberty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.parley.tests.manual.ManualPage;
import org.parley.tests.server.Places;
import org.parley.tests.server.SecondResource;
import org.parley.tests.server.ServerProcess;

/** The files of one Open Liberty server, which can be started again and again: its {@code server.xml} is the manual's. */
final class LibertyServer {

    private static final ManualPage PAGE = new ManualPage("open-liberty.md");
    private static final Path HOME = Path.of(System.getProperty("liberty.home"));
    private static final String NAME = "defaultServer";

    private final String work;
    private final Path user;

    /** A new one, in a directory to write in. */
    LibertyServer(String work, String configuration) {
        this.work = work;
        Places.emptied(work);
        this.user = Places.emptied(work + "/usr");
        Places.emptied(work + "/usr/servers/" + NAME + "/apps");
        Places.emptied(work + "/usr/servers/" + NAME + "/configDropins/overrides");
        Places.write(file("server.xml"), PAGE.block("xml", configuration));
    }

    /** A file of its own. */
    Path file(String name) {
        return user.resolve("servers").resolve(NAME).resolve(name);
    }

    /** Where Liberty looks for applications. */
    Path applications() {
        return file("apps");
    }

    /** Adds an archive of the build. */
    LibertyServer with(String archive) {
        try {
            Files.copy(Places.archive(archive), applications().resolve(archive));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes an archive away. A server that runs undeploys it. */
    void without(String archive) {
        try {
            Files.delete(applications().resolve(archive));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds to its configuration what only the test needs. */
    LibertyServer configured(String name, String elements) {
        Places.write(
                file("configDropins/overrides/" + name + ".xml"), List.of("<server>", elements.strip(), "</server>"));
        return this;
    }

    /** Adds to its configuration an application as the manual has one. */
    LibertyServer application(String archive) {
        return configured(
                archive, String.join("\n", PAGE.block("xml", "application")).replace("orders.war", archive));
    }

    /** Adds to its configuration a block of the manual. */
    LibertyServer asInManual(String block) {
        return configured(block, String.join("\n", PAGE.block("xml", block)));
    }

    /** Adds the second resource, and the library {@code second} for applications that see its classes. */
    LibertyServer withSecondResource() {
        SecondResource.jar(applications());
        return configured(
                "second", """
                <library id="second">
                  <file name="${server.config.dir}/apps/%s"/>
                </library>
                <dataSource jndiName="%s" type="javax.sql.XADataSource">
                  <jdbcDriver libraryRef="second" javax.sql.XADataSource="%s"/>
                  <properties databaseName="%s"/>
                </dataSource>
                """.formatted(SecondResource.JAR, SecondResource.NAME, SecondResource.TYPE, file("second")));
    }

    /** Starts it, in a directory for what it prints, as {@code bin/server run} does; with system properties. */
    ServerProcess start(String name, int port, String... properties) {
        configured("port", """
                <logging consoleLogLevel="INFO"/>
                <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                """.formatted(port));
        List<String> arguments = new ArrayList<>();
        arguments.add("-javaagent:" + HOME.resolve("bin/tools/ws-javaagent.jar"));
        arguments.add("@" + HOME.resolve("lib/platform/java/java9.options"));
        arguments.addAll(List.of(properties));
        Stream.of("-jar", HOME.resolve("bin/tools/ws-server.jar").toString(), NAME)
                .forEach(arguments::add);
        return ServerProcess.start(
                Places.emptied(work + "/" + name), Map.of("WLP_USER_DIR", user.toString()), arguments);
    }
}
