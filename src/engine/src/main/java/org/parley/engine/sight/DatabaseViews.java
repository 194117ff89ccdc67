package org.parley.engine.sight;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.parley.InDoubtBranch;
import org.parley.SuspendedGroup;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.routing.Station;
import org.parley.engine.store.SqlCaller;
import org.parley.engine.store.SystemRows;
import org.parley.engine.store.SystemView;
import org.parley.spi.Statistics;

/** All views of one open database. */
public final class DatabaseViews implements SystemRows {

    private final OpenDatabase database;
    private final EndpointViews endpoints;
    private final MessageViews messages;
    private final Supplier<Statistics> statistics;
    private final ActivationViews activation;

    /**
     * The views of a database.
     *
     * @param statistics what was counted in all databases of the server
     */
    public DatabaseViews(OpenDatabase database, Supplier<Statistics> statistics) {
        this.database = database;
        this.statistics = statistics;
        this.endpoints = new EndpointViews(database);
        this.messages = new MessageViews(database);
        this.activation = new ActivationViews(database);
    }

    @Override
    public Iterator<Object[]> rows(SystemView view, SqlCaller caller) {
        boolean server = NetworkViews.OF_SERVER.contains(view);
        if (server && caller != null && !(database.catalog().isMaster() && caller.databaseOwner())) {
            // owners of another database don't own the server
            return Collections.emptyIterator();
        }
        return new Visibility(database.catalog().snapshot(), caller).visible(view, rows(view));
    }

    private Iterator<Object[]> rows(SystemView view) {
        return switch (view) {
            case CONVERSATION_ENDPOINTS -> endpoints.endpoints();
            case CONVERSATION_GROUPS -> endpoints.groups();
            case TRANSMISSION_QUEUE -> messages.transmissionQueue();
            case SUSPENDED_GROUPS ->
                database.suspendedGroups(any -> true).stream()
                        .map(DatabaseViews::row)
                        .iterator();
            case DATABASES -> databases();
            case DM_OS_PERFORMANCE_COUNTERS -> new CounterViews(statistics.get()).rows();
            // of the network, which there is none of yet
            case SERVER_EVENT_NOTIFICATIONS, DM_BROKER_CONNECTIONS, DM_BROKER_FORWARDED_MESSAGES ->
                Collections.emptyIterator();
            case IN_DOUBT_BRANCHES ->
                database.branches().inDoubt().stream().map(this::row).iterator();
            case DM_BROKER_QUEUE_MONITORS -> activation.monitors().iterator();
            case DM_BROKER_ACTIVATED_TASKS -> activation.tasks().iterator();
            case SERVICE_BROKER_ENDPOINTS, TCP_ENDPOINTS, ENDPOINTS, SERVER_PRINCIPALS, SQL_LOGINS ->
                database.catalog().server().stream()
                        .flatMap(now -> new NetworkViews(now).rows(view).stream())
                        .iterator();
            case CERTIFICATES, SYMMETRIC_KEYS ->
                new NetworkViews(database.catalog().snapshot()).rows(view).iterator();
            default -> definitions(view).iterator();
        };
    }

    private static Object[] row(SuspendedGroup group) {
        return new Object[] {
            group.groupId(),
            group.queue(),
            group.service(),
            group.since().toEpochMilli(),
            group.rollbacks(),
            group.lastFailure()
        };
    }

    private Object[] row(InDoubtBranch branch) {
        return new Object[] {
            branch.xid(),
            branch.state().name(),
            branch.since().toEpochMilli(),
            Duration.between(branch.since(), database.context().clock().instant())
                    .toSeconds(),
            branch.groups(),
            branch.sent(),
            branch.received(),
            branch.decidedBy(),
            branch.decidedAt() == null ? null : branch.decidedAt().toEpochMilli()
        };
    }

    private Iterator<Object[]> databases() {
        return database.aftercare().station().all().stream()
                .sorted(Comparator.comparingInt(Station::id))
                .map(each -> new Object[] {
                    each.name(),
                    each.id(),
                    each.broker(),
                    each.options().delivers(),
                    each.options().trustworthy(),
                    each.options().honorsPriority()
                })
                .iterator();
    }

    private List<Object[]> definitions(SystemView view) {
        CatalogViews catalog = new CatalogViews(database.catalog().snapshot());
        return switch (view) {
            case SERVICE_QUEUES -> catalog.queues();
            case SERVICES -> catalog.services();
            case PROCEDURES -> catalog.procedures();
            case SERVICE_QUEUE_USAGES -> catalog.queueUsages();
            case SERVICE_CONTRACTS -> catalog.contracts();
            case SERVICE_CONTRACT_USAGES -> catalog.contractUsages();
            case SERVICE_CONTRACT_MESSAGE_USAGES -> catalog.messageUsages();
            case SERVICE_MESSAGE_TYPES -> catalog.messageTypes();
            case CONVERSATION_PRIORITIES -> catalog.priorities();
            case ROUTES -> catalog.routes();
            case REMOTE_SERVICE_BINDINGS -> catalog.bindings();
            case EVENT_NOTIFICATIONS ->
                catalog.eventNotifications(database.store().brokerInstance());
            case XML_SCHEMA_COLLECTIONS -> catalog.schemaCollections();
            case MESSAGE_TYPE_XML_SCHEMA_COLLECTION_USAGES -> catalog.schemaCollectionUsages();
            default -> throw new IllegalArgumentException("View " + view + " has no rows of definitions.");
        };
    }

    @Override
    public Iterator<Object[]> queue(int id, SqlCaller caller) {
        new Visibility(database.catalog().snapshot(), caller).check(id);
        return messages.queue(id);
    }

    @Override
    public String transmissionStatus(UUID handle, SqlCaller caller) {
        Set<Integer> seen = new Visibility(database.catalog().snapshot(), caller).conversations();
        return database.transmissionStatus(
                handle, endpoint -> seen.contains(endpoint.group().service()));
    }
}
