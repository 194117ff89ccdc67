package org.parley.ra.container;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.RetryableUnavailableException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/** Base of message-driven beans in tests: bean and endpoint in one, as containers with generated subclasses do. */
public abstract class Bean implements MessageEndpoint {

    private SmallContainer container;
    private XAResource resource;
    private boolean transacted;

    @Override
    public void beforeDelivery(Method method) throws ResourceException {
        if (transacted) {
            container.begin();
            try {
                container.enlist(resource);
            } catch (XAException e) {
                throw new ResourceException("start", e);
            }
        }
    }

    @Override
    public void afterDelivery() throws ResourceException {
        if (transacted) {
            try {
                container.commit();
            } catch (XAException e) {
                throw new ResourceException("commit answered " + e.errorCode, e);
            }
        }
    }

    @Override
    public void release() {}

    /** A factory of beans of one class; a supplier that gives null has none free. */
    public static MessageEndpointFactory factory(
            SmallContainer container, Class<? extends Bean> type, Supplier<? extends Bean> beans, boolean transacted) {
        return new MessageEndpointFactory() {
            @Override
            public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
                Bean bean = beans.get();
                if (bean == null) {
                    throw new RetryableUnavailableException("No " + type.getSimpleName() + " is free.");
                }
                bean.container = container;
                bean.resource = resource;
                bean.transacted = transacted;
                return bean;
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
                return type.getSimpleName();
            }

            @Override
            public Class<?> getEndpointClass() {
                return type;
            }
        };
    }
}
