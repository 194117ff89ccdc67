package org.parley.ra;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.util.function.Supplier;
import org.parley.ra.host.EngineHost;
import org.parley.ra.host.Settings;
import org.parley.ra.inbound.EndpointActivation;
import org.parley.ra.inbound.EndpointActivations;
import org.parley.ra.inbound.ParleyActivationSpec;
import org.parley.ra.sight.RaLog;
import org.parley.ra.sight.ServerSight;
import org.parley.spi.BrokerServer;

/** What an adapter instance holds between start and stop: its share in a server, and its activations. */
final class Running {

    private final Settings settings;
    private final EngineHost.Lease lease;
    private final BrokerServer server;
    private final ServerSight sight;
    private final BootstrapContext container;
    private final EndpointActivations activations = new EndpointActivations();
    private final ProcessEnd end = ProcessEnd.runs(activations::stopReading);

    private Running(Settings settings, EngineHost.Lease lease, BootstrapContext container) {
        this.settings = settings;
        this.lease = lease;
        this.server = lease.server();
        this.sight = lease.sight();
        this.container = container;
    }

    /** Opens databases and runs definitions; on an error nothing is left open. */
    static Running start(Settings settings, BootstrapContext context) throws IOException {
        Definitions definitions = Definitions.of(settings);
        EngineHost.Lease lease = EngineHost.lease(settings, currentTransaction(context));
        try {
            settings.databases().forEach(lease.server()::ensureDatabase);
            definitions.run(lease.server());
            lease.sight().adapterStarted(settings.home(), settings.databases());
            return new Running(settings, lease, context);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /** Stops in reverse order, each part bounded in time. */
    void stop() {
        activations.stop();
        end.close();
        try {
            lease.close();
            sight.adapterStopped(settings.home());
        } catch (RuntimeException e) {
            sight.stopFailed(settings.home(), e);
        }
    }

    void activate(MessageEndpointFactory factory, ParleyActivationSpec spec) throws ResourceException {
        activations.add(
                factory, spec, EndpointActivation.start(server, sight, container.getWorkManager(), factory, spec));
        // Payara's transaction manager starts, and recovers, when it is first asked for something: at the latest here,
        // or
        // a bean whose messages a branch in doubt holds would wait for a transaction that only they can begin.
        container.getXATerminator();
    }

    void deactivate(MessageEndpointFactory factory, ActivationSpec spec) {
        activations.stop(factory, spec);
    }

    BrokerServer server() {
        return server;
    }

    private static Supplier<Object> currentTransaction(BootstrapContext context) {
        TransactionSynchronizationRegistry registry = context.getTransactionSynchronizationRegistry();
        if (registry == null) {
            new RaLog().transactionsUnknown();
            return () -> null;
        }
        return registry::getTransactionKey;
    }
}
