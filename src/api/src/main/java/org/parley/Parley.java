package org.parley;

import java.nio.file.Path;
import java.util.ServiceLoader;
import org.parley.spi.BrokerServer;
import org.parley.spi.EngineProvider;
import org.parley.spi.ServerConfig;

/**
 * Parley in plain Java: the same API without an application server, for tests and tools. The engine is found by
 * {@link ServiceLoader} with this class's own loader.
 */
public final class Parley implements AutoCloseable {

    private final BrokerServer server;

    private Parley(BrokerServer server) {
        this.server = server;
    }

    /**
     * Opens the server of a home directory, which is created when missing.
     *
     * @throws BrokerException {@link ErrorNumbers#HOME_IN_USE} when another server has it open
     */
    public static Parley open(Path home) {
        return open(ServerConfig.of(home));
    }

    /** Opens a server with its whole configuration. */
    public static Parley open(ServerConfig config) {
        EngineProvider provider = ServiceLoader.load(EngineProvider.class, Parley.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new BrokerException(
                        ErrorNumbers.NOT_RUNNING, "No engine of Parley is on the class path; add parley-engine."));
        return new Parley(provider.open(config));
    }

    /**
     * A session on a broker database, created when missing, as the database's owner.
     *
     * @throws BrokerException when the database can't be opened
     */
    public LocalConnection connect(String database) {
        server.ensureDatabase(database);
        return new LocalConnection(server.channel(database, null));
    }

    /**
     * A session on a broker database, created when missing, as one of its users.
     *
     * @param password the user's password; null or anything for a user without one
     * @throws BrokerException 916 when the database has no such user, 18456 when the password is missing or wrong
     */
    public LocalConnection connect(String database, String user, String password) {
        server.ensureDatabase(database);
        return new LocalConnection(server.channel(database, user, password == null ? null : password.toCharArray()));
    }

    /** The server behind, for tools that need more than sessions. */
    public BrokerServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }
}
