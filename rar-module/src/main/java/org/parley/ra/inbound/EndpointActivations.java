package org.parley.ra.inbound;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The endpoints that an adapter instance has activated. It is there from the start of the instance, so that stopping one
 * without any loads no class: GlassFish has closed the class loader then, when a deployment has failed.
 */
public final class EndpointActivations {

    /** Of all activations of an instance together. */
    static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Map<Endpoint, EndpointActivation> activations = new ConcurrentHashMap<>();

    /** The container passes the same two objects at activation and at deactivation. */
    private record Endpoint(MessageEndpointFactory factory, ActivationSpec spec) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Endpoint that && factory == that.factory && spec == that.spec;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(factory) * 31 + System.identityHashCode(spec);
        }
    }

    /** Keeps one that has been started. */
    public void add(MessageEndpointFactory factory, ActivationSpec spec, EndpointActivation started) {
        activations.put(new Endpoint(factory, spec), started);
    }

    /** Stops that of an endpoint, if there is one, and waits a bounded time for the readers at work. */
    public void stop(MessageEndpointFactory factory, ActivationSpec spec) {
        EndpointActivation activation = activations.remove(new Endpoint(factory, spec));
        if (activation != null) {
            stop(List.of(activation));
        }
    }

    /** Lets no further reader begin, and waits for none. */
    public void stopReading() {
        stopReading(activations.values());
    }

    /** Stops all of them at once; the bound of the wait is one for all of them together. */
    public void stop() {
        stop(activations.values());
    }

    private static void stopReading(Collection<EndpointActivation> stopping) {
        for (EndpointActivation each : stopping) {
            each.stopReading();
        }
    }

    private static void stop(Collection<EndpointActivation> stopping) {
        stopReading(stopping);
        long begun = System.nanoTime();
        for (EndpointActivation each : stopping) {
            Duration left = LONGEST_STOP.minusNanos(System.nanoTime() - begun);
            each.awaitReaders(left.isNegative() ? Duration.ZERO : left);
        }
    }
}
