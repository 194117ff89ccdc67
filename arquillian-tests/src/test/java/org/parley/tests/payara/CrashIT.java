package org.parley.tests.payara;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashRounds;
import org.parley.tests.crash.CrashServer;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.FreePort;
import org.parley.tests.server.Places;
import org.parley.tests.server.ServerProcess;

/** A whole Payara Micro, started with the example's command files, is killed between the two phases and under load. */
@Shows(Feature.CRASH)
class CrashIT {

    private static final int KILLS = Integer.getInteger("kills.payara", 1);
    private static final Pattern READY = Pattern.compile("Payara Micro .* ready in ([\\d,]+) \\((ms)\\)");
    private static final String PACKED_ADAPTER = "${com.sun.aas.instanceRoot}/config/parley.rar";

    private final Path work = Places.emptied("crash-payara");

    @Test
    void nothingIsLostWhenKilledBetweenThePhasesOrStoppedAtWork() throws InterruptedException {
        CrashArchives.second(work);
        CrashArchives.application(work);
        CrashArchives.desk(work);
        Places.write(work.resolve("post-boot.txt"), postBoot());
        try (CrashRounds rounds = new CrashRounds(work.resolve("home"), this::start, System.nanoTime())) {
            rounds.run(KILLS);
        }
    }

    /** The example's commands, and those that give the application its second resource. */
    private List<String> postBoot() {
        try {
            String commands = Files.readString(shipped("post-boot.txt"))
                    .replace(PACKED_ADAPTER, Places.archive("parley.rar").toString());
            return List.of(
                    commands,
                    "create-jdbc-connection-pool --datasourceclassname org.parley.tests.crash.second.GatedDataSource"
                            + " --restype javax.sql.XADataSource --steadypoolsize 0 --property databaseName="
                            + work.resolve("second") + " second",
                    "create-jdbc-resource --connectionpoolid second jdbc/second");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path shipped(String file) {
        return Path.of(System.getProperty("parley.micro.commands"), file);
    }

    private CrashServer start(String name) {
        int port = FreePort.find();
        ServerProcess process = ServerProcess.start(
                Places.emptied("crash-payara/" + name),
                List.of(
                        "-Dparley.home=" + work.resolve("home"),
                        "-jar",
                        Places.archive("payara-micro.jar").toString(),
                        "--nohazelcast",
                        "--disablephonehome",
                        "--port",
                        Integer.toString(port),
                        "--addlibs",
                        work.resolve("second.jar").toString(),
                        "--prebootcommandfile",
                        shipped("pre-boot.txt").toString(),
                        "--postbootcommandfile",
                        work.resolve("post-boot.txt").toString(),
                        "--deploy",
                        work.resolve("crash.war").toString(),
                        "--deploy",
                        work.resolve("desk.war").toString()));
        return new CrashServer(process, URI.create("http://127.0.0.1:" + port + "/crash/"), READY);
    }
}
