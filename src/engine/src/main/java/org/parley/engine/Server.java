package org.parley.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.transaction.xa.XAResource;
import org.parley.ActivationStatus;
import org.parley.SuspendedGroup;
import org.parley.engine.activation.Activations;
import org.parley.engine.activation.EngineDelivery;
import org.parley.engine.activation.QueueActivation;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.routing.Link;
import org.parley.engine.routing.Transmitter;
import org.parley.engine.session.EngineChannel;
import org.parley.engine.session.Statements;
import org.parley.engine.store.StoreProvider;
import org.parley.engine.store.derby.DerbyStores;
import org.parley.engine.telemetry.Counters;
import org.parley.engine.telemetry.Telemetry;
import org.parley.engine.telemetry.Tracer;
import org.parley.engine.tx.BranchResource;
import org.parley.engine.work.Worker;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.BrokerServer;
import org.parley.spi.Channel;
import org.parley.spi.Counter;
import org.parley.spi.Health;
import org.parley.spi.ReaderStarter;
import org.parley.spi.RestoredBroker;
import org.parley.spi.ServerConfig;
import org.parley.spi.Statistics;

/** One home directory, its broker databases, its workers. */
final class Server implements BrokerServer {

    private static final int NAMED_GROUPS = 5;
    /** A transaction manager that lives tells the outcome of what it has prepared within milliseconds. */
    private static final Duration LONGEST_PREPARED = Duration.ofMinutes(1);

    private static final Duration STOP = Duration.ofSeconds(10);

    private final ServerConfig config;
    private final HomeLock lock;
    private final StoreProvider stores;
    private final Worker worker;
    private final Transmitter transmitter;
    private final HomeDatabases databases;
    private final Activations activations = new Activations();
    private final Map<String, Counters> counters = new ConcurrentHashMap<>();
    private final Tracer tracer;

    private Server(ServerConfig config, HomeLock lock, UnaryOperator<Link> links) {
        this.config = config;
        this.lock = lock;
        this.tracer = new Tracer(config.listener());
        this.stores = new DerbyStores(config.home());
        this.worker = new Worker(
                "parley-dispatch",
                config.clock(),
                (what, cause) -> config.listener().engineTransactionFailed("", what, cause));
        this.transmitter =
                new Transmitter(links, (what, cause) -> config.listener().engineTransactionFailed("", what, cause));
        this.databases = new HomeDatabases(
                new BrokerDatabase.Shared(
                        stores, config, worker, transmitter, this::somethingChanged, this::statistics),
                activations,
                this::telemetry);
    }

    static Server open(ServerConfig given) {
        return open(given, UnaryOperator.identity());
    }

    /** With links between databases that are made of the one inside this process. */
    static Server open(ServerConfig given, UnaryOperator<Link> links) {
        Path home = given.home().toAbsolutePath().normalize();
        ServerConfig config = new ServerConfig(
                home, given.clock(), given.lockTimeout(), given.currentTransaction(), given.listener());
        HomeLock lock = HomeLock.take(home, config.clock().instant());
        Server server;
        try {
            server = new Server(config, lock, links);
        } catch (RuntimeException e) {
            closeQuietly(lock, e);
            throw e;
        }
        server.openOwnDatabases();
        return server;
    }

    private void openOwnDatabases() {
        try {
            databases.openOwn();
        } catch (RuntimeException e) {
            try {
                close();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static void closeQuietly(HomeLock lock, RuntimeException e) {
        try {
            lock.close();
        } catch (IOException suppressed) {
            e.addSuppressed(suppressed);
        }
    }

    @Override
    public void ensureDatabase(String name) {
        databases.ensure(name);
    }

    @Override
    public void backup(String database, Path directory) {
        databases.backup(database, directory);
    }

    @Override
    public void restore(Path copy, String database, RestoredBroker broker) {
        databases.restore(copy, database, broker);
    }

    private Telemetry telemetry(String database) {
        return new Telemetry(counters.computeIfAbsent(database, name -> new Counters()), tracer);
    }

    @Override
    public Statistics statistics() {
        Map<String, Map<Counter, Long>> values = new HashMap<>();
        counters.forEach((database, counted) -> values.put(database, counted.read()));
        return new Statistics(values);
    }

    /** Databases or definitions have changed: activations look again, on the server's own thread. */
    private void somethingChanged() {
        transmitter.lookAgain();
        if (activations.isEmpty()) {
            return;
        }
        worker.add("looking for the queues of activations", () -> activations.look(this::opened));
    }

    private Optional<Statements> opened(String database) {
        return databases.find(database).flatMap(BrokerDatabase::opened);
    }

    @Override
    public List<String> databases() {
        return databases.open().stream().map(BrokerDatabase::name).toList();
    }

    @Override
    public List<String> databasesInHome() {
        return databases.inHome();
    }

    @Override
    public Channel channel(String database, String user) {
        return new EngineChannel(
                databases, databases.enterOpen(database), config.currentTransaction(), user, () -> null);
    }

    @Override
    public Channel channel(String database, String user, char[] password) {
        EngineChannel channel = (EngineChannel) channel(database, user);
        try {
            channel.login(password);
            return channel;
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public List<XAResource> recoveryResources() {
        List<XAResource> resources = new ArrayList<>();
        for (BrokerDatabase database : databases.open()) {
            resources.add(new BranchResource(() -> database.require().database().branches(), () -> null));
        }
        return resources;
    }

    @Override
    public Activation activate(ActivationConfig activationConfig, ReaderStarter starter) {
        databases.checkOpen();
        QueueActivation activation = new QueueActivation(
                activationConfig,
                starter,
                worker,
                config.clock(),
                config.listener(),
                (owner, queue, started) ->
                        new EngineDelivery(owner, queue, started, delivery -> deliveryChannel(owner, delivery)));
        opened(activationConfig.database()).ifPresent(activation::refuseProcedure);
        return activations.add(activation, opened(activationConfig.database()));
    }

    private EngineChannel deliveryChannel(QueueActivation activation, EngineDelivery delivery) {
        ActivationConfig reads = activation.config();
        return new EngineChannel(
                databases,
                databases.enterOpen(reads.database()),
                config.currentTransaction(),
                reads.user(),
                delivery::claim);
    }

    @Override
    public Health health() {
        List<String> reasons = new ArrayList<>();
        Health.Status worst = Health.Status.UP;
        for (BrokerDatabase database : databases.open()) {
            Optional<Statements> opened = database.opened();
            if (opened.isEmpty()) {
                worst = Health.Status.DOWN;
                reasons.add("Database '" + database.name() + "' is down: " + database.failure()
                        + "; it is opened again as soon as its files can be read.");
            } else {
                degraded(opened.get().database(), reasons);
                reasons.addAll(database.failedProcedures());
            }
        }
        for (ActivationStatus waiting : activations.waiting()) {
            reasons.add("Activation '" + waiting.name() + "' waits: " + waiting.reason() + ".");
        }
        return new Health(worst == Health.Status.UP && !reasons.isEmpty() ? Health.Status.DEGRADED : worst, reasons);
    }

    private static void degraded(OpenDatabase database, List<String> reasons) {
        List<String> off = database.table()
                .locked(() -> database.table().queues().stream()
                        .filter(queue -> !queue.on())
                        .map(QueueIndex::name)
                        .toList());
        for (String queue : off) {
            reasons.add("Queue '" + queue + "' of database '" + database.name()
                    + "' is off; ALTER QUEUE ... WITH STATUS = ON turns it on.");
        }
        Map<String, List<SuspendedGroup>> suspended = database.suspendedGroups(any -> true).stream()
                .collect(Collectors.groupingBy(SuspendedGroup::queue, TreeMap::new, Collectors.toList()));
        suspended.forEach((queue, groups) -> reasons.add("Queue '" + queue + "' of database '" + database.name()
                + "' has suspended conversation groups: " + named(groups)
                + "; resume each, skip its next message or end its conversations."));
        String why = database.whyNotDelivering();
        if (!why.isEmpty()) {
            reasons.add("Delivery of database '" + database.name() + "' is off: " + why + ".");
        }
        long inDoubt = database.branches().inDoubtFor(LONGEST_PREPARED);
        if (inDoubt > 0) {
            reasons.add("Database '" + database.name() + "' has " + inDoubt
                    + " transactions in doubt; their transaction manager must recover them, or an operator end them.");
        }
        if (database.aftercare().undelivered() > 0) {
            reasons.add("In database '" + database.name() + "' "
                    + database.aftercare().undelivered()
                    + " conversations wait for a service that does not exist; define it or end them.");
        }
    }

    private static String named(List<SuspendedGroup> groups) {
        String named = groups.stream()
                .limit(NAMED_GROUPS)
                .map(group -> group.groupId().toString())
                .collect(Collectors.joining(", "));
        return groups.size() <= NAMED_GROUPS ? named : named + " and " + (groups.size() - NAMED_GROUPS) + " more";
    }

    @Override
    public boolean servesAs(ServerConfig other) {
        return config.home().equals(other.home().toAbsolutePath().normalize())
                && config.lockTimeout().equals(other.lockTimeout());
    }

    @Override
    public void close() {
        Optional<List<BrokerDatabase>> all = databases.stop();
        if (all.isEmpty()) {
            return;
        }
        activations.stop(STOP);
        Closing closing = new Closing(config.home());
        closing.close(worker);
        closing.close(transmitter);
        all.get().forEach(closing::closeStored);
        closing.close(config.clock()::close);
        closing.giveFree(stores, lock);
    }
}
