package org.parley.tests.tomee;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashSuite;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.server.ServerProcess;

/** On TomEE Plus, with the adapter in the EAR, and an operator: TomEE itself asks no resource what it has in doubt. */
@Shows(value = Feature.CRASH, as = "tested, [by hand](tomee.md#recovery): TomEE doesn't recover")
class CrashIT extends CrashSuite {

    private final TomeeServer server = new TomeeServer("crash-tomee").withSecondResource();

    CrashIT() {
        super(Pattern.compile("Server startup in \\[([\\d,]+)\\] (milliseconds)"));
        CrashArchives.ear(server.file("apps"));
    }

    @Override
    protected Path home() {
        return server.file("parley-home");
    }

    @Override
    protected ServerProcess start(String name) {
        return server.start(name, port());
    }

    /** The start before shows that this is needed: all is in doubt still. */
    @Override
    protected void operate() {
        assertThat(inDoubtAfter("not-recovered")).matches("in doubt [1-9]\\d* [1-9]\\d*");
        Outcomes outcomes = Outcomes.of(server.file("."));
        outcomes.tellParley(home());
        outcomes.tellSecond(server.file("second"));
    }
}
