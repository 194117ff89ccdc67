package org.parley.engine.tx;

import java.time.Duration;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.store.Store;
import org.parley.spi.BrokerClock;
import org.parley.spi.EngineListener;

/**
 * What the branches of one broker database share.
 *
 * @param database its name, for messages
 * @param store its storage
 * @param table its memory
 * @param clock time
 * @param lockTimeout longest wait for a group
 * @param listener hears of commits and rollbacks
 * @param aftermath takes what commits leave to be done
 * @param manifests where those of prepared branches are written
 */
public record BranchContext(
        String database,
        Store store,
        EndpointTable table,
        BrokerClock clock,
        Duration lockTimeout,
        EngineListener listener,
        Aftermath aftermath,
        ManifestSlots manifests) {}
