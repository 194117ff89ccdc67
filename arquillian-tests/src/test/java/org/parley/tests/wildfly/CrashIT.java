package org.parley.tests.wildfly;

import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashRounds;
import org.parley.tests.crash.CrashServer;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.FreePort;
import org.parley.tests.server.ServerProcess;

/** A whole WildFly is killed between the two phases and under load. */
@Shows(Feature.CRASH)
class CrashIT {

    private static final int KILLS = Integer.getInteger("kills.wildfly", 1);
    private static final Pattern READY = Pattern.compile("WFLYSRV002[56]: .* in (\\d+)(ms)");

    private final WildFlyServer server =
            new WildFlyServer("crash-wildfly").with("parley.rar").withSecondResource();

    @Test
    void nothingIsLostWhenKilledBetweenThePhasesOrStoppedAtWork() throws InterruptedException {
        CrashArchives.application(server.deployments());
        CrashArchives.desk(server.deployments());
        try (CrashRounds rounds = new CrashRounds(server.file("data/parley-home"), this::start, System.nanoTime())) {
            rounds.run(KILLS);
        }
    }

    private CrashServer start(String name) {
        int port = FreePort.find();
        ServerProcess process = server.start(
                name,
                port,
                "-Dcom.arjuna.ats.arjuna.recovery.periodicRecoveryPeriod=5",
                "-Dcom.arjuna.ats.arjuna.recovery.recoveryBackoffPeriod=1",
                "-Dcom.arjuna.ats.jta.orphanSafetyInterval=1000");
        return new CrashServer(process, URI.create("http://127.0.0.1:" + port + "/crash/"), READY);
    }
}
