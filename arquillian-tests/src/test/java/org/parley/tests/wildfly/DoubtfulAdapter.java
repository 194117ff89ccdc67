package org.parley.tests.wildfly;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.Serializable;
import javax.transaction.xa.XAResource;

/** An adapter that works, but whose property is a primitive: IronJacamar's validator warns of that. */
public class DoubtfulAdapter implements ResourceAdapter, Serializable {

    private static final long serialVersionUID = 1L;

    private int number;

    public int getNumber() {
        return number;
    }

    public void setNumber(int number) {
        this.number = number;
    }

    @Override
    public void start(BootstrapContext context) {
        // nothing to start
    }

    @Override
    public void stop() {
        // nothing to stop
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) {
        // has no listeners
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        // has no listeners
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DoubtfulAdapter that && number == that.number;
    }

    @Override
    public int hashCode() {
        return number;
    }
}
