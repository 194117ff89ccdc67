package org.parley.tests.crash;

import java.nio.file.Path;
import java.util.List;
import org.parley.tests.server.AsadminServer;
import org.parley.tests.server.Places;
import org.parley.tests.server.ServerProcess;

/** In a domain, set up for recovery by the commands of the manual. */
public abstract class AsadminCrashSuite extends CrashSuite {

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
