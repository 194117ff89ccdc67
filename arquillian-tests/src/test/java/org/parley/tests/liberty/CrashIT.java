package org.parley.tests.liberty;

import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashRounds;
import org.parley.tests.crash.CrashServer;
import org.parley.tests.crash.app.Stop;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.FreePort;

/** A whole Open Liberty is killed between the two phases and under load. */
@Shows(Feature.CRASH)
class CrashIT {

    private static final int KILLS = Integer.getInteger("kills.liberty", 1);
    private static final Pattern READY = Pattern.compile("CWWKF0011I: .* started in ([\\d.,]+) (s)econds");

    private final LibertyServer server = new LibertyServer("crash-liberty", "server.xml apart")
            .with("parley.rar")
            .withSecondResource();

    @Test
    void nothingIsLostWhenKilledBetweenThePhasesOrStoppedAtWork() throws InterruptedException {
        CrashArchives.application(server.applications());
        CrashArchives.desk(server.applications());
        server.configured("crash", """
                <webApplication id="crash" location="crash.war">
                  <classloader classProviderRef="parley" commonLibraryRef="second"/>
                </webApplication>
                <webApplication id="desk" location="desk.war">
                  <classloader classProviderRef="parley" commonLibraryRef="second"/>
                </webApplication>
                """);
        try (CrashRounds rounds = new CrashRounds(server.file("parley-home"), this::start, System.nanoTime())) {
            rounds.run(KILLS);
        }
    }

    private CrashServer start(String name) {
        int port = FreePort.find();
        return new CrashServer(
                server.start(name, port, "-D" + Stop.REVERSED + "=true"),
                URI.create("http://127.0.0.1:" + port + "/crash/"),
                READY);
    }
}
