package org.parley.ra.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/**
 * The adapter's properties, checked. Two adapter instances share a server only when all of these are equal.
 *
 * @param home absolute path of the home directory
 * @param databases broker databases to create when they are missing
 * @param definitions scripts, as given
 * @param lockTimeout longest wait for a lock
 */
public record Settings(Path home, List<String> databases, String definitions, Duration lockTimeout) {

    private static final int LONGEST_LOCK_TIMEOUT = 3600;

    /** Keeps an unmodifiable copy. */
    public Settings {
        databases = List.copyOf(databases);
    }

    /**
     * Checks the properties as they stand in the descriptor.
     *
     * @throws BrokerException {@link ErrorNumbers#BAD_PROPERTY} naming property, value and what is allowed
     */
    public static Settings of(String home, String databases, String definitions, String lockTimeoutSeconds) {
        return new Settings(
                homeOf(home),
                Stream.of((databases == null ? "" : databases).split(","))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList(),
                definitions == null ? "" : definitions.trim(),
                Duration.ofSeconds(seconds(lockTimeoutSeconds)));
    }

    /** Error of a property with a value that isn't allowed. */
    public static BrokerException refused(String property, String value, String allowed) {
        return refused(property, value, allowed, null);
    }

    /** The same with its cause. */
    public static BrokerException refused(String property, String value, String allowed, Throwable cause) {
        return new BrokerException(
                ErrorNumbers.BAD_PROPERTY,
                "Adapter property '" + property + "' is "
                        + (value == null || value.isBlank() ? "missing" : "'" + value + "'") + "; allowed is " + allowed
                        + ".",
                cause);
    }

    private static Path homeOf(String home) {
        if (home == null || home.isBlank()) {
            throw refused("home", home, "the path of a directory, absolute or relative to the server's data");
        }
        try {
            return dataDirectory().resolve(home.trim()).toAbsolutePath().normalize();
        } catch (IllegalArgumentException e) {
            throw refused("home", home, "the path of a directory: " + e.getMessage());
        }
    }

    /**
     * Where the application server keeps its data. Payara Micro's root is a temporary directory unless it was given one,
     * and goes with the process: dialogs must not, so the working directory is taken then.
     */
    private static Path dataDirectory() {
        return Stream.of("jboss.server.data.dir", "com.sun.aas.instanceRoot", "server.output.dir", "catalina.base")
                .map(System::getProperty)
                .filter(value -> value != null && !value.isBlank())
                .map(value -> Path.of(value).toAbsolutePath())
                .filter(path -> !String.valueOf(path.getFileName()).startsWith("payaramicro-"))
                .findFirst()
                .orElse(Path.of(System.getProperty("user.dir")));
    }

    private static int seconds(String value) {
        try {
            int seconds = Integer.parseInt(value == null ? "" : value.trim());
            if (seconds >= 1 && seconds <= LONGEST_LOCK_TIMEOUT) {
                return seconds;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with the range
        }
        throw refused("lockTimeoutSeconds", value, "1 to " + LONGEST_LOCK_TIMEOUT);
    }
}
