package org.parley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.spi.ServerConfig;

/**
 * A server for each test, in a home of its own and at the time of a {@link SettableClock}. After the test it closes the
 * connections it gave and the server, and fails the test when a thread named {@code parley-*} is left, since in an
 * application server such a thread would keep a whole undeployed application in memory.
 *
 * <pre>{@code
 * @RegisterExtension
 * final BrokerExtension broker = new BrokerExtension();
 *
 * @Test
 * void remindsAfterAnHour() {
 *     LocalConnection connection = broker.connect("orders");
 *     ...
 *     broker.clock().advance(Duration.ofHours(1));
 * }
 * }</pre>
 *
 * <p>Threads are told apart by time, so tests that use it must not run concurrently in one JVM.
 */
public final class BrokerExtension implements BeforeEachCallback, AfterEachCallback {

    private static final String THREADS = "parley-";

    private final UnaryOperator<ServerConfig> configuration;
    private final Duration patience;
    private final List<LocalConnection> connections = new ArrayList<>();
    private SettableClock clock;
    private Path home;
    private Parley parley;
    private Set<Thread> threadsBefore = Set.of();

    /** A server with the configuration of {@link ServerConfig#of}, except for the clock. */
    public BrokerExtension() {
        this(config -> config);
    }

    /** A server with another configuration; the home and the settable clock are in the one that is given. */
    public BrokerExtension(UnaryOperator<ServerConfig> configuration) {
        this(configuration, Duration.ofSeconds(10));
    }

    BrokerExtension(UnaryOperator<ServerConfig> configuration, Duration patience) {
        this.configuration = configuration;
        this.patience = patience;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        threadsBefore = parleyThreads();
        clock = new SettableClock();
        home = Files.createTempDirectory("parley-home-");
        open();
    }

    private void open() {
        parley = Parley.open(configuration.apply(ServerConfig.of(home).withClock(clock)));
    }

    /** The running server. */
    public Parley parley() {
        return parley;
    }

    /** The clock of the server, the same after a {@link #restart()}. */
    public SettableClock clock() {
        return clock;
    }

    /** The home directory of the server. */
    public Path home() {
        return home;
    }

    /** A session on a broker database, created when missing, closed after the test. */
    public LocalConnection connect(String database) {
        LocalConnection connection = parley.connect(database);
        synchronized (connections) {
            connections.add(connection);
        }
        return connection;
    }

    /** Closes the server with all connections that this fixture gave and opens it again on the same home. */
    public void restart() {
        closeServer();
        open();
    }

    private void closeServer() {
        List<Runnable> open = new ArrayList<>();
        synchronized (connections) {
            connections.forEach(connection -> open.add(connection::close));
            connections.clear();
        }
        if (parley != null) {
            open.add(parley::close);
            parley = null;
        }
        closeAll(open);
    }

    /** Closes everything, also when some of it fails, and throws what failed first with the rest suppressed. */
    private static void closeAll(List<Runnable> open) {
        RuntimeException failed = null;
        for (Runnable close : open) {
            try {
                close.run();
            } catch (RuntimeException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            closeServer();
            failWhenThreadsAreLeft();
            clock.throwFailures();
        } finally {
            delete(home);
        }
    }

    private void failWhenThreadsAreLeft() {
        try {
            Eventually.within(patience).becomes("threads to end", this::threadsLeft, Set::isEmpty);
        } catch (AssertionError e) {
            Set<Thread> left = threadsLeft();
            if (!left.isEmpty()) {
                throw new AssertionError("Closing the server left threads:"
                        + left.stream().map(BrokerExtension::described).collect(Collectors.joining()));
            }
        }
    }

    private Set<Thread> threadsLeft() {
        Set<Thread> left = parleyThreads();
        left.removeAll(threadsBefore);
        return left;
    }

    private static Set<Thread> parleyThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(THREADS))
                .collect(Collectors.toSet());
    }

    private static String described(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .limit(8)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining("", "\n  " + thread.getName() + " (" + thread.getState() + ")", ""));
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The home of the test can't be deleted; is a file of it still open?", e);
        }
    }
}
