package org.parley.engine.store.derby;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.parley.ActivationDefinition;
import org.parley.EventNotificationDefinition;
import org.parley.NetworkEndpointDefinition;
import org.parley.QueueDefinition;
import org.parley.RouteDefinition;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogRows.BindingRow;
import org.parley.engine.store.CatalogRows.CertificateRow;
import org.parley.engine.store.CatalogRows.ContractRow;
import org.parley.engine.store.CatalogRows.DroppedRow;
import org.parley.engine.store.CatalogRows.EventNotificationRow;
import org.parley.engine.store.CatalogRows.EventRow;
import org.parley.engine.store.CatalogRows.LoginRow;
import org.parley.engine.store.CatalogRows.MessageTypeRow;
import org.parley.engine.store.CatalogRows.NetworkEndpointRow;
import org.parley.engine.store.CatalogRows.OptionsRow;
import org.parley.engine.store.CatalogRows.PriorityRow;
import org.parley.engine.store.CatalogRows.ProcedureRow;
import org.parley.engine.store.CatalogRows.QueueRow;
import org.parley.engine.store.CatalogRows.RouteRow;
import org.parley.engine.store.CatalogRows.ServiceRow;
import org.parley.engine.store.CatalogRows.XmlSchemaCollectionRow;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.store.SecurityWriter;

/** Definitions to their tables. Also keeps the counter that says which ids have been given. */
final class DerbyCatalog implements CatalogWriter {

    private final Statements statements;

    DerbyCatalog(Statements statements) {
        this.statements = statements;
    }

    /** Runs one statement with its values. */
    @FunctionalInterface
    interface Statements {
        int run(Sql sql, Object... values);

        /** All have been run. */
        default void finish() {}
    }

    @Override
    public void finish() {
        statements.finish();
    }

    @Override
    public void insert(CatalogRows.Row row) {
        statements.run(Sql.RAISE_COUNTER, (long) row.id(), Counter.CATALOG.name(), (long) row.id());
        write(row);
    }

    @Override
    public void update(CatalogRows.Row row) {
        delete(row);
        write(row);
    }

    private void write(CatalogRows.Row row) {
        int id = row.id();
        if (row instanceof MessageTypeRow type) {
            statements.run(
                    Sql.INSERT_MESSAGE_TYPE, id, type.name(), type.validation().name(), type.schemaCollection());
        } else if (row instanceof XmlSchemaCollectionRow collection) {
            write(collection);
        } else if (row instanceof ContractRow contract) {
            statements.run(Sql.INSERT_CONTRACT, id, contract.name());
            contract.sentBy().forEach((type, by) -> statements.run(Sql.INSERT_CONTRACT_TYPE, id, type, by.name()));
        } else if (row instanceof QueueRow queue) {
            write(queue);
        } else if (row instanceof ServiceRow service) {
            statements.run(Sql.INSERT_SERVICE, id, service.name(), service.queue());
            service.contracts().forEach(contract -> statements.run(Sql.INSERT_SERVICE_CONTRACT, id, contract));
        } else if (row instanceof ProcedureRow procedure) {
            write(procedure);
        } else if (row instanceof RouteRow route) {
            write(id, route.definition());
        } else if (row instanceof PriorityRow each) {
            statements.run(
                    Sql.INSERT_PRIORITY,
                    id,
                    each.name(),
                    each.contract(),
                    each.localService(),
                    each.remoteService(),
                    each.level());
        } else if (row instanceof BindingRow binding) {
            statements.run(
                    Sql.INSERT_BINDING,
                    id,
                    binding.definition().name(),
                    binding.definition().toService(),
                    binding.definition().user(),
                    binding.definition().anonymous());
        } else if (row instanceof CertificateRow certificate) {
            write(certificate);
        } else if (row instanceof LoginRow login) {
            statements.run(Sql.INSERT_LOGIN, id, login.name(), login.verifier(), login.certificate(), login.enabled());
        } else if (row instanceof NetworkEndpointRow endpoint) {
            write(id, endpoint.definition());
        } else if (row instanceof EventNotificationRow notification) {
            write(notification);
        } else if (row instanceof EventRow event) {
            statements.run(
                    Sql.INSERT_EVENT, id, event.notification(), event.event().name(), event.queue(), event.happened());
        } else if (row instanceof DroppedRow dropped) {
            statements.run(Sql.INSERT_DROPPED, dropped.object());
        } else if (row instanceof OptionsRow options) {
            write(options);
        }
    }

    private void write(CertificateRow certificate) {
        statements.run(
                Sql.INSERT_CERTIFICATE,
                certificate.id(),
                certificate.name(),
                certificate.encoded(),
                certificate.privateKey(),
                certificate.active());
    }

    private void write(OptionsRow row) {
        statements.run(
                Sql.INSERT_OPTIONS,
                row.id(),
                row.options().brokerEnabled(),
                row.options().trustworthy(),
                row.options().honorBrokerPriority(),
                row.masterKey(),
                row.brokenOffBelow(),
                row.offSince());
    }

    private void write(XmlSchemaCollectionRow collection) {
        int id = collection.id();
        statements.run(
                Sql.INSERT_XML_SCHEMA_COLLECTION,
                id,
                collection.name(),
                collection.created().toEpochMilli(),
                collection.modified().toEpochMilli());
        for (int i = 0; i < collection.documents().size(); i++) {
            statements.run(
                    Sql.INSERT_XML_SCHEMA_DOCUMENT,
                    id,
                    i,
                    collection.documents().get(i));
        }
    }

    private void write(ProcedureRow procedure) {
        statements.run(
                Sql.INSERT_PROCEDURE,
                procedure.id(),
                procedure.name(),
                procedure.definition().text(),
                procedure.definition().executeAs(),
                procedure.created().toEpochMilli(),
                procedure.modified().toEpochMilli());
    }

    private void write(QueueRow row) {
        QueueDefinition queue = row.definition();
        ActivationDefinition activation = queue.activation();
        statements.run(
                Sql.INSERT_QUEUE,
                row.id(),
                queue.name(),
                queue.on(),
                queue.on() ? null : row.offSince(),
                queue.retention(),
                queue.poisonHandling(),
                queue.poisonAction().name(),
                queue.redeliveryDelay().toMillis(),
                activation.on(),
                activation.procedure(),
                activation.maxReaders(),
                activation.executeAs(),
                row.created().toEpochMilli(),
                row.modified().toEpochMilli());
    }

    private void write(EventNotificationRow row) {
        EventNotificationDefinition notification = row.definition();
        statements.run(
                Sql.INSERT_EVENT_NOTIFICATION,
                row.id(),
                notification.name(),
                notification.queue(),
                row.queue(),
                notification.events().stream().map(Enum::name).sorted().collect(Collectors.joining(",")),
                notification.service(),
                notification.broker(),
                notification.fanIn(),
                row.creator(),
                row.created(),
                Uuids.bytes(row.group()),
                row.ended());
    }

    private void write(int id, NetworkEndpointDefinition endpoint) {
        statements.run(
                Sql.INSERT_NETWORK_ENDPOINT,
                id,
                endpoint.name(),
                endpoint.owner(),
                endpoint.state().name(),
                endpoint.port(),
                endpoint.address(),
                names(endpoint.authentication()),
                endpoint.certificate(),
                endpoint.encryption().name(),
                names(endpoint.algorithms()),
                endpoint.messageForwarding(),
                endpoint.messageForwardSize());
    }

    private static String names(List<? extends Enum<?>> all) {
        return all.stream().map(Enum::name).collect(Collectors.joining(","));
    }

    private void write(int id, RouteDefinition route) {
        Instant expires = route.expires();
        statements.run(
                Sql.INSERT_ROUTE,
                id,
                route.name(),
                route.serviceName(),
                route.brokerInstance(),
                expires == null ? null : expires.toEpochMilli(),
                route.address(),
                route.mirrorAddress());
    }

    @Override
    public void delete(CatalogRows.Row row) {
        int id = row instanceof DroppedRow dropped ? dropped.object() : row.id();
        if (row instanceof ContractRow) {
            statements.run(Sql.DELETE_CONTRACT_TYPES, id);
        } else if (row instanceof ServiceRow) {
            statements.run(Sql.DELETE_SERVICE_CONTRACTS, id);
        } else if (row instanceof XmlSchemaCollectionRow) {
            statements.run(Sql.DELETE_XML_SCHEMA_DOCUMENTS, id);
        }
        statements.run(deletion(row), id);
    }

    private static Sql deletion(CatalogRows.Row row) {
        if (row instanceof MessageTypeRow) {
            return Sql.DELETE_MESSAGE_TYPE;
        } else if (row instanceof XmlSchemaCollectionRow) {
            return Sql.DELETE_XML_SCHEMA_COLLECTION;
        } else if (row instanceof ContractRow) {
            return Sql.DELETE_CONTRACT;
        } else if (row instanceof QueueRow) {
            return Sql.DELETE_QUEUE;
        } else if (row instanceof ServiceRow) {
            return Sql.DELETE_SERVICE;
        } else if (row instanceof ProcedureRow) {
            return Sql.DELETE_PROCEDURE;
        } else if (row instanceof RouteRow) {
            return Sql.DELETE_ROUTE;
        } else if (row instanceof PriorityRow) {
            return Sql.DELETE_PRIORITY;
        } else if (row instanceof BindingRow) {
            return Sql.DELETE_BINDING;
        } else if (row instanceof CertificateRow) {
            return Sql.DELETE_CERTIFICATE;
        } else if (row instanceof LoginRow) {
            return Sql.DELETE_LOGIN;
        } else if (row instanceof NetworkEndpointRow) {
            return Sql.DELETE_NETWORK_ENDPOINT;
        } else if (row instanceof EventNotificationRow) {
            return Sql.DELETE_EVENT_NOTIFICATION;
        } else if (row instanceof EventRow) {
            return Sql.DELETE_EVENT;
        } else if (row instanceof DroppedRow) {
            return Sql.DELETE_DROPPED;
        }
        return Sql.DELETE_OPTIONS;
    }

    @Override
    public SecurityWriter security() {
        return new DerbySecurity(statements);
    }
}
