package org.parley.ra.sight;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;

/** Shows one activation over JMX, from its beginning to its end. */
final class ActivationSight implements ActivationMXBean {

    private final ActivationConfig config;
    private final Activation activation;
    private ObjectName name;

    ActivationSight(ActivationConfig config, Activation activation) {
        this.config = config;
        this.activation = activation;
    }

    /** Shows it. Of several that are alike, the second has {@code instance=2} in its name, and so on. */
    void open(Path home) throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (int instance = 1; name == null; instance++) {
            try {
                name = beans.registerMBean(this, name(home, instance)).getObjectName();
            } catch (InstanceAlreadyExistsException next) {
                // another application reads the queue with a bean of the same class
            }
        }
    }

    /** Shows it no more. */
    void close() throws JMException {
        if (name != null) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
    }

    private ObjectName name(Path home, int instance) throws JMException {
        return new ObjectName("org.parley:type=Activation,home=" + ObjectName.quote(home.toString()) + ",database="
                + ObjectName.quote(config.database()) + ",queue=" + ObjectName.quote(config.queue()) + ",name="
                + ObjectName.quote(config.name()) + (instance == 1 ? "" : ",instance=" + instance));
    }

    /** What reads what. */
    String title() {
        return config.name() + " on " + config.database() + "." + config.queue();
    }

    @Override
    public String getState() {
        return activation.status().state().name();
    }

    @Override
    public String getReason() {
        return activation.status().reason();
    }

    @Override
    public int getReaders() {
        return activation.status().readers();
    }

    @Override
    public int getMaxReaders() {
        return activation.status().maxReaders();
    }

    @Override
    public long getFailures() {
        return activation.status().failures();
    }

    @Override
    public String getLastFailure() {
        return activation.status().lastFailure();
    }

    @Override
    public void pause() {
        activation.pause();
    }

    @Override
    public void resume() {
        activation.resume();
    }

    @Override
    public String toString() {
        return getState() + ", " + getReaders() + " readers: " + getReason();
    }
}
