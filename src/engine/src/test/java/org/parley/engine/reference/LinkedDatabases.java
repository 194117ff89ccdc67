package org.parley.engine.reference;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.parley.LocalConnection;
import org.parley.engine.WatchedLink;
import org.parley.engine.routing.TwoDatabases;
import org.parley.spi.BrokerServer;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/** The two databases of {@link TwoDatabases}, with the way between them watched. */
abstract class LinkedDatabases {

    final WatchedLink link = new WatchedLink();
    final SettableClock clock = new SettableClock();
    BrokerServer server;
    LocalConnection asking;
    LocalConnection answering;

    @BeforeEach
    void open(@TempDir Path home) {
        server = link.open(ServerConfig.of(home).withClock(clock));
        asking = connect(TwoDatabases.ASKING);
        answering = connect(TwoDatabases.ANSWERING);
        asking.catalog().define(TwoDatabases.TRUST + TwoDatabases.TYPES + TwoDatabases.ASKER_SIDE);
        answering.catalog().define(TwoDatabases.TRUST + TwoDatabases.TYPES + TwoDatabases.ANSWERER_SIDE);
    }

    LocalConnection connect(String database) {
        server.ensureDatabase(database);
        return new LocalConnection(server.channel(database, null));
    }

    @AfterEach
    void close() {
        link.release();
        server.close();
    }

    /** The first column of what a query finds, as text. */
    static List<String> column(LocalConnection connection, String sql) {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.sql().createStatement();
                ResultSet at = statement.executeQuery(sql)) {
            while (at.next()) {
                values.add(at.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return values;
    }
}
