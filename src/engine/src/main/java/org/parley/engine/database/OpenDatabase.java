package org.parley.engine.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.parley.BrokerException;
import org.parley.DatabaseOptions;
import org.parley.RouteDefinition;
import org.parley.SuspendedGroup;
import org.parley.engine.catalog.BodyCheck;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.DatabaseCatalog;
import org.parley.engine.catalog.DatabaseRole;
import org.parley.engine.catalog.HomeServer;
import org.parley.engine.catalog.Queue;
import org.parley.engine.catalog.Service;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.Journal;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.routing.Aftercare;
import org.parley.engine.routing.EndOfConversation;
import org.parley.engine.routing.Route;
import org.parley.engine.routing.Station;
import org.parley.engine.routing.Transmitter;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoredState;
import org.parley.engine.telemetry.Telemetry;
import org.parley.engine.tx.BranchContext;
import org.parley.engine.tx.BranchTable;
import org.parley.engine.tx.Decisions;
import org.parley.engine.tx.GroupLocks;
import org.parley.engine.tx.ManifestSlots;
import org.parley.engine.tx.WaitGraph;
import org.parley.spi.BrokerClock;
import org.parley.spi.Counter;
import org.parley.spi.EngineListener;

/** The rooms of one opened broker database. */
public final class OpenDatabase implements AutoCloseable {

    private static final int NUMBERS_AT_A_TIME = 1000;

    private final String name;
    private final Store store;
    private final EndpointTable table = new EndpointTable();
    private final AtomicLong orders = new AtomicLong();
    private final BodyCheck bodies = new BodyCheck();
    private final DatabaseCatalog catalog;
    private final Aftercare aftercare;
    private final BranchContext context;
    private final WaitGraph graph;
    private final BranchTable branches;
    private final GroupLocks locks;
    private final InDoubtBranches inDoubt;
    private final Terminations terminations;
    private final Transmitter transmitter;
    private final Runnable newBroker;
    private final HomeServer server;
    private final Consumer<OpenDatabase> catalogChanged;
    private final Telemetry telemetry;
    private long nextConversation;
    private long conversationsEnd;

    /**
     * What a database is given from outside.
     *
     * @param name its name
     * @param id its number in this server
     * @param clock time
     * @param lockTimeout longest wait for a group
     * @param listener hears what happens
     * @param telemetry counters and broker events
     * @param transmitter sends to the other databases of the server
     * @param server the server that the database belongs to
     * @param newBroker gives the database a new broker instance, without conversations, and opens it anew
     * @param failed is told once that the store can't be relied upon
     * @param catalogChanged is told after definitions have changed
     */
    public record Surroundings(
            String name,
            int id,
            BrokerClock clock,
            Duration lockTimeout,
            EngineListener listener,
            Telemetry telemetry,
            Transmitter transmitter,
            HomeServer server,
            Runnable newBroker,
            Consumer<Throwable> failed,
            Consumer<OpenDatabase> catalogChanged) {}

    /** Reads everything that memory needs and begins to do what was left to be done. */
    public OpenDatabase(Store store, Surroundings around) {
        this.name = around.name();
        this.store = store;
        this.transmitter = around.transmitter();
        this.catalogChanged = around.catalogChanged();
        this.telemetry = around.telemetry();
        this.server = around.server();
        Decisions decisions = new Decisions(store, around.failed());
        StoredState stored = store.load();
        CatalogSnapshot definitions = CatalogSnapshot.of(DatabaseRole.of(name).complete(stored.catalog()))
                .with(new PrincipalTable(store.security()));
        orders.set(Math.max(stored.lastQueuingOrder(), Math.max(lastOff(definitions), definitions.deliveryOffSince())));
        table.heldBack().hold(!definitions.options().brokerEnabled());
        catalog = new DatabaseCatalog(
                store,
                definitions,
                stored.lastCatalogId(),
                new DatabaseCatalog.Moments(around.clock(), orders::get),
                new Around());
        aftercare = new Aftercare(
                "parley-aftercare-" + name,
                new Aftercare.Surroundings(
                        store,
                        table,
                        around.clock(),
                        orders,
                        catalog,
                        bodies,
                        this::nextConversation,
                        new Station.Place(around.id(), name, store.brokerInstance(), this::delivery),
                        around.transmitter(),
                        queue -> disable(queue, around.listener()),
                        this::begun,
                        (group, row) -> around.listener()
                                .groupSuspended(name, group.queue().name(), row.group(), row.failure()),
                        around.failed(),
                        (what, cause) -> around.listener().engineTransactionFailed(name, what, cause)));
        context = new BranchContext(
                name,
                store,
                table,
                around.clock(),
                around.lockTimeout(),
                around.listener(),
                aftercare,
                new ManifestSlots(stored.manifests()));
        graph = new WaitGraph(store, table);
        locks = new GroupLocks(context, graph);
        inDoubt = new InDoubtBranches(this);
        branches = new BranchTable(context, graph, inDoubt, decisions);
        this.newBroker = around.newBroker();
        terminations = new Terminations(catalog, context, aftercare, new EndOfConversation(context, orders));
        try {
            fill(stored, definitions);
        } catch (RuntimeException | Error e) {
            letGo();
            throw e;
        }
    }

    /** Messages that are gone have had orders too: what comes to a queue that is off must have a larger one than those. */
    private static long lastOff(CatalogSnapshot definitions) {
        return definitions.queues().stream()
                .filter(queue -> !queue.on())
                .mapToLong(Queue::offSince)
                .max()
                .orElse(0);
    }

    private void fill(StoredState stored, CatalogSnapshot definitions) {
        definitions
                .queues()
                .forEach(queue -> table.queue(queue.id(), queue.definition()).offSince(queue.offSince()));
        definitions.services().forEach(service -> table.serve(service.id(), table.queue(service.queue())));
        inDoubt.find(stored.manifests());
        Loader loader =
                new Loader(table, definitions, stored, (id, from, to) -> store.peek(id, from, to, Integer.MAX_VALUE));
        inDoubt.undoIn(loader);
        table.locked(() -> {
            loader.addAll(stored.timers());
            inDoubt.hold();
            loader.resume(aftercare);
            terminations.look(definitions);
        });
        table.keep(new Journal(name, telemetry, this::serviceName));
        measure(aftercare::dueTimes, this::limitsReached);
        if (definitions.options().brokerEnabled() && !transmitter.claim(store.brokerInstance(), name)) {
            // 9773: another database with the same broker instance delivers
            catalog.ofOwner().setBrokerEnabled(false);
        }
        aftercare.open();
    }

    private void measure(LongSupplier dueTimes, LongSupplier limitsReached) {
        telemetry.counters().measure(Counter.DIALOG_TIMERS, dueTimes);
        telemetry.counters().measure(Counter.TASK_LIMIT_REACHED, limitsReached);
    }

    private long limitsReached() {
        return table.locked(() -> table.queues().stream()
                .mapToLong(queue -> queue.quota().timesReached())
                .sum());
    }

    private String serviceName(int id) {
        return catalog.snapshot().services().stream()
                .filter(service -> service.id() == id)
                .map(Service::name)
                .findFirst()
                .orElse("");
    }

    /** What the catalog asks of the database. */
    private final class Around implements DatabaseCatalog.Database {

        @Override
        public void show(CatalogSnapshot now, Runnable swap) {
            changed(now, swap);
        }

        @Override
        public long conversationsEnd() {
            return OpenDatabase.this.conversationsEnd();
        }

        @Override
        public String readerOf(int queue) {
            return table.readerOf(queue);
        }

        @Override
        public void claimDelivery() {
            UUID broker = store.brokerInstance();
            if (!transmitter.claim(broker, name)) {
                throw new BrokerException(
                        9772,
                        "Delivery of database '" + name + "' can't be turned on: database '"
                                + transmitter.delivers(broker) + "' has the same broker instance, " + broker
                                + ", and delivers; NEW_BROKER gives the database another one.");
            }
        }

        @Override
        public void releaseDelivery() {
            transmitter.release(store.brokerInstance(), name);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public HomeServer server() {
            return server;
        }

        @Override
        public void renew() {
            newBroker.run();
        }
    }

    private void changed(CatalogSnapshot now, Runnable swap) {
        table.locked(() -> {
            swap.run();
            List<QueueIndex> gone = new ArrayList<>(table.queues());
            for (Queue queue : now.queues()) {
                QueueIndex index = table.queue(queue.id(), queue.definition());
                index.offSince(queue.offSince());
                index.become(queue.definition());
                gone.remove(index);
            }
            serve(now);
            gone.forEach(index -> table.dropQueue(index.id()));
            terminations.look(now);
            holdBack(!now.options().brokerEnabled());
        });
        catalogChanged.accept(this);
    }

    /** While delivery is off, what is sent inside the database doesn't arrive either. */
    private void holdBack(boolean off) {
        if (table.heldBack().holding() != off) {
            table.heldBack().hold(off);
            if (!off) {
                table.heldBack().senders().forEach(aftercare::deliverHeldBack);
            }
        }
    }

    /** Conversations go with their service from queue to queue. */
    private void serve(CatalogSnapshot now) {
        Set<Integer> moved = new HashSet<>();
        for (Service service : now.services()) {
            if (table.serve(service.id(), table.queue(service.queue()))) {
                moved.add(service.id());
            }
        }
        for (int service : table.services()) {
            if (!now.has(service) && !now.dropped().contains(service)) {
                table.forgetService(service);
            } else if (!now.has(service) && table.serve(service, null)) {
                moved.add(service);
            }
        }
        if (!moved.isEmpty()) {
            table.unordered().stream()
                    .filter(endpoint -> moved.contains(endpoint.group().service()))
                    .forEach(this::moved);
        }
    }

    /** What the endpoint's queue has held back may be due in the new one. */
    private void moved(Endpoint endpoint) {
        if (!endpoint.state().own().over()) {
            aftercare.wind(endpoint);
        } else if (endpoint.stage() == Stage.HELD) {
            aftercare.tellEnd(endpoint);
        }
    }

    private void begun(Endpoint endpoint) {
        terminations.look(endpoint);
    }

    private void disable(int queueId, EngineListener listener) {
        Queue queue = catalog.snapshot().queues().stream()
                .filter(each -> each.id() == queueId)
                .findFirst()
                .orElse(null);
        if (queue != null && catalog.disableQueue(queueId)) {
            listener.queueDisabled(name, queue.name());
            telemetry.tracer().queueDisabled(name, queue.name());
        }
    }

    /** What the definitions say about delivery to and from other databases. */
    private Station.Options delivery() {
        CatalogSnapshot now = catalog.snapshot();
        DatabaseOptions options = now.options();
        return new Station.Options(
                options.brokerEnabled(),
                options.trustworthy(),
                options.honorBrokerPriority(),
                options.masterKey(),
                now.routes().stream().map(OpenDatabase::route).toList());
    }

    private static Route route(RouteDefinition defined) {
        return new Route(
                defined.serviceName(),
                defined.brokerInstance() == null ? null : UUID.fromString(defined.brokerInstance()),
                defined.address(),
                defined.expires() == null ? Long.MAX_VALUE : defined.expires().toEpochMilli());
    }

    /** A number that no conversation of this database has had. */
    public synchronized long nextConversation() {
        long next = conversationsEnd();
        nextConversation++;
        return next;
    }

    private synchronized long conversationsEnd() {
        if (nextConversation == conversationsEnd) {
            // what an earlier process has begun is below what is reserved now
            nextConversation = store.reserveConversations(NUMBERS_AT_A_TIME);
            conversationsEnd = nextConversation + NUMBERS_AT_A_TIME;
        }
        return nextConversation;
    }

    /** Why its delivery is off, or an empty text; that of master is so for ever. */
    public String whyNotDelivering() {
        if (catalog.snapshot().options().brokerEnabled() || DatabaseRole.of(name) == DatabaseRole.MASTER) {
            return "";
        }
        String other = transmitter.delivers(store.brokerInstance());
        return other == null || other.equals(name)
                ? "ALTER DATABASE CURRENT SET ENABLE_BROKER turns it on"
                : "9773: database '" + other + "' has the same broker instance, " + store.brokerInstance()
                        + ", and delivers; NEW_BROKER gives the database another one";
    }

    /** Counters and broker events. */
    public Telemetry telemetry() {
        return telemetry;
    }

    /** Counts something that was done. */
    public void count(Counter counter) {
        telemetry.counters().count(counter);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its storage. */
    public Store store() {
        return store;
    }

    /** Its memory. */
    public EndpointTable table() {
        return table;
    }

    /** Source of queuing orders. */
    public AtomicLong orders() {
        return orders;
    }

    /** Its definitions. */
    public DatabaseCatalog catalog() {
        return catalog;
    }

    /** Judges bodies. */
    public BodyCheck bodies() {
        return bodies;
    }

    /** Its engine transactions. */
    public Aftercare aftercare() {
        return aftercare;
    }

    /** What its branches share. */
    public BranchContext context() {
        return context;
    }

    /** Its global transactions. */
    public BranchTable branches() {
        return branches;
    }

    /** Who waits for whom. */
    public WaitGraph graph() {
        return graph;
    }

    /** Its group locks. */
    public GroupLocks locks() {
        return locks;
    }

    /** Why the messages of an endpoint are not delivered; empty also for a handle that names none that is seen. */
    public String transmissionStatus(UUID handle, Predicate<Endpoint> seen) {
        boolean shown = table.locked(() -> {
            Endpoint endpoint = table.endpoint(handle);
            return endpoint != null && seen.test(endpoint);
        });
        return shown ? new TransmissionStatus(name, table, store).of(handle) : "";
    }

    /**
     * Its suspended groups, those first that have been so for longest.
     *
     * @param shown which of them; asked under the table's lock
     */
    public List<SuspendedGroup> suspendedGroups(Predicate<Group> shown) {
        return new SuspendedGroups(table, catalog.snapshot()).list(shown);
    }

    /** Dooms what is under way, ends its threads, closes the store. */
    @Override
    public void close() {
        discard(new BrokerException(org.parley.ErrorNumbers.NOT_RUNNING, "Database '" + name + "' has been closed."));
    }

    /** As {@link #close()}, with the reason that everything under way is told. */
    public void discard(BrokerException reason) {
        try (store) {
            branches.doomAll(reason);
            letGo();
        }
    }

    private void letGo() {
        measure(() -> 0, () -> 0);
        try {
            aftercare.close();
        } finally {
            transmitter.release(store.brokerInstance(), name);
        }
    }
}
