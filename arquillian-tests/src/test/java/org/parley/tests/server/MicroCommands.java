package org.parley.tests.server;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Payara Micro is told so that Parley and its two connection factories are there before an application is. Each
 * command is a list of words.
 */
public final class MicroCommands {

    /** Setting: no socket but on the loopback interface. */
    public static final String LOOPBACK =
            "configs.config.server-config.network-config.network-listeners.network-listener.http-listener"
                    + ".address=127.0.0.1";

    private static final String BROKER = "eis/parley";
    private static final String DATA = "eis/parleyData";

    private MicroCommands() {}

    /** The adapter on a home directory, with pools for {@code eis/parley} and {@code eis/parleyData}. */
    public static List<List<String>> adapter(Path home) {
        return Stream.of(
                        Stream.of(List.of(
                                "create-resource-adapter-config",
                                "--property",
                                "home=" + home + ":databases=parley",
                                "parley")),
                        Stream.of(List.of(
                                "deploy",
                                "--name",
                                "parley",
                                Places.archive("parley.rar").toString())),
                        factory(BROKER, "org.parley.BrokerConnectionFactory"),
                        factory(DATA, "javax.sql.DataSource"))
                .flatMap(commands -> commands)
                .toList();
    }

    private static Stream<List<String>> factory(String name, String type) {
        return Stream.of(
                List.of(
                        "create-connector-connection-pool",
                        "--raname",
                        "parley",
                        "--connectiondefinition",
                        type,
                        "--transactionsupport",
                        "XATransaction",
                        "--steadypoolsize",
                        "0",
                        pool(name)),
                List.of("create-connector-resource", "--poolname", pool(name), name));
    }

    private static String pool(String name) {
        return name.substring(name.indexOf('/') + 1) + "Pool";
    }

    /** Writes the two command files that {@code arquillian.xml} names. */
    public static void write(Path home) {
        Path directory = Places.emptied("payara");
        Places.write(directory.resolve("before.asadmin"), List.of("set " + LOOPBACK));
        Places.write(directory.resolve("boot.asadmin"), lines(adapter(home)));
    }

    private static List<String> lines(List<List<String>> commands) {
        return commands.stream().map(words -> String.join(" ", words)).toList();
    }
}
