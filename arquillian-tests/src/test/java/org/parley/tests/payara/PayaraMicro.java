package org.parley.tests.payara;

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

/**
 * The files of one Payara Micro with the adapter and the second resource, which can be started again and again with the
 * example's command files.
 */
final class PayaraMicro {

    private static final String PACKED_ADAPTER = "${com.sun.aas.instanceRoot}/config/parley.rar";

    private final String work;
    private final Path base;

    /** A new one, in a directory to write in. */
    PayaraMicro(String work) {
        this.work = work;
        this.base = Places.emptied(work);
        SecondResource.jar(base);
        Places.write(base.resolve("post-boot.txt"), postBoot());
    }

    /** The example's commands, and those that give the application its second resource. */
    private List<String> postBoot() {
        try {
            String commands = Files.readString(shipped("post-boot.txt"))
                    .replace(PACKED_ADAPTER, Places.archive("parley.rar").toString());
            return List.of(
                    commands,
                    "create-jdbc-connection-pool --datasourceclassname " + SecondResource.TYPE
                            + " --restype javax.sql.XADataSource --steadypoolsize 0 --property databaseName="
                            + file("second") + " second",
                    "create-jdbc-resource --connectionpoolid second " + SecondResource.NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path shipped(String file) {
        return Path.of(System.getProperty("parley.micro.commands"), file);
    }

    /** A file of its own. */
    Path file(String name) {
        return base.resolve(name);
    }

    /** Starts it with applications, in a directory for what it prints. */
    ServerProcess start(String name, int port, Path... applications) {
        Map<String, Path> files = Map.of(
                "payara-micro.jar", Places.archive("payara-micro.jar"),
                "pre-boot.txt", shipped("pre-boot.txt"),
                "post-boot.txt", file("post-boot.txt"),
                "app.war", applications[0]);
        List<String> arguments = new ArrayList<>(List.of("-Dparley.home=" + file("home")));
        Stream.of(new ManualPage("payara-micro.md")
                        .block("sh", "start command")
                        .get(0)
                        .split(" "))
                .skip(1)
                .map(word -> files.containsKey(word) ? files.get(word).toString() : word)
                .forEach(arguments::add);
        arguments.addAll(List.of(
                "--disablephonehome",
                "--port",
                Integer.toString(port),
                "--addlibs",
                file(SecondResource.JAR).toString()));
        Stream.of(applications)
                .skip(1)
                .flatMap(application -> Stream.of("--deploy", application.toString()))
                .forEach(arguments::add);
        return ServerProcess.start(Places.emptied(work + "/" + name), arguments);
    }
}
