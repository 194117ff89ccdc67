package org.parley.ra.inbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkManager;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.security.ProtectionDomain;
import java.time.Duration;
import org.parley.BrokerException;
import org.parley.ConversationListener;
import org.parley.ErrorNumbers;
import org.parley.MessageBatchListener;
import org.parley.ra.sight.ServerSight;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.BrokerServer;
import org.parley.spi.Delivery;
import org.parley.spi.ReaderStarter;
import org.parley.spi.ReaderUnavailableException;

/** One activated message-driven bean: starts a reader as Work of the container whenever the engine asks for one. */
public final class EndpointActivation implements ReaderStarter {

    private final ServerSight sight;
    private final WorkManager works;
    private final MessageEndpointFactory endpoints;
    private final Listener listener;
    private final ActivationConfig config;
    private Activation activation;

    private EndpointActivation(
            ServerSight sight,
            WorkManager works,
            MessageEndpointFactory endpoints,
            Listener listener,
            ActivationConfig config) {
        this.sight = sight;
        this.works = works;
        this.endpoints = endpoints;
        this.listener = listener;
        this.config = config;
    }

    /** Checks bean and properties, then reads the queue. Throws before anything has begun. */
    public static EndpointActivation start(
            BrokerServer server,
            ServerSight sight,
            WorkManager works,
            MessageEndpointFactory endpoints,
            ParleyActivationSpec spec)
            throws ResourceException {
        Class<?> bean = endpoints.getEndpointClass();
        // not the container's name of the activation: WildFly's is the same for all beans of an adapter
        String name = bean == null ? "endpoint" : bean.getName();
        Listener listener = listenerOf(name, bean);
        EndpointActivation started =
                new EndpointActivation(sight, works, endpoints, listener, spec.config(name, listener));
        started.activation = server.activate(started.config, started);
        sight.add(started.config, started.activation);
        return started;
    }

    /** Lets no further reader begin. */
    void stopReading() {
        activation.stop(Duration.ZERO);
    }

    /** Waits for the readers at work. */
    void awaitReaders(Duration longest) {
        if (!activation.stop(longest)) {
            sight.activationStopsLate(config.name(), EndpointActivations.LONGEST_STOP.toSeconds());
        }
        sight.remove(activation);
    }

    @Override
    public void start(Delivery delivery) throws ReaderUnavailableException {
        DeliveryWork work = new DeliveryWork(new Reader(delivery, endpoints, listener, sight));
        try {
            schedule(work);
        } catch (PrivilegedActionException e) {
            throw unavailable(e.getException());
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /**
     * Before Java 24 a thread keeps the protection domains, and so the class loaders, of all that was on the stack at its
     * birth, and servers keep pooled threads for ever. Behind this barrier they see neither the engine nor an application.
     * WildFly keeps the context class loader with the work, in the idle thread that has done it last.
     */
    @SuppressWarnings("removal")
    private void schedule(DeliveryWork work) throws PrivilegedActionException {
        Thread thread = Thread.currentThread();
        ClassLoader engine = thread.getContextClassLoader();
        thread.setContextClassLoader(EndpointActivation.class.getClassLoader());
        try {
            AccessController.doPrivileged(
                    (PrivilegedExceptionAction<Void>) () -> {
                        works.scheduleWork(work, WorkManager.INDEFINITE, null, work);
                        return null;
                    },
                    new AccessControlContext(new ProtectionDomain[0]));
        } finally {
            thread.setContextClassLoader(engine);
        }
    }

    private ReaderUnavailableException unavailable(Exception cause) {
        return new ReaderUnavailableException("The container takes no work for '" + config.name() + "'.", cause);
    }

    private static Listener listenerOf(String name, Class<?> bean) {
        boolean one = bean != null && ConversationListener.class.isAssignableFrom(bean);
        boolean batch = bean != null && MessageBatchListener.class.isAssignableFrom(bean);
        if (one == batch) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "Bean class " + (bean == null ? "(not told by the container)" : bean.getName()) + " implements "
                            + (one ? "both" : "neither")
                            + " of ConversationListener and MessageBatchListener of the resource adapter; it needs one"
                            + " of them. An application must not bring a parley-api of its own.");
        }
        return one ? new ConversationMethods(name, bean) : new BatchMethod();
    }
}
