package org.parley.tests.server;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The activations of a server in a process of its own, by the JMX that every JVM opens for its own user. */
public final class ActivationBeans implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private ActivationBeans(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    static ActivationBeans of(long process) {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(process));
            try {
                return new ActivationBeans(
                        JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent())));
            } finally {
                jvm.detach();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What each does, by queue. */
    public Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        each(name -> states.put(
                ObjectName.unquote(name.getKeyProperty("queue")),
                beans.getAttribute(name, "State") + ", " + beans.getAttribute(name, "Readers")));
        return states;
    }

    /** Pauses all. */
    public void pause() {
        each(name -> beans.invoke(name, "pause", null, null));
    }

    /** Resumes all. */
    public void resume() {
        each(name -> beans.invoke(name, "resume", null, null));
    }

    private interface Work {
        void on(ObjectName name) throws IOException, JMException;
    }

    private void each(Work work) {
        try {
            for (ObjectName name : beans.queryNames(new ObjectName("org.parley:type=Activation,*"), null)) {
                work.on(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
