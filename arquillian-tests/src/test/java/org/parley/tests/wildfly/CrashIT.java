package org.parley.tests.wildfly;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashRounds;
import org.parley.tests.crash.CrashServer;
import org.parley.tests.server.Places;
import org.parley.tests.server.ServerProcess;

/** A whole WildFly is killed between the two phases and under load. */
class CrashIT {

    private static final int KILLS = Integer.getInteger("kills.wildfly", 1);
    private static final Pattern READY = Pattern.compile("WFLYSRV002[56]: .* in (\\d+)(ms)");
    private static final Path HOME = Path.of(System.getProperty("jboss.home"));
    private static final List<String> OPENED =
            List.of("lang", "lang.invoke", "lang.reflect", "io", "net", "security", "util", "util.concurrent");

    private final Path work = Places.emptied("crash-wildfly");
    private final Path base = Places.emptied("crash-wildfly/base");

    @Test
    void nothingIsLostWhenKilledBetweenThePhasesOrStoppedAtWork() throws InterruptedException {
        layOut();
        try (CrashRounds rounds = new CrashRounds(base.resolve("data/parley-home"), this::start, System.nanoTime())) {
            rounds.run(KILLS);
        }
    }

    private void layOut() {
        Path deployments = Places.emptied("crash-wildfly/base/deployments");
        Path configuration = Places.emptied("crash-wildfly/base/configuration");
        try (InputStream second = CrashIT.class.getResourceAsStream("/crash/second-ds.xml");
                Stream<Path> files = Files.list(HOME.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
            Files.copy(Places.archive("parley.rar"), deployments.resolve("parley.rar"));
            Files.copy(second, deployments.resolve("second-ds.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CrashArchives.second(deployments);
        CrashArchives.application(deployments);
        CrashArchives.desk(deployments);
    }

    private CrashServer start(String name) {
        int offset = FreshWildFly.freeOffset();
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
                "-Djboss.bind.address.unsecure=127.0.0.1",
                "-Djboss.socket.binding.port-offset=" + offset,
                "-Dcom.arjuna.ats.arjuna.recovery.periodicRecoveryPeriod=5",
                "-Dcom.arjuna.ats.arjuna.recovery.recoveryBackoffPeriod=1",
                "-Dcom.arjuna.ats.jta.orphanSafetyInterval=1000",
                "-Dsecond.home=" + work.resolve("second"),
                "-jar",
                HOME.resolve("jboss-modules.jar").toString(),
                "-mp",
                HOME.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-c",
                "standalone-full.xml"));
        ServerProcess process = ServerProcess.start(Places.emptied("crash-wildfly/" + name), arguments);
        return new CrashServer(
                process, URI.create("http://127.0.0.1:" + FreshWildFly.httpPort(offset) + "/crash/"), READY);
    }
}
