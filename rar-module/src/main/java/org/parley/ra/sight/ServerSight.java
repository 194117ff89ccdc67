package org.parley.ra.sight;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.BrokerServer;
import org.parley.spi.Counter;
import org.parley.spi.Statistics;

/** Logs what the engine tells, counts it, and shows it over JMX while the server runs. */
public final class ServerSight extends RaLog implements ServerMXBean {

    private final Path home;
    private final ActivationSights activations;
    private final LongAdder onePhase = new LongAdder();
    private final LongAdder twoPhases = new LongAdder();
    private final LongAdder readOnly = new LongAdder();
    private final LongAdder rolledBack = new LongAdder();
    private final LongAdder failedDeliveries = new LongAdder();
    private final LongAdder unavailableReaders = new LongAdder();
    private volatile BrokerServer server;
    private final InDoubtSight inDoubt = new InDoubtSight(() -> server);

    public ServerSight(Path home) {
        this.home = home;
        this.activations = new ActivationSights(home, this);
    }

    /** Shows the server. One that can't be shown works all the same. */
    public void open(BrokerServer opened) {
        server = opened;
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, name());
        } catch (JMException e) {
            notRegistered(home.toString(), e);
        }
    }

    /** Shows it no more: a bean left behind would keep all classes of the adapter. */
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name());
        } catch (InstanceNotFoundException neverRegistered) {
            // said at open
        } catch (JMException e) {
            stopFailed(home, e);
        }
        server = null;
    }

    /** Shows an activation. */
    public void add(ActivationConfig config, Activation activation) {
        activations.add(config, activation);
    }

    /** Shows it no more. */
    public void remove(Activation activation) {
        activations.remove(activation);
    }

    @Override
    public void committed(String database, boolean inOnePhase, boolean withoutChanges) {
        (withoutChanges ? readOnly : inOnePhase ? onePhase : twoPhases).increment();
        super.committed(database, inOnePhase, withoutChanges);
    }

    @Override
    public void rolledBack(String database, Throwable cause) {
        rolledBack.increment();
        super.rolledBack(database, cause);
    }

    @Override
    public void deliveryFailed(String activation, UUID conversation, Throwable cause) {
        failedDeliveries.increment();
        super.deliveryFailed(activation, conversation, cause);
    }

    @Override
    public void readerUnavailable(String activation, Throwable cause) {
        unavailableReaders.increment();
        super.readerUnavailable(activation, cause);
    }

    @Override
    public String getHealth() {
        BrokerServer open = server;
        return open == null ? "DOWN" : open.health().status().name();
    }

    @Override
    public List<String> getReasons() {
        BrokerServer open = server;
        return open == null ? List.of("The server is closed.") : open.health().reasons();
    }

    @Override
    public List<String> getDatabases() {
        BrokerServer open = server;
        return open == null ? List.of() : open.databases();
    }

    @Override
    public Map<String, String> getActivations() {
        return activations.list();
    }

    @Override
    public Map<String, Map<String, Long>> getStatistics() {
        Map<String, Map<String, Long>> shown = new TreeMap<>();
        BrokerServer open = server;
        if (open != null) {
            Statistics now = open.statistics();
            for (String database : now.databases()) {
                Map<String, Long> values = shown.computeIfAbsent(database, name -> new TreeMap<>());
                for (Counter counter : Counter.values()) {
                    counter.shown().forEach(each -> values.put(each.name(), now.of(database, counter)));
                }
            }
        }
        return shown;
    }

    @Override
    public Map<String, String> getInDoubtBranches() {
        return inDoubt.list();
    }

    @Override
    public void commitInDoubt(String database, String xid) {
        inDoubt.in(database, session -> session.commitInDoubt(xid));
    }

    @Override
    public void rollbackInDoubt(String database, String xid) {
        inDoubt.in(database, session -> session.rollbackInDoubt(xid));
    }

    @Override
    public void forgetInDoubt(String database, String xid) {
        inDoubt.in(database, session -> session.forgetInDoubt(xid));
    }

    @Override
    public long getCommittedInOnePhase() {
        return onePhase.sum();
    }

    @Override
    public long getCommittedInTwoPhases() {
        return twoPhases.sum();
    }

    @Override
    public long getReadOnly() {
        return readOnly.sum();
    }

    @Override
    public long getRolledBack() {
        return rolledBack.sum();
    }

    @Override
    public long getFailedDeliveries() {
        return failedDeliveries.sum();
    }

    @Override
    public long getUnavailableReaders() {
        return unavailableReaders.sum();
    }

    private ObjectName name() throws JMException {
        return new ObjectName("org.parley:type=Server,home=" + ObjectName.quote(home.toString()));
    }
}
