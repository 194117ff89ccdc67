package org.parley.spi;

import org.parley.BrokerException;

/** Where an engine is found by {@link java.util.ServiceLoader}. */
public interface EngineProvider {

    /**
     * Opens the server of a home directory. The caller closes it.
     *
     * @throws BrokerException {@link org.parley.ErrorNumbers#HOME_IN_USE} naming the holder
     */
    BrokerServer open(ServerConfig config);
}
