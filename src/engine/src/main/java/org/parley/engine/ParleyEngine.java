package org.parley.engine;

import org.parley.spi.BrokerServer;
import org.parley.spi.EngineProvider;
import org.parley.spi.ServerConfig;

/** Found by {@link java.util.ServiceLoader}. */
public final class ParleyEngine implements EngineProvider {

    /** For the service loader. */
    public ParleyEngine() {}

    @Override
    public BrokerServer open(ServerConfig config) {
        return Server.open(config);
    }
}
