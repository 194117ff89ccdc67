package org.parley.tests.liberty;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.parley.tests.crash.CrashArchives;
import org.parley.tests.crash.CrashSuite;
import org.parley.tests.crash.app.Stop;
import org.parley.tests.server.ServerProcess;

/** On Open Liberty. */
class CrashIT extends CrashSuite {

    private final LibertyServer server = new LibertyServer("crash-liberty", "server.xml apart")
            .with("parley.rar")
            .withSecondResource();

    CrashIT() {
        super(Pattern.compile("CWWKF0011I: .* started in ([\\d.,]+) (s)econds"));
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
    }

    @Override
    protected Path home() {
        return server.file("parley-home");
    }

    @Override
    protected ServerProcess start(String name) {
        return server.start(name, port(), "-D" + Stop.REVERSED + "=true");
    }
}
