package org.parley.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Loads what a command is about to need, on a second processor while the first one still reads the command line: half of
 * a start is the loading of a thousand classes. The lists come from {@code -Xlog:class+load}; {@code JarIT} tells when
 * they are no longer what the commands load.
 */
final class Startup {

    private static final Map<String, List<String>> CLASSES = Map.of(
            "sql", List.of("open", "script"),
            "databases", List.of("open"),
            "queues", List.of("open", "query"),
            "conversations", List.of("open", "query"),
            "transmission", List.of("open", "query"),
            "diagnose", List.of("open"));

    private Startup() {}

    /** Begins to load for the command that is called. */
    static void begin(String... args) {
        if (args.length > 0 && CLASSES.containsKey(args[0])) {
            Thread loading = new Thread(() -> classes(args[0]).forEach(Startup::load), "parley-startup");
            loading.setDaemon(true);
            loading.start();
        }
    }

    private static void load(String name) {
        try {
            // to ask for constructors verifies the class; whoever uses it first initializes it, as ever
            Class.forName(name, false, Startup.class.getClassLoader()).getDeclaredConstructors();
        } catch (ClassNotFoundException | LinkageError e) {
            // whoever needs the class fails in the same way, and can tell what for
            return;
        }
    }

    /** Names of what a command loads, in the order in which it does; none for what is no command. */
    static List<String> classes(String command) {
        return CLASSES.getOrDefault(command, List.of()).stream()
                .flatMap(list -> lines("startup/" + list + ".txt"))
                .toList();
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = Startup.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
