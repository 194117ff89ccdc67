package org.parley.tests.crash;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.FreePort;
import org.parley.tests.server.ServerProcess;

/** A whole server is killed between the two phases and under load. A normal build does so once, {@code -Dkills} more often. */
@Shows(Feature.CRASH)
public abstract class CrashSuite {

    private static final int KILLS = Integer.getInteger("kills", 1);

    private final Pattern ready;
    private final int port = FreePort.find();

    /**
     * On a server that prints a line when its start is over, which has in its first group the time that it took, and in its
     * second the unit of that: s, or else milliseconds.
     */
    protected CrashSuite(Pattern ready) {
        this.ready = ready;
    }

    /** Parley's home. */
    protected abstract Path home();

    /**
     * Starts the server on the port with what an earlier start has left; the first time with the adapter, the second resource
     * and both applications. The name is that of a directory for what it prints.
     */
    protected abstract ServerProcess start(String name);

    /** Where the applications are served. */
    protected final int port() {
        return port;
    }

    /** Waits until a start is over in which the adapter couldn't start, where the line of the start comes sooner. */
    protected void overInVain(ServerProcess process) {}

    /**
     * What an operator has to do before a start in which the adapter may be missing. Where the server keeps what it has
     * decided for a resource that isn't there when it recovers, that is nothing.
     */
    protected void saveDecisions() {}

    /** What an operator has to do between a kill and the next start. Where the server recovers, that is nothing. */
    protected void operate() {}

    @Test
    void nothingIsLostWhenKilledBetweenThePhasesOrStoppedAtWork() throws InterruptedException {
        try (CrashRounds rounds = new CrashRounds(this, System.nanoTime())) {
            rounds.run(KILLS);
        }
    }

    /** Starts the server, tells what is in doubt in both resources when the applications are served, and ends it. */
    protected final String inDoubtAfter(String start) {
        try (CrashServer server = started(start)) {
            server.serves();
            String inDoubt = server.text("?do=state");
            server.process().stop();
            return inDoubt;
        }
    }

    final CrashServer started(String name) {
        return new CrashServer(start(name), URI.create("http://127.0.0.1:" + port + "/crash/"), ready);
    }
}
