package org.parley.tests.payara;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.parley.tests.Until;
import org.parley.tests.payara.ladder.Exchange;
import org.parley.tests.server.MicroCommands;
import org.parley.tests.server.Places;

/** Made outside the container: the ladder's application, and the commands that deploy Parley before it. */
final class LadderArchive {

    private LadderArchive() {}

    static WebArchive create() {
        MicroCommands.write(Places.emptied("ladder-home"));
        return ShrinkWrap.create(WebArchive.class, "ladder.war")
                .addClass(Until.class)
                .addPackage(Exchange.class.getPackage())
                .addAsLibrary(jarOf(Assertions.class).toFile());
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
