package org.parley.tests.wildfly;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashSuite;
import org.parley.tests.manual.ManualPage;
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
        List<String> properties = new ManualPage("wildfly.md").block("properties", "sooner recovery");
        return server.start(name, port(), properties.toArray(String[]::new));
    }
}
