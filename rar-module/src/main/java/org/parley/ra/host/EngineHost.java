package org.parley.ra.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.ra.sight.ServerSight;
import org.parley.spi.BrokerClock;
import org.parley.spi.BrokerServer;
import org.parley.spi.ServerConfig;

/**
 * The servers of this class loader, one for each home directory, however many adapter instances use it: some application
 * servers start a second instance for factories defined by annotations, and two servers on one home could not share a
 * transaction. The last one to leave closes the server and everything that came with it.
 */
public final class EngineHost {

    private static final Map<Path, EngineHost> HOSTS = new HashMap<>();

    private final Settings settings;
    private final ServerConfig config;
    private final LoadedEngine engine;
    private final ServerSight sight;
    private final BrokerServer server;
    private int users;

    private EngineHost(Settings settings, Supplier<Object> currentTransaction) throws IOException {
        this.settings = settings;
        this.sight = new ServerSight(settings.home());
        this.config = ServerConfig.of(settings.home())
                .withClock(BrokerClock.system())
                .withLockTimeout(settings.lockTimeout())
                .withCurrentTransaction(currentTransaction)
                .withListener(sight);
        this.engine = LoadedEngine.load();
        try {
            this.server = engine.open(config);
        } catch (RuntimeException | Error e) {
            closeAfter(e);
            throw e;
        }
        sight.open(server);
    }

    /**
     * The server of a home directory: opened now, or shared when it runs in this class loader with equal settings.
     *
     * @throws BrokerException {@link ErrorNumbers#HOME_IN_USE} naming the holder
     */
    public static Lease lease(Settings settings, Supplier<Object> currentTransaction) throws IOException {
        synchronized (HOSTS) {
            EngineHost host = HOSTS.get(settings.home());
            if (host == null) {
                host = new EngineHost(settings, currentTransaction);
                HOSTS.put(settings.home(), host);
            } else {
                host.requireSame(settings);
            }
            host.users++;
            return new Lease(host);
        }
    }

    private void requireSame(Settings other) {
        if (!settings.equals(other) || !server.servesAs(config.withLockTimeout(other.lockTimeout()))) {
            throw new BrokerException(
                    ErrorNumbers.HOME_IN_USE,
                    "Home directory '" + settings.home()
                            + "' is held by another instance of this resource adapter with "
                            + settings + "; this one has " + other
                            + ". Give both the same properties, or this one another home.");
        }
    }

    private void release() {
        synchronized (HOSTS) {
            users--;
            if (users == 0) {
                HOSTS.remove(settings.home());
                close();
            }
        }
    }

    private void close() {
        sight.close();
        try {
            engine.close(server);
        } finally {
            config.clock().close();
            engine.close();
        }
    }

    private void closeAfter(Throwable failedOpen) {
        try {
            config.clock().close();
            engine.close();
        } catch (RuntimeException e) {
            failedOpen.addSuppressed(e);
        }
    }

    /** One adapter instance's share in a server. */
    public static final class Lease implements AutoCloseable {

        private EngineHost host;

        private Lease(EngineHost host) {
            this.host = host;
        }

        /** The server; not to be closed by the caller. */
        public BrokerServer server() {
            return host().server;
        }

        /** What can be seen of it. */
        public ServerSight sight() {
            return host().sight;
        }

        private synchronized EngineHost host() {
            if (host == null) {
                throw new BrokerException(ErrorNumbers.NOT_RUNNING, "The resource adapter has been stopped.");
            }
            return host;
        }

        @Override
        public void close() {
            EngineHost left;
            synchronized (this) {
                left = host;
                host = null;
            }
            if (left != null) {
                left.release();
            }
        }
    }
}
