package org.parley.tests.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.parley.tests.Until;
import org.parley.tests.server.AsadminServer;
import org.parley.tests.server.Places;
import org.parley.tests.server.ServerProcess;

/** In a domain, set up for recovery by the commands of the manual. */
public abstract class AsadminCrashSuite extends CrashSuite {

    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    private static final String NOT_DEPLOYED = "NCLS-CORE-00041";

    private final AsadminServer server;
    private boolean deployed;

    protected AsadminCrashSuite(AsadminServer.Product product) {
        super(AsadminServer.READY);
        this.server = new AsadminServer(product, "crash", port());
    }

    @Override
    protected final Path home() {
        return server.file("parley-home");
    }

    /** Payara tells of its start before it deploys: neither the adapter nor what needs it are to be there. */
    @Override
    protected final void overInVain(ServerProcess process) {
        Until.holds(
                "all are tried; see " + process.log(),
                LONGEST_START,
                () -> process.printed(NOT_DEPLOYED).size() == 3);
    }

    @Override
    protected final ServerProcess start(String name) {
        if (deployed) {
            return server.start(name);
        }
        deployed = true;
        ServerProcess process = server.startApart(name, "recovery");
        Path archives = Places.emptied("crash-archives");
        for (Path archive : List.of(CrashArchives.application(archives), CrashArchives.desk(archives))) {
            server.asadmin(List.of("deploy", archive.toString()));
        }
        return process;
    }
}
