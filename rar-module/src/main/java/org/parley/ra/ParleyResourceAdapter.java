package org.parley.ra;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;
import javax.transaction.xa.XAResource;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.ra.host.Settings;
import org.parley.ra.inbound.ParleyActivationSpec;
import org.parley.ra.sight.RaLog;
import org.parley.spi.BrokerServer;

/**
 * One instance of the adapter: leases the server of its home directory from start to stop, and activates endpoints on it.
 */
public class ParleyResourceAdapter implements ResourceAdapter, Serializable {

    private static final long serialVersionUID = 1L;

    private String home = "parley-home";
    private String databases = "parley";
    private String definitions = "";
    private String lockTimeoutSeconds = "10";

    private transient volatile Running running;

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        try {
            running = Running.start(Settings.of(home, databases, definitions, lockTimeoutSeconds), context);
        } catch (IOException | RuntimeException e) {
            // thrown as well, but TomEE keeps it to itself: it only says that there is no adapter
            new RaLog().adapterFailed(e);
            throw new ResourceAdapterInternalException("Parley can't start: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        Running stopping = running;
        if (stopping != null) {
            // deliveries at work still ask for connections
            stopping.stop();
            running = null;
        }
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        if (!(spec instanceof ParleyActivationSpec parleySpec)) {
            throw new ResourceException("Parley activates endpoints with " + ParleyActivationSpec.class.getName()
                    + ", not with " + spec + ".");
        }
        try {
            running().activate(factory, parleySpec);
        } catch (BrokerException e) {
            throw new ResourceException(e.getMessage(), e);
        }
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        Running now = running;
        if (now != null) {
            now.deactivate(factory, spec);
        }
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) throws ResourceException {
        try {
            // whatever the specs: the store knows every branch in doubt, also those of endpoints that are gone
            return server().recoveryResources().toArray(XAResource[]::new);
        } catch (BrokerException e) {
            throw new ResourceException(e.getMessage(), e);
        }
    }

    /** The server, for connection factories. */
    public BrokerServer server() {
        return running().server();
    }

    private Running running() {
        Running now = running;
        if (now == null) {
            throw new BrokerException(ErrorNumbers.NOT_RUNNING, "The Parley resource adapter isn't started.");
        }
        return now;
    }

    public String getHome() {
        return home;
    }

    public void setHome(String home) {
        this.home = home;
    }

    public String getDatabases() {
        return databases;
    }

    public void setDatabases(String databases) {
        this.databases = databases;
    }

    public String getDefinitions() {
        return definitions;
    }

    public void setDefinitions(String definitions) {
        this.definitions = definitions;
    }

    public String getLockTimeoutSeconds() {
        return lockTimeoutSeconds;
    }

    public void setLockTimeoutSeconds(String lockTimeoutSeconds) {
        this.lockTimeoutSeconds = lockTimeoutSeconds;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParleyResourceAdapter that
                && Objects.equals(home, that.home)
                && Objects.equals(databases, that.databases)
                && Objects.equals(definitions, that.definitions)
                && Objects.equals(lockTimeoutSeconds, that.lockTimeoutSeconds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(home, databases, definitions, lockTimeoutSeconds);
    }
}
