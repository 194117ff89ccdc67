package org.parley.ra.inbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.List;
import javax.transaction.xa.XAResource;

/** Hands out one endpoint that writes down what happens to it. */
final class FakeContainer implements MessageEndpointFactory {

    final List<String> trace;
    final Class<?> bean;
    final MessageEndpoint endpoint;
    boolean transacted = true;
    UnavailableException unavailable;
    ResourceException atBefore;
    ResourceException atAfter;

    FakeContainer(List<String> trace, Class<?> bean, Endpoint endpoint) {
        this.trace = trace;
        this.bean = bean;
        this.endpoint = endpoint;
        if (endpoint != null) {
            endpoint.container = this;
        }
    }

    /** As some containers do, the endpoint extends the bean. */
    interface Called extends MessageEndpoint {}

    /** Base of the test's beans. */
    public static class Endpoint implements Called {

        FakeContainer container;

        @Override
        public void beforeDelivery(Method method) throws ResourceException {
            container.trace.add("before " + method.getName());
            if (container.atBefore != null) {
                throw container.atBefore;
            }
        }

        @Override
        public void afterDelivery() throws ResourceException {
            container.trace.add("after");
            if (container.atAfter != null) {
                throw container.atAfter;
            }
        }

        @Override
        public void release() {
            container.trace.add("release");
        }
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
        if (unavailable != null) {
            throw unavailable;
        }
        trace.add("create");
        return endpoint;
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout) throws UnavailableException {
        return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
        return transacted;
    }

    @Override
    public String getActivationName() {
        return "Bean";
    }

    @Override
    public Class<?> getEndpointClass() {
        return bean;
    }
}
