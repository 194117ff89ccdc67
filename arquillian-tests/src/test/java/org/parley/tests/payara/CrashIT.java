package org.parley.tests.payara;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashRounds;
import org.parley.tests.crash.CrashServer;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.FreePort;
import org.parley.tests.server.Places;

/** A whole Payara Micro, started with the example's command files, is killed between the two phases and under load. */
@Shows(Feature.CRASH)
class CrashIT {

    private static final int KILLS = Integer.getInteger("kills.payara", 1);
    private static final Pattern READY = Pattern.compile("Payara Micro .* ready in ([\\d,]+) \\((ms)\\)");

    private final PayaraMicro server = new PayaraMicro("crash-payara");
    private final Path archives = Places.emptied("crash-payara/archives");
    private final Path application = CrashArchives.application(archives);
    private final Path desk = CrashArchives.desk(archives);

    @Test
    void nothingIsLostWhenKilledBetweenThePhasesOrStoppedAtWork() throws InterruptedException {
        try (CrashRounds rounds = new CrashRounds(server.file("home"), this::start, System.nanoTime())) {
            rounds.run(KILLS);
        }
    }

    private CrashServer start(String name) {
        int port = FreePort.find();
        return new CrashServer(
                server.start(name, port, application, desk), URI.create("http://127.0.0.1:" + port + "/crash/"), READY);
    }
}
