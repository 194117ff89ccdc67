package org.parley.ra.inbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.parley.Message;
import org.parley.ra.sight.RaLog;
import org.parley.spi.Delivery;

/**
 * One reader at work: takes round after round of its delivery to one endpoint. What the container throws after a round is
 * only kept as a reason; whether the messages were consumed is asked of the delivery, since some containers hide a
 * rollback and others mask what the bean threw.
 */
final class Reader {

    private final Delivery delivery;
    private final MessageEndpointFactory endpoints;
    private final Listener listener;
    private final RaLog log;
    private MessageEndpoint endpoint;

    Reader(Delivery delivery, MessageEndpointFactory endpoints, Listener listener, RaLog log) {
        this.delivery = delivery;
        this.endpoints = endpoints;
        this.listener = listener;
        this.log = log;
    }

    String name() {
        return delivery.name();
    }

    /** The application's class loader. */
    ClassLoader loader() {
        return endpoints.getEndpointClass().getClassLoader();
    }

    /** Reads until nothing is ready or nothing more is wanted, and gives back what is held. */
    void read(BooleanSupplier wanted) {
        try {
            boolean more = true;
            while (more && wanted.getAsBoolean() && delivery.next()) {
                more = round(delivery.peek());
            }
        } catch (RuntimeException | Error e) {
            log.readerFailed(delivery.name(), e);
        } finally {
            try {
                releaseEndpoint();
            } finally {
                delivery.close();
            }
        }
    }

    /** Gives the delivery back unread. */
    void giveBack() {
        delivery.close();
    }

    private boolean round(List<Message> messages) {
        if (messages.isEmpty()) {
            delivery.finish(null);
            return true;
        }
        Listener.Call call = listener.callFor(messages);
        if (call == null) {
            delivery.finish(failureOfDefault(messages));
            return true;
        }
        boolean transacted;
        try {
            if (endpoint == null) {
                endpoint = endpoints.createEndpoint(delivery.xaResource());
            }
            transacted = endpoints.isDeliveryTransacted(call.method());
            endpoint.beforeDelivery(call.method());
        } catch (ResourceException | NoSuchMethodException | RuntimeException e) {
            // the container's trouble, which must not count against the bean
            delivery.unavailable(e);
            return false;
        }
        if (!delivery.finish(deliver(call, messages, transacted))) {
            // a container may have thrown the instance behind it away
            releaseEndpoint();
        }
        return true;
    }

    private Throwable failureOfDefault(List<Message> messages) {
        try {
            delivery.alone(() -> listener.withoutCall(delivery, messages, log));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private Throwable deliver(Listener.Call call, List<Message> messages, boolean transacted) {
        Throwable failure = transacted ? takeAndCall(call, messages) : call(call, messages);
        try {
            endpoint.afterDelivery();
        } catch (ResourceException | RuntimeException e) {
            return failure == null ? e : with(failure, e);
        }
        return failure == null && !transacted ? takeAlone() : failure;
    }

    private Throwable takeAndCall(Listener.Call call, List<Message> messages) {
        Throwable failure;
        try {
            delivery.take();
            failure = call(call, messages);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        if (failure != null) {
            try {
                // every container commits after a checked exception
                delivery.rollbackOnly(failure);
            } catch (RuntimeException e) {
                with(failure, e);
            }
        }
        return failure;
    }

    private Throwable call(Listener.Call call, List<Message> messages) {
        try {
            call.on(endpoint, delivery, messages);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException | RuntimeException | Error e) {
            return e;
        }
    }

    private Throwable takeAlone() {
        try {
            delivery.takeAlone();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void releaseEndpoint() {
        MessageEndpoint last = endpoint;
        endpoint = null;
        if (last != null) {
            last.release();
        }
    }

    private static Throwable with(Throwable failure, Throwable later) {
        for (Throwable cause = later; cause != null; cause = cause.getCause()) {
            if (cause == failure) {
                // only says again that the failure has rolled back
                return failure;
            }
        }
        failure.addSuppressed(later);
        return failure;
    }
}
