package org.parley.engine.catalog;

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
import org.parley.Securable;
import org.parley.ServiceDefinition;
import org.parley.XmlSchemaCollectionDefinition;
import org.parley.engine.security.Access;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.security.SessionKey;
import org.parley.engine.store.CatalogRows.CertificateRow;
import org.parley.engine.store.CatalogRows.ProcedureRow;

/** The catalog as a session has it: shows what its user has any permission on, and changes what that may change. */
final class CallerCatalog extends NetworkCatalog {

    private final DatabaseCatalog catalog;
    private final Supplier<Access> caller;
    private final SessionKey session;
    private final String owner;

    /**
     * A view of a catalog.
     *
     * @param session the master key as the session has opened it
     * @param owner to whom what is defined is to belong, or null for the caller itself
     */
    CallerCatalog(DatabaseCatalog catalog, Supplier<Access> caller, SessionKey session, String owner) {
        this.catalog = catalog;
        this.caller = caller;
        this.session = session;
        this.owner = owner;
    }

    private void as(Securable changed, Runnable changes) {
        catalog.as(new DatabaseCatalog.Author(caller.get(), owner, session), changed, changes);
    }

    @Override
    public Catalog ownedBy(String user) {
        return new CallerCatalog(catalog, caller, session, user);
    }

    @Override
    public CatalogSnapshot snapshot() {
        return catalog.snapshot();
    }

    @Override
    void run(DefinitionStatement statement) {
        as(null, () -> catalog.run(statement));
    }

    @Override
    void runOnServer(DefinitionStatement statement) {
        if (catalog.isMaster()) {
            // what belongs to the server has no user for its owner
            catalog.as(new DatabaseCatalog.Author(caller.get(), null, session), null, () -> catalog.run(statement));
        } else if (caller.get().serverOwner()) {
            catalog.runOnServer(statement);
        } else {
            throw SecurityErrors.notServerOwner(
                    caller.get(), "change logins, the network endpoint or its permissions from another database");
        }
    }

    @Override
    Optional<CatalogSnapshot> server() {
        Access who = caller.get();
        boolean shown = who.serverOwner() || catalog.isMaster() && who.databaseOwner();
        return shown ? catalog.server() : Optional.empty();
    }

    @Override
    HomeServer home() {
        return catalog.home();
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
    public List<CertificateDefinition> certificates() {
        Set<String> seen = seen(snapshot().certificates(), CertificateRow::id, CertificateRow::name);
        return super.certificates().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public void define(String statements) {
        if (DefinitionScript.isNewBroker(statements)) {
            newBroker();
            return;
        }
        as(null, () -> catalog.define(statements));
    }

    @Override
    public void define(MessageTypeDefinition messageType) {
        as(null, () -> catalog.define(messageType));
    }

    @Override
    public void define(XmlSchemaCollectionDefinition collection) {
        as(null, () -> catalog.define(collection));
    }

    @Override
    public void addXmlSchemas(String collection, String schemas) {
        as(null, () -> catalog.addXmlSchemas(collection, schemas));
    }

    @Override
    public void dropXmlSchemaCollection(String name) {
        as(null, () -> catalog.dropXmlSchemaCollection(name));
    }

    @Override
    public void define(ContractDefinition contract) {
        as(null, () -> catalog.define(contract));
    }

    @Override
    public void define(QueueDefinition queue) {
        as(null, () -> catalog.define(queue));
    }

    @Override
    public void define(ServiceDefinition service) {
        as(null, () -> catalog.define(service));
    }

    @Override
    public void setQueueStatus(String queue, boolean on) {
        as(Securable.queue(Queue.nameOf(queue)), () -> catalog.setQueueStatus(queue, on));
    }

    @Override
    public void dropService(String name) {
        as(Securable.service(name), () -> catalog.dropService(name));
    }

    @Override
    public void dropQueue(String name) {
        as(Securable.queue(Queue.nameOf(name)), () -> catalog.dropQueue(name));
    }

    @Override
    public void dropContract(String name) {
        as(Securable.contract(name), () -> catalog.dropContract(name));
    }

    @Override
    public void dropMessageType(String name) {
        as(Securable.messageType(name), () -> catalog.dropMessageType(name));
    }

    @Override
    public void define(RouteDefinition route) {
        as(null, () -> catalog.define(route));
    }

    @Override
    public void alter(RouteDefinition route) {
        as(null, () -> catalog.alter(route));
    }

    @Override
    public void define(BrokerPriorityDefinition priority) {
        as(null, () -> catalog.define(priority));
    }

    @Override
    public void alter(BrokerPriorityDefinition priority) {
        as(null, () -> catalog.alter(priority));
    }

    @Override
    public void define(RemoteServiceBindingDefinition binding) {
        as(null, () -> catalog.define(binding));
    }

    @Override
    public void define(EventNotificationDefinition notification) {
        as(null, () -> catalog.define(notification));
    }

    @Override
    public void dropEventNotification(String name, String queue) {
        as(null, () -> catalog.dropEventNotification(name, queue));
    }

    @Override
    public List<EventNotificationDefinition> eventNotifications() {
        Set<String> seen = seen(snapshot().queues(), Queue::id, Queue::name);
        return catalog.eventNotifications().stream()
                .filter(each -> each.queue() == null ? caller.get().definer() : seen.contains(each.queue()))
                .toList();
    }

    @Override
    public void alter(RemoteServiceBindingDefinition binding) {
        as(null, () -> catalog.alter(binding));
    }

    @Override
    public void alter(MessageTypeDefinition messageType) {
        as(Securable.messageType(messageType.name()), () -> catalog.alter(messageType));
    }

    @Override
    public void alter(QueueDefinition queue) {
        as(Securable.queue(Queue.nameOf(queue.name())), () -> catalog.alter(queue));
    }

    @Override
    public void alter(ServiceDefinition service) {
        as(Securable.service(service.name()), () -> catalog.alter(service));
    }

    @Override
    public void dropRoute(String name) {
        as(null, () -> catalog.dropRoute(name));
    }

    @Override
    public void dropBrokerPriority(String name) {
        as(null, () -> catalog.dropBrokerPriority(name));
    }

    @Override
    public void dropRemoteServiceBinding(String name) {
        as(null, () -> catalog.dropRemoteServiceBinding(name));
    }

    @Override
    public void setBrokerEnabled(boolean on) {
        as(null, () -> catalog.setBrokerEnabled(on));
    }

    @Override
    public void newBroker() {
        as(null, catalog::checkNewBroker);
        // not under the lock of the definitions: who waits for that must end first
        catalog.renew();
    }

    @Override
    public void errorBrokerConversations() {
        as(null, catalog::errorBrokerConversations);
    }

    @Override
    public void setTrustworthy(boolean on) {
        as(null, () -> catalog.setTrustworthy(on));
    }

    @Override
    public void setHonorBrokerPriority(boolean on) {
        as(null, () -> catalog.setHonorBrokerPriority(on));
    }

    @Override
    public DatabaseOptions options() {
        return catalog.options();
    }

    @Override
    public List<RouteDefinition> routes() {
        return caller.get().definer() ? catalog.routes() : List.of();
    }

    @Override
    public List<BrokerPriorityDefinition> brokerPriorities() {
        return caller.get().definer() ? catalog.brokerPriorities() : List.of();
    }

    @Override
    public List<RemoteServiceBindingDefinition> remoteServiceBindings() {
        return caller.get().definer() ? catalog.remoteServiceBindings() : List.of();
    }

    @Override
    public List<MessageTypeDefinition> messageTypes() {
        Set<String> seen = seen(snapshot().messageTypes(), MessageType::id, MessageType::name);
        return catalog.messageTypes().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<XmlSchemaCollectionDefinition> xmlSchemaCollections() {
        Set<String> seen = seen(snapshot().schemaCollections(), XmlSchemaCollection::id, XmlSchemaCollection::name);
        return catalog.xmlSchemaCollections().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<ContractDefinition> contracts() {
        Set<String> seen = seen(snapshot().contracts(), Contract::id, Contract::name);
        return catalog.contracts().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<ProcedureDefinition> procedures() {
        Set<String> seen = seen(snapshot().procedures(), ProcedureRow::id, ProcedureRow::name);
        return catalog.procedures().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<QueueDefinition> queues() {
        Set<String> seen = seen(snapshot().queues(), Queue::id, Queue::name);
        return catalog.queues().stream()
                .filter(each -> seen.contains(each.name()))
                .toList();
    }

    @Override
    public List<ServiceDefinition> services() {
        Set<String> seen = seen(snapshot().services(), Service::id, Service::name);
        return catalog.services().stream()
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
