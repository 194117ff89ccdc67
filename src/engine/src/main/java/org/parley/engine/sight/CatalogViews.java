package org.parley.engine.sight;

import java.time.Instant;
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
import org.parley.engine.store.CatalogRows.BindingRow;
import org.parley.engine.store.CatalogRows.EventNotificationRow;
import org.parley.engine.store.CatalogRows.PriorityRow;
import org.parley.engine.store.CatalogRows.ProcedureRow;
import org.parley.engine.store.CatalogRows.RouteRow;

/** Rows of definitions, by id; service-broker.md, section 18. */
final class CatalogViews {

    /** Id of the principal that owns everything, dbo. */
    static final int OWNER = 1;

    /** Id of the schema that queues are in, dbo. */
    private static final int SCHEMA = 1;

    private static final int ALL_CONTRACTS = 0;

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
            catalog.principals().owners().get(queue.id()),
            SCHEMA,
            0,
            "SQ",
            "SERVICE_QUEUE",
            millis(queue.created()),
            millis(queue.modified()),
            system(queue.id()),
            false,
            false,
            queue.activation().maxReaders(),
            queue.activation().procedure(),
            principal(queue.activation().executeAs()),
            queue.activation().on(),
            queue.on(),
            queue.on(),
            queue.retention(),
            queue.poisonHandling()
        });
    }

    List<Object[]> procedures() {
        return each(catalog.procedures(), ProcedureRow::id, row -> new Object[] {
            row.name(),
            row.id(),
            catalog.principals().owners().get(row.id()),
            SCHEMA,
            0,
            "P",
            "SQL_STORED_PROCEDURE",
            row.created().toEpochMilli(),
            row.modified().toEpochMilli(),
            false,
            false,
            false
        });
    }

    private static Long millis(Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    /** Id of the owner of an object. */
    private int owner(int object) {
        return owner(catalog, object);
    }

    static int owner(CatalogSnapshot catalog, int object) {
        return catalog.principals().owners().getOrDefault(object, OWNER);
    }

    /** Id of a user, or null. */
    private Integer principal(String user) {
        return user == null ? null : catalog.principals().principal(user).orElse(null);
    }

    private static boolean system(int id) {
        return id < CatalogRows.FIRST_USER_ID;
    }

    List<Object[]> services() {
        return each(catalog.services(), Service::id, service ->
                new Object[] {service.name(), service.id(), owner(service.id()), service.queue()});
    }

    List<Object[]> queueUsages() {
        return each(catalog.services(), Service::id, service -> new Object[] {service.id(), service.queue()});
    }

    List<Object[]> contracts() {
        return each(catalog.contracts(), Contract::id, contract ->
                new Object[] {contract.name(), contract.id(), owner(contract.id())});
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
            type.name(),
            type.id(),
            owner(type.id()),
            code(type.validation()),
            description(type.validation()),
            collectionOf(type)
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

    List<Object[]> priorities() {
        return each(
                catalog.priorities(), PriorityRow::id, row -> new Object[] {
                    row.id(), row.name(), row.contract(), row.localService(), row.remoteService(), row.level()
                });
    }

    List<Object[]> routes() {
        return each(catalog.routeRows(), RouteRow::id, row -> new Object[] {
            row.definition().name(),
            row.id(),
            owner(row.id()),
            row.definition().serviceName(),
            row.definition().brokerInstance(),
            row.definition().expires() == null
                    ? null
                    : row.definition().expires().toEpochMilli(),
            row.definition().address(),
            row.definition().mirrorAddress()
        });
    }

    List<Object[]> bindings() {
        return each(catalog.bindings(), BindingRow::id, row -> new Object[] {
            row.definition().name(),
            row.id(),
            owner(row.id()),
            row.definition().toService(),
            ALL_CONTRACTS,
            principal(row.definition().user()),
            row.definition().anonymous()
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
