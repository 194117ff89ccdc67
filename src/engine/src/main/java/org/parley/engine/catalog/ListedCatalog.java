package org.parley.engine.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.parley.BrokerPriorityDefinition;
import org.parley.Catalog;
import org.parley.ContractDefinition;
import org.parley.EventNotificationDefinition;
import org.parley.MessageTypeDefinition;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;
import org.parley.ServiceDefinition;
import org.parley.XmlSchemaCollectionDefinition;
import org.parley.engine.store.CatalogRows;

/** The part of a catalog that tells what is defined. */
abstract class ListedCatalog implements Catalog {

    /** The definitions as last committed. */
    public abstract CatalogSnapshot snapshot();

    @Override
    public List<MessageTypeDefinition> messageTypes() {
        return snapshot().messageTypes().stream()
                .map(type -> new MessageTypeDefinition(
                        type.name(),
                        type.validation(),
                        type.schemas() == null ? null : type.schemas().name()))
                .sorted(Comparator.comparing(MessageTypeDefinition::name))
                .toList();
    }

    @Override
    public List<XmlSchemaCollectionDefinition> xmlSchemaCollections() {
        return snapshot().schemaCollections().stream()
                .map(collection -> new XmlSchemaCollectionDefinition(
                        collection.name(), collection.row().documents()))
                .sorted(Comparator.comparing(XmlSchemaCollectionDefinition::name))
                .toList();
    }

    @Override
    public List<ContractDefinition> contracts() {
        CatalogSnapshot now = snapshot();
        return now.contracts().stream()
                .map(contract -> new ContractDefinition(
                        contract.name(),
                        contract.sentBy().entrySet().stream()
                                .collect(Collectors.toMap(
                                        entry -> now.messageType(entry.getKey()).name(), Map.Entry::getValue))))
                .sorted(Comparator.comparing(ContractDefinition::name))
                .toList();
    }

    @Override
    public List<QueueDefinition> queues() {
        return snapshot().queues().stream()
                .filter(queue -> !queue.system())
                .map(Queue::definition)
                .sorted(Comparator.comparing(QueueDefinition::name))
                .toList();
    }

    @Override
    public Optional<QueueDefinition> queue(String name) {
        return snapshot().queue(name).map(Queue::definition);
    }

    @Override
    public List<ProcedureDefinition> procedures() {
        return snapshot().procedures().stream()
                .map(CatalogRows.ProcedureRow::definition)
                .sorted(Comparator.comparing(ProcedureDefinition::name))
                .toList();
    }

    @Override
    public List<RouteDefinition> routes() {
        return snapshot().routes().stream()
                .sorted(Comparator.comparing(RouteDefinition::name))
                .toList();
    }

    @Override
    public List<BrokerPriorityDefinition> brokerPriorities() {
        CatalogSnapshot now = snapshot();
        return now.priorities().stream()
                .map(row -> new BrokerPriorityDefinition(
                        row.name(),
                        row.contract() == null
                                ? null
                                : now.contract(row.contract()).name(),
                        row.localService() == null
                                ? null
                                : now.service(row.localService()).name(),
                        row.remoteService(),
                        row.level()))
                .sorted(Comparator.comparing(BrokerPriorityDefinition::name))
                .toList();
    }

    @Override
    public List<RemoteServiceBindingDefinition> remoteServiceBindings() {
        return snapshot().bindings().stream()
                .map(CatalogRows.BindingRow::definition)
                .sorted(Comparator.comparing(RemoteServiceBindingDefinition::name))
                .toList();
    }

    @Override
    public List<EventNotificationDefinition> eventNotifications() {
        return snapshot().eventNotifications().stream()
                .sorted(Comparator.comparing(CatalogRows.EventNotificationRow::key))
                .map(CatalogRows.EventNotificationRow::definition)
                .toList();
    }

    @Override
    public List<ServiceDefinition> services() {
        CatalogSnapshot now = snapshot();
        return now.services().stream()
                .filter(service -> !Service.system(service.id()))
                .map(service -> new ServiceDefinition(
                        service.name(), now.queue(service.queue()).name(), contractNames(now, service.contracts())))
                .sorted(Comparator.comparing(ServiceDefinition::name))
                .toList();
    }

    private static Set<String> contractNames(CatalogSnapshot now, Set<Integer> ids) {
        return ids.stream().map(id -> now.contract(id).name()).collect(Collectors.toSet());
    }
}
