package org.parley.engine.catalog;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.BrokerPriorityDefinition;
import org.parley.Catalog;
import org.parley.ContractDefinition;
import org.parley.DatabaseOptions;
import org.parley.EventNotificationDefinition;
import org.parley.MessageTypeDefinition;
import org.parley.QueueDefinition;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;
import org.parley.Securable;
import org.parley.ServiceDefinition;
import org.parley.XmlSchemaCollectionDefinition;
import org.parley.engine.catalog.DefinitionStatement.AddXmlSchemas;
import org.parley.engine.catalog.DefinitionStatement.AlterMessageType;
import org.parley.engine.catalog.DefinitionStatement.CreateContract;
import org.parley.engine.catalog.DefinitionStatement.CreateEventNotification;
import org.parley.engine.catalog.DefinitionStatement.CreateMessageType;
import org.parley.engine.catalog.DefinitionStatement.CreateQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateService;
import org.parley.engine.catalog.DefinitionStatement.CreateXmlSchemaCollection;
import org.parley.engine.catalog.DefinitionStatement.Drop;
import org.parley.engine.catalog.DefinitionStatement.DropEventNotification;
import org.parley.engine.catalog.DefinitionStatement.Dropped;
import org.parley.engine.catalog.DefinitionStatement.ErrorConversations;
import org.parley.engine.catalog.DefinitionStatement.NewBroker;
import org.parley.engine.catalog.DefinitionStatement.SetOption;
import org.parley.engine.catalog.SecurityStatement.Owned;
import org.parley.engine.security.Access;
import org.parley.engine.security.SessionKey;
import org.parley.engine.store.CatalogRows.EventNotificationRow;
import org.parley.engine.store.CatalogRows.EventRow;
import org.parley.engine.store.CatalogRows.LoginRow;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;

/**
 * The catalog of one broker database. Readers take {@link #snapshot()}, which never waits; changes run one after another,
 * each in a store transaction of its own, and show only after its commit.
 */
public final class DatabaseCatalog extends NetworkCatalog {

    private final ReentrantLock changing = new ReentrantLock();
    private final Store store;
    private final Moments moments;
    private final Database database;

    /** On whose behalf definitions change, under the lock. */
    private Author author = new Author(Access.OWNER_OF_DATABASE, null, new SessionKey());

    private volatile CatalogSnapshot snapshot;

    private final java.util.Queue<EventRow> unsent = new ConcurrentLinkedQueue<>();
    private int lastId;

    /**
     * On whose behalf definitions change.
     *
     * @param caller who changes them
     * @param owner to whom what is made belongs; null: to the caller
     * @param key the master key as the caller's session has opened it
     */
    record Author(Access caller, String owner, SessionKey key) {}

    /** The database that the definitions are of. */
    @FunctionalInterface
    public interface Database {

        /**
         * Makes a committed change true: runs the swap, at one moment with all that conversations see of the change; in the
         * order of changes, before the call that has made the change returns.
         */
        void show(CatalogSnapshot now, Runnable swap);

        /** A number above those of all conversations begun so far. */
        default long conversationsEnd() {
            return 0;
        }

        /** Name of an activation of beans that reads a queue, or null. */
        default String readerOf(int queue) {
            return null;
        }

        /** Delivery is to be turned on: fails with 9772 when another database with the same broker instance delivers. */
        default void claimDelivery() {}

        /** Delivery is off, or couldn't be turned on. */
        default void releaseDelivery() {}

        /** What the database is to its server. */
        default DatabaseRole role() {
            return DatabaseRole.USER;
        }

        /** Its server. */
        default HomeServer server() {
            return HomeServer.NONE;
        }

        /** NEW_BROKER: ends everything under way and all conversations, and opens the database anew. */
        default void renew() {}
    }

    /**
     * What tells when something happens in a database.
     *
     * @param clock time
     * @param lastOrder the queuing order that was given last
     */
    public record Moments(InstantSource clock, LongSupplier lastOrder) {}

    /**
     * The catalog of an open database.
     *
     * @param store where definitions are kept
     * @param initial what it holds
     * @param lastId largest id ever given to a definition
     * @param moments what tells when a definition changes
     * @param database what is around the definitions
     */
    public DatabaseCatalog(Store store, CatalogSnapshot initial, int lastId, Moments moments, Database database) {
        this.store = store;
        this.snapshot = initial;
        this.unsent.addAll(initial.events());
        this.lastId = lastId;
        this.moments = moments;
        this.database = database;
    }

    /** The catalog as a session has it. */
    public Catalog of(Supplier<Access> user, SessionKey key) {
        return new CallerCatalog(this, user, key, null);
    }

    @Override
    public Catalog ownedBy(String user) {
        return new CallerCatalog(this, () -> Access.OWNER_OF_DATABASE, author.key(), user);
    }

    /** Runs changes for a caller, who must be allowed to change the object, if there is one. */
    void as(Author other, Securable changed, Runnable changes) {
        changing.lock();
        Author before = author;
        try {
            author = other;
            if (changed != null && !other.caller().everything()) {
                change(editor -> editor.security().checkChange(changed, editor));
            }
            changes.run();
        } finally {
            author = before;
            changing.unlock();
        }
    }

    /** Runs what reads definitions and changes them by what it has read, while nobody else changes any, nor of the server. */
    public void alone(Runnable change) {
        changing.lock();
        try {
            if (!isMaster() && server().isPresent()) {
                database.server().master().alone(change);
            } else {
                change.run();
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    void run(DefinitionStatement statement) {
        change(editor -> editor.apply(
                author.owner() == null
                        ? statement
                        : new DefinitionStatement.Security(new Owned(statement, author.owner()))));
    }

    @Override
    void runOnServer(DefinitionStatement statement) {
        (isMaster() ? this : database.server().master()).run(statement);
    }

    @Override
    public Optional<CatalogSnapshot> server() {
        return isMaster() ? Optional.of(snapshot) : database.server().definitions();
    }

    @Override
    HomeServer home() {
        return database.server();
    }

    @Override
    Access caller() {
        return author.caller();
    }

    @Override
    SessionKey session() {
        return author.key();
    }

    /** A login of the server. */
    public Optional<LoginRow> login(String name) {
        return server().flatMap(now -> now.login(name));
    }

    /** Whether it is the catalog of master. */
    public boolean isMaster() {
        return database.role() == DatabaseRole.MASTER;
    }

    @Override
    public CatalogSnapshot snapshot() {
        return snapshot;
    }

    /** No conversation needs any more what was dropped: it goes for good. */
    public void forget(int id) {
        change(editor -> editor.forget(id));
    }

    @Override
    public void define(String statements) {
        if (DefinitionScript.isNewBroker(statements)) {
            newBroker();
            return;
        }
        List<DefinitionScript.Placed> script = DefinitionScript.parse(statements);
        change(editor -> script.forEach(placed -> {
            try {
                editor.apply(placed.statement());
            } catch (BrokerException e) {
                throw new BrokerException(e.number(), placed.line() + ":" + placed.column() + ": " + e.getMessage(), e);
            }
        }));
    }

    @Override
    public void define(MessageTypeDefinition messageType) {
        run(new CreateMessageType(messageType));
    }

    @Override
    public void define(XmlSchemaCollectionDefinition collection) {
        run(new CreateXmlSchemaCollection(collection));
    }

    @Override
    public void addXmlSchemas(String collection, String schemas) {
        run(new AddXmlSchemas(collection, schemas));
    }

    @Override
    public void define(ContractDefinition contract) {
        run(CreateContract.of(contract));
    }

    @Override
    public void define(QueueDefinition queue) {
        run(CreateQueue.of(queue));
    }

    @Override
    public void define(RouteDefinition route) {
        changeAsDefiner("CREATE ROUTE", editor -> editor.routes().define(route));
    }

    @Override
    public void define(BrokerPriorityDefinition priority) {
        changeAsDefiner("CREATE BROKER PRIORITY", editor -> editor.priorities().define(priority));
    }

    @Override
    public void define(RemoteServiceBindingDefinition binding) {
        changeAsDefiner(
                "CREATE REMOTE SERVICE BINDING", editor -> editor.routes().define(binding));
    }

    @Override
    public void define(EventNotificationDefinition notification) {
        run(new CreateEventNotification(notification));
    }

    @Override
    public void alter(MessageTypeDefinition messageType) {
        run(new AlterMessageType(messageType));
    }

    @Override
    public void alter(QueueDefinition queue) {
        change(editor -> editor.queues().alter(queue));
    }

    @Override
    public void alter(ServiceDefinition service) {
        change(editor -> {
            editor.security().checkReferences(service.queue(), service.contracts(), editor);
            editor.alter(service);
        });
    }

    @Override
    public void alter(RouteDefinition route) {
        changeAsDefiner("ALTER ROUTE", editor -> editor.routes().alter(route));
    }

    @Override
    public void alter(BrokerPriorityDefinition priority) {
        changeAsDefiner("ALTER BROKER PRIORITY", editor -> editor.priorities().alter(priority));
    }

    @Override
    public void alter(RemoteServiceBindingDefinition binding) {
        changeAsDefiner(
                "ALTER REMOTE SERVICE BINDING", editor -> editor.routes().alter(binding));
    }

    @Override
    public void define(ServiceDefinition service) {
        run(CreateService.of(service));
    }

    @Override
    public void setQueueStatus(String queue, boolean on) {
        change(editor -> editor.queues().setStatus(queue, on));
    }

    @Override
    public void dropService(String name) {
        change(editor -> editor.dropService(name));
    }

    @Override
    public void dropQueue(String name) {
        change(editor -> editor.queues().drop(name));
    }

    @Override
    public void dropContract(String name) {
        change(editor -> editor.dropContract(name));
    }

    @Override
    public void dropMessageType(String name) {
        change(editor -> editor.dropMessageType(name));
    }

    @Override
    public void dropXmlSchemaCollection(String name) {
        run(new Drop(Dropped.XML_SCHEMA_COLLECTION, name));
    }

    @Override
    public void dropRoute(String name) {
        run(new Drop(Dropped.ROUTE, name));
    }

    @Override
    public void dropBrokerPriority(String name) {
        run(new Drop(Dropped.PRIORITY, name));
    }

    @Override
    public void dropRemoteServiceBinding(String name) {
        run(new Drop(Dropped.BINDING, name));
    }

    @Override
    public void dropEventNotification(String name, String queue) {
        run(new DropEventNotification(name, queue));
    }

    /** Turns a queue off because its readers have failed, unless it is off or gone; says whether it has. */
    public boolean disableQueue(int id) {
        boolean[] disabled = new boolean[1];
        change(editor -> disabled[0] = editor.disableQueue(id));
        return disabled[0];
    }

    /** The service of an event notification has ended its dialog: no more messages come. */
    public void end(EventNotificationRow notification) {
        change(editor -> editor.events().end(notification));
    }

    /** Drops an event notification whose dialog is broken; says whether it was there. */
    public boolean dropBroken(EventNotificationRow notification) {
        boolean[] dropped = new boolean[1];
        change(editor -> dropped[0] = editor.events().dropBroken(notification));
        return dropped[0];
    }

    /** Nobody is to be told of a stored event any more. */
    public void forget(EventRow event) {
        change(editor -> editor.events().forget(event));
    }

    /** Events that are stored and not sent yet, in their order; whoever has sent one takes it away. */
    public java.util.Queue<EventRow> unsent() {
        return unsent;
    }

    @Override
    public DatabaseOptions options() {
        return snapshot.options();
    }

    @Override
    public void setBrokerEnabled(boolean on) {
        run(new SetOption(DatabaseOption.BROKER_ENABLED, on));
    }

    @Override
    public void newBroker() {
        checkNewBroker();
        renew();
    }

    /** Whether the caller may. */
    void checkNewBroker() {
        change(editor -> {
            editor.security().check(new NewBroker(), editor);
            editor.options().checkBroker("NEW_BROKER");
        });
    }

    void renew() {
        database.renew();
    }

    @Override
    public void errorBrokerConversations() {
        run(new ErrorConversations());
    }

    @Override
    public void setTrustworthy(boolean on) {
        run(new SetOption(DatabaseOption.TRUSTWORTHY, on));
    }

    @Override
    public void setHonorBrokerPriority(boolean on) {
        run(new SetOption(DatabaseOption.HONOR_BROKER_PRIORITY, on));
    }

    private void changeAsDefiner(String what, Consumer<CatalogEditor> edits) {
        change(editor -> {
            editor.security().checkDefiner(what);
            if (author.owner() != null) {
                editor.security().checkOwnerOfNew(author.owner());
            }
            edits.accept(editor);
        });
    }

    private void change(Consumer<CatalogEditor> edits) {
        changing.lock();
        try (CatalogChange change = new CatalogChange(store)) {
            CatalogEditor editor = new CatalogEditor(
                    snapshot,
                    author.caller(),
                    change::writer,
                    () -> ++lastId,
                    new CatalogEditor.Around(
                            moments.clock().instant(), moments.lastOrder().getAsLong(), database, author.key()));
            edits.accept(editor);
            CatalogSnapshot after = editor.snapshot();
            if (change.commit()) {
                unsent.addAll(editor.events().raised());
                database.show(after, () -> snapshot = after);
            }
        } catch (StoreException e) {
            throw CatalogChange.notStored(e);
        } finally {
            if (!snapshot.options().brokerEnabled()) {
                database.releaseDelivery();
            }
            changing.unlock();
        }
    }
}
