package org.parley.tests.payara;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashSuite;
import org.parley.tests.server.Places;
import org.parley.tests.server.ServerProcess;

/** On Payara Micro, started with the example's command files. */
class CrashIT extends CrashSuite {

    private final PayaraMicro server = new PayaraMicro("crash-payara");
    private final Path archives = Places.emptied("crash-payara/archives");
    private final Path application = CrashArchives.application(archives);
    private final Path desk = CrashArchives.desk(archives);

    CrashIT() {
        super(Pattern.compile("Payara Micro .* ready in ([\\d,]+) \\((ms)\\)"));
    }

    @Override
    protected Path home() {
        return server.file("home");
    }

    @Override
    protected ServerProcess start(String name) {
        return server.start(name, port(), application, desk);
    }
}
