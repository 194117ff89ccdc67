package org.parley.tests.wildfly;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.Serializable;
import javax.transaction.xa.XAResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;

/** An adapter that works, but whose property is a primitive: IronJacamar's validator warns of that. */
public class DoubtfulAdapter implements ResourceAdapter, Serializable {

    private static final long serialVersionUID = 1L;

    private int number;

    static ResourceAdapterArchive archive() {
        return ShrinkWrap.create(ResourceAdapterArchive.class, "doubtful.rar")
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "doubtful.jar")
                        .addClass(DoubtfulAdapter.class))
                .addAsManifestResource(
                        new StringAsset(
                                """
                                <connector xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.1">
                                  <vendor-name>Parley</vendor-name>
                                  <eis-type>Test</eis-type>
                                  <resourceadapter-version>1</resourceadapter-version>
                                  <resourceadapter>
                                    <resourceadapter-class>%s</resourceadapter-class>
                                    <config-property>
                                      <config-property-name>number</config-property-name>
                                      <config-property-type>java.lang.Integer</config-property-type>
                                      <config-property-value>1</config-property-value>
                                    </config-property>
                                  </resourceadapter>
                                </connector>
                                """
                                        .formatted(DoubtfulAdapter.class.getName())),
                        "ra.xml");
    }

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
