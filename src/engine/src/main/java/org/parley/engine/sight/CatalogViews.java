package org.parley.engine.sight;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.parley.ContractDefinition.SentBy;
import org.parley.Dialog;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Contract;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.catalog.Queue;
import org.parley.engine.catalog.Service;
import org.parley.engine.catalog.XmlSchemaCollection;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogRows.EventNotificationRow;

/** Rows of definitions, by id; service-broker.md, section 18. */
final class CatalogViews {

    /** Id of the principal that owns everything, dbo. */
    static final int OWNER = 1;

    /** Id of the schema that queues are in, dbo. */
    private static final int SCHEMA = 1;

    private final CatalogSnapshot catalog;

    CatalogViews(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    private static <T> List<Object[]> each(Collection<T> all, ToIntFunction<T> id, Function<T, Object[]> row) {
        return all.stream().sorted(Comparator.comparingInt(id)).map(row).toList();
    }

    List<Object[]> queues() {
        return each(catalog.queues(), Queue::id, queue -> new Object[] {
            queue.name(),
            queue.id(),
            null,
            SCHEMA,
            0,
            "SQ",
            "SERVICE_QUEUE",
            null,
            null,
            system(queue.id()),
            false,
            false,
            0,
            null,
            null,
            false,
            queue.on(),
            queue.on(),
            queue.retention(),
            true
        });
    }

    private static boolean system(int id) {
        return id < CatalogRows.FIRST_USER_ID;
    }

    List<Object[]> services() {
        return each(catalog.services(), Service::id, service ->
                new Object[] {service.name(), service.id(), OWNER, service.queue()});
    }

    List<Object[]> queueUsages() {
        return each(catalog.services(), Service::id, service -> new Object[] {service.id(), service.queue()});
    }

    List<Object[]> contracts() {
        return each(
                catalog.contracts(), Contract::id, contract -> new Object[] {contract.name(), contract.id(), OWNER});
    }

    List<Object[]> contractUsages() {
        List<Object[]> rows = new ArrayList<>();
        for (Service service : sorted(catalog.services(), Service::id)) {
            service.contracts().stream().sorted().forEach(contract -> rows.add(new Object[] {service.id(), contract}));
        }
        return rows;
    }

    List<Object[]> messageUsages() {
        List<Object[]> rows = new ArrayList<>();
        for (Contract contract : sorted(catalog.contracts(), Contract::id)) {
            contract.sentBy().keySet().stream().sorted().forEach(type -> {
                SentBy by = contract.sentBy().get(type);
                rows.add(new Object[] {contract.id(), type, by != SentBy.TARGET, by != SentBy.INITIATOR});
            });
        }
        return rows;
    }

    private static <T> List<T> sorted(Collection<T> all, ToIntFunction<T> id) {
        return all.stream().sorted(Comparator.comparingInt(id)).toList();
    }

    List<Object[]> messageTypes() {
        return each(catalog.messageTypes(), MessageType::id, type -> new Object[] {
            type.name(), type.id(), OWNER, code(type.validation()), description(type.validation()), collectionOf(type)
        });
    }

    private static Integer collectionOf(MessageType type) {
        return type.schemas() == null ? null : type.schemas().id();
    }

    List<Object[]> schemaCollectionUsages() {
        return each(
                catalog.messageTypes().stream()
                        .filter(type -> type.schemas() != null)
                        .toList(),
                MessageType::id,
                type -> new Object[] {type.id(), collectionOf(type)});
    }

    List<Object[]> schemaCollections() {
        return each(catalog.schemaCollections(), XmlSchemaCollection::id, collection -> new Object[] {
            collection.id(),
            SCHEMA,
            null,
            collection.name(),
            collection.row().created().toEpochMilli(),
            collection.row().modified().toEpochMilli()
        });
    }

    List<Object[]> eventNotifications(UUID brokerInstance) {
        return each(catalog.eventNotifications(), EventNotificationRow::id, row -> new Object[] {
            row.definition().name(),
            row.id(),
            row.queue() == null ? 0 : 1,
            row.queue() == null ? "DATABASE" : "OBJECT_OR_COLUMN",
            row.queue() == null ? 0 : row.queue(),
            row.created(),
            row.created(),
            row.definition().service(),
            row.definition().broker().equals(Dialog.CURRENT_DATABASE)
                    ? brokerInstance.toString()
                    : row.definition().broker(),
            row.creator(),
            catalog.principals().nameOf(row.creator()),
            row.definition().events().stream().map(Enum::name).sorted().collect(Collectors.joining(", ")),
            row.definition().fanIn(),
            row.ended(),
            row.group()
        });
    }

    /** The letter that {@code validation} columns show. */
    static String code(Validation validation) {
        return switch (validation) {
            case NONE -> "N";
            case EMPTY -> "E";
            default -> "X";
        };
    }

    private static String description(Validation validation) {
        return switch (validation) {
            case NONE -> "NONE";
            case EMPTY -> "EMPTY";
            default -> "XML";
        };
    }
}
