package org.parley.tests.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.parley.tests.Until;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.AsadminServer;
import org.parley.tests.server.Places;
import org.parley.tests.server.ServerProcess;

/** In a domain, set up for recovery by the commands of the manual. */
@Shows(value = Feature.CRASH, as = "tested, [with the log saved](glassfish.md#absent)")
public abstract class AsadminCrashSuite extends CrashSuite {

    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    private static final String NOT_DEPLOYED = "NCLS-CORE-00041";

    /** Of the transactions. */
    private static final String LOG = "logs/server/tx";

    private static final String SAVED = "crash-decisions";

    private final AsadminServer server;
    private boolean deployed;
    private boolean saved;

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
    protected final void saveDecisions() {
        Places.copy(server.file(LOG), Places.emptied(SAVED));
        saved = true;
    }

    /** The start in vain may have come far enough to recover without the adapter: then its log is empty. */
    @Override
    protected final void operate() {
        if (saved) {
            Places.delete(server.file(LOG));
            Places.copy(Places.work(SAVED), server.file(LOG));
            saved = false;
        }
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
