package org.parley.testkit.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.parley.spi.BrokerClock;

/**
 * Where an application keeps what outlives its process.
 *
 * @param root the directory of it all
 * @param start since when its time runs fast
 */
public record CrashHome(Path root, Instant start) {

    private static final String START = "start";

    /** The home in a directory: as it was left, or a new one. */
    public static CrashHome in(Path root) throws IOException {
        Path file = root.resolve(START);
        if (!Files.exists(file)) {
            Files.createDirectories(root);
            BrokerClock clock = BrokerClock.system();
            Files.writeString(file, clock.instant().toString());
            clock.close();
        }
        return new CrashHome(root, Instant.parse(Files.readString(file)));
    }

    /** Home of Parley's server. */
    Path broker() {
        return root.resolve("broker");
    }

    /** The application's own database. */
    Path ownDatabase() {
        return root.resolve("own");
    }

    /** The transaction manager's log. */
    Path transactions() {
        return root.resolve("transactions");
    }

    /** What was acknowledged. */
    Path acknowledged() {
        return root.resolve("acknowledged");
    }
}
