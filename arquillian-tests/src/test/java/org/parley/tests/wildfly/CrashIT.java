package org.parley.tests.wildfly;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashSuite;
import org.parley.tests.server.ServerProcess;

/** On WildFly. */
class CrashIT extends CrashSuite {

    private final WildFlyServer server =
            new WildFlyServer("crash-wildfly").with("parley.rar").withSecondResource();

    CrashIT() {
        super(Pattern.compile("WFLYSRV002[56]: .* in (\\d+)(ms)"));
        CrashArchives.application(server.deployments());
        CrashArchives.desk(server.deployments());
    }

    @Override
    protected Path home() {
        return server.file("data/parley-home");
    }

    @Override
    protected ServerProcess start(String name) {
        return server.start(
                name,
                port(),
                "-Dcom.arjuna.ats.arjuna.recovery.periodicRecoveryPeriod=5",
                "-Dcom.arjuna.ats.arjuna.recovery.recoveryBackoffPeriod=1",
                "-Dcom.arjuna.ats.jta.orphanSafetyInterval=1000");
    }
}
