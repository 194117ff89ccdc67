package org.parley.engine.catalog;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.parley.BrokerPriorityDefinition;
import org.parley.Catalog;
import org.parley.CertificateDefinition;
import org.parley.ContractDefinition;
import org.parley.DatabaseOptions;
import org.parley.EventNotificationDefinition;
import org.parley.MessageTypeDefinition;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;
import org.parley.ServiceDefinition;
import org.parley.XmlSchemaCollectionDefinition;
import org.parley.engine.catalog.CatalogEdit.AddXmlSchemas;
import org.parley.engine.catalog.CatalogEdit.AlterBrokerPriority;
import org.parley.engine.catalog.CatalogEdit.AlterMessageType;
import org.parley.engine.catalog.CatalogEdit.AlterQueue;
import org.parley.engine.catalog.CatalogEdit.AlterRemoteServiceBinding;
import org.parley.engine.catalog.CatalogEdit.AlterRoute;
import org.parley.engine.catalog.CatalogEdit.AlterService;
import org.parley.engine.catalog.CatalogEdit.CreateBrokerPriority;
import org.parley.engine.catalog.CatalogEdit.CreateContract;
import org.parley.engine.catalog.CatalogEdit.CreateEventNotification;
import org.parley.engine.catalog.CatalogEdit.CreateMessageType;
import org.parley.engine.catalog.CatalogEdit.CreateQueue;
import org.parley.engine.catalog.CatalogEdit.CreateRemoteServiceBinding;
import org.parley.engine.catalog.CatalogEdit.CreateRoute;
import org.parley.engine.catalog.CatalogEdit.CreateService;
import org.parley.engine.catalog.CatalogEdit.CreateXmlSchemaCollection;
import org.parley.engine.catalog.CatalogEdit.Drop;
import org.parley.engine.catalog.CatalogEdit.DropEventNotification;
import org.parley.engine.catalog.CatalogEdit.Dropped;
import org.parley.engine.catalog.CatalogEdit.ErrorConversations;
import org.parley.engine.catalog.CatalogEdit.NewBroker;
import org.parley.engine.catalog.CatalogEdit.SetOption;
import org.parley.engine.catalog.CatalogEdit.SetQueueStatus;
import org.parley.engine.security.Access;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.security.SessionKey;
import org.parley.engine.store.CatalogRows.CertificateRow;
import org.parley.engine.store.CatalogRows.ProcedureRow;
import org.parley.spi.DefinitionSession;
import org.parley.spi.Definitions;

/** The catalog as a session has it: shows what its user has any permission on, and changes what that may change. */
final class CallerCatalog extends NetworkCatalog {

    private final DatabaseCatalog catalog;
    private final Editing editing;
    private final Supplier<Access> caller;
    private final SessionKey session;
    private final String owner;

    /**
     * A view of a catalog.
     *
     * @param editing how edits come about
     * @param session the master key as the session has opened it
     * @param owner to whom what is defined is to belong, or null for the caller itself
     */
    CallerCatalog(DatabaseCatalog catalog, Editing editing, Supplier<Access> caller, SessionKey session, String owner) {
        this.catalog = catalog;
        this.editing = editing;
        this.caller = caller;
        this.session = session;
        this.owner = owner;
    }

    /** What definition statements work with. */
    private record Session(Catalog catalog, String database, String user, InstantSource clock)
            implements DefinitionSession {}

    @Override
    public Catalog ownedBy(String user) {
        return new CallerCatalog(catalog, editing, caller, session, user);
    }

    @Override
    public CatalogSnapshot snapshot() {
        return editing.snapshot();
    }

    private Editing.Author author() {
        return new Editing.Author(caller.get(), session);
    }

    @Override
    void run(CatalogEdit edit) {
        CatalogEdit owned = owner == null ? edit : new CatalogEdit.Security(new SecurityEdit.Owned(edit, owner));
        editing.edit(author(), editor -> editor.apply(owned));
    }

    @Override
    void runOnServer(CatalogEdit edit) {
        if (catalog.isMaster()) {
            // what belongs to the server has no user for its owner
            editing.edit(author(), editor -> editor.apply(edit));
        } else if (caller.get().serverOwner()) {
            editing.apart(
                    "A change of the server in another database than master",
                    () -> catalog.database().server().master().apply(edit));
        } else {
            throw SecurityErrors.notServerOwner(
                    caller.get(), "change logins, the network endpoint or its permissions from another database");
        }
    }

    @Override
    Optional<CatalogSnapshot> server() {
        Access who = caller.get();
        boolean shown = who.serverOwner() || catalog.isMaster() && who.databaseOwner();
        if (!shown) {
            return Optional.empty();
        }
        return catalog.isMaster() ? Optional.of(snapshot()) : catalog.server();
    }

    @Override
    HomeServer home() {
        return catalog.database().server();
    }

    @Override
    Access caller() {
        return caller.get();
    }

    @Override
    SessionKey session() {
        return session;
    }

    @Override
    public void define(String statements) {
        Definitions definitions = InstalledLanguage.required().definitions(statements);
        editing.together(author(), together -> {
            Catalog within = new CallerCatalog(catalog, together, caller, session, owner);
            String name = catalog.database().name();
            definitions.apply(new Session(within, name, caller.get().name(), catalog.clock()));
        });
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
    public void define(ContractDefinition contract) {
        run(new CreateContract(contract));
    }

    @Override
    public void define(QueueDefinition queue) {
        run(new CreateQueue(queue));
    }

    @Override
    public void define(ServiceDefinition service) {
        run(new CreateService(service));
    }

    @Override
    public void define(RouteDefinition route) {
        run(new CreateRoute(route));
    }

    @Override
    public void define(BrokerPriorityDefinition priority) {
        run(new CreateBrokerPriority(priority));
    }

    @Override
    public void define(RemoteServiceBindingDefinition binding) {
        run(new CreateRemoteServiceBinding(binding));
    }

    @Override
    public void define(EventNotificationDefinition notification) {
        run(new CreateEventNotification(notification));
    }

    @Override
    public void addXmlSchemas(String collection, String schemas) {
        run(new AddXmlSchemas(collection, schemas));
    }

    @Override
    public void alter(MessageTypeDefinition messageType) {
        run(new AlterMessageType(messageType));
    }

    @Override
    public void alter(QueueDefinition queue) {
        run(new AlterQueue(queue));
    }

    @Override
    public void alter(ServiceDefinition service) {
        run(new AlterService(service));
    }

    @Override
    public void alter(RouteDefinition route) {
        run(new AlterRoute(route));
    }

    @Override
    public void alter(BrokerPriorityDefinition priority) {
        run(new AlterBrokerPriority(priority));
    }

    @Override
    public void alter(RemoteServiceBindingDefinition binding) {
        run(new AlterRemoteServiceBinding(binding));
    }

    @Override
    public void setQueueStatus(String queue, boolean on) {
        run(new SetQueueStatus(queue, on));
    }

    @Override
    public void dropService(String name) {
        run(new Drop(Dropped.SERVICE, name));
    }

    @Override
    public void dropQueue(String name) {
        run(new Drop(Dropped.QUEUE, name));
    }

    @Override
    public void dropContract(String name) {
        run(new Drop(Dropped.CONTRACT, name));
    }

    @Override
    public void dropMessageType(String name) {
        run(new Drop(Dropped.MESSAGE_TYPE, name));
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

    @Override
    public void setBrokerEnabled(boolean on) {
        run(new SetOption(DatabaseOption.BROKER_ENABLED, on));
    }

    @Override
    public void setTrustworthy(boolean on) {
        run(new SetOption(DatabaseOption.TRUSTWORTHY, on));
    }

    @Override
    public void setHonorBrokerPriority(boolean on) {
        run(new SetOption(DatabaseOption.HONOR_BROKER_PRIORITY, on));
    }

    @Override
    public void errorBrokerConversations() {
        run(new ErrorConversations());
    }

    @Override
    public void newBroker() {
        editing.apart("ALTER DATABASE with NEW_BROKER", () -> {
            catalog.edit(author(), editor -> editor.apply(new NewBroker()));
            // not under the lock of the definitions: who waits for that must end first
            catalog.database().renew();
        });
    }

    @Override
    public DatabaseOptions options() {
        return snapshot().options();
    }

    @Override
    public List<RouteDefinition> routes() {
        return caller.get().definer() ? super.routes() : List.of();
    }

    @Override
    public List<BrokerPriorityDefinition> brokerPriorities() {
        return caller.get().definer() ? super.brokerPriorities() : List.of();
    }

    @Override
    public List<RemoteServiceBindingDefinition> remoteServiceBindings() {
        return caller.get().definer() ? super.remoteServiceBindings() : List.of();
    }

    @Override
    public List<EventNotificationDefinition> eventNotifications() {
        Set<String> seen = seen(snapshot().queues(), Queue::id, Queue::name);
        return super.eventNotifications().stream()
                .filter(each -> each.queue() == null ? caller.get().definer() : seen.contains(each.queue()))
                .toList();
    }

    @Override
    public List<CertificateDefinition> certificates() {
        Set<String> seen = seen(snapshot().certificates(), CertificateRow::id, CertificateRow::name);
        return super.certificates().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<MessageTypeDefinition> messageTypes() {
        Set<String> seen = seen(snapshot().messageTypes(), MessageType::id, MessageType::name);
        return super.messageTypes().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<XmlSchemaCollectionDefinition> xmlSchemaCollections() {
        Set<String> seen = seen(snapshot().schemaCollections(), XmlSchemaCollection::id, XmlSchemaCollection::name);
        return super.xmlSchemaCollections().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<ContractDefinition> contracts() {
        Set<String> seen = seen(snapshot().contracts(), Contract::id, Contract::name);
        return super.contracts().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<ProcedureDefinition> procedures() {
        Set<String> seen = seen(snapshot().procedures(), ProcedureRow::id, ProcedureRow::name);
        return super.procedures().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<QueueDefinition> queues() {
        Set<String> seen = seen(snapshot().queues(), Queue::id, Queue::name);
        return super.queues().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<ServiceDefinition> services() {
        Set<String> seen = seen(snapshot().services(), Service::id, Service::name);
        return super.services().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    private <T> Set<String> seen(Collection<T> all, ToIntFunction<T> id, Function<T, String> name) {
        Access access = caller.get();
        return all.stream()
                .filter(each -> access.sees(id.applyAsInt(each)))
                .map(name)
                .collect(Collectors.toSet());
    }
}
