package org.parley.engine.store.derby;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parley.ActivationDefinition;
import org.parley.ContractDefinition.SentBy;
import org.parley.DatabaseOptions;
import org.parley.EventNotificationDefinition;
import org.parley.EventNotificationDefinition.Event;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.NetworkEndpointDefinition;
import org.parley.NetworkEndpointDefinition.Algorithm;
import org.parley.NetworkEndpointDefinition.Authentication;
import org.parley.NetworkEndpointDefinition.Encryption;
import org.parley.NetworkEndpointDefinition.State;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.QueueDefinition.PoisonAction;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;
import org.parley.engine.store.CatalogRows;

/** Reads what {@link DerbyCatalog} has written, each table in one pass. */
final class CatalogReader {

    private final TableScan tables;
    private final List<CatalogRows.Row> rows = new ArrayList<>();

    CatalogReader(TableScan tables) {
        this.tables = tables;
    }

    CatalogRows read() throws SQLException {
        readTypesAndContracts();
        readXmlSchemas();
        readQueuesAndServices();
        tables.each(
                "PROCEDURES",
                "ID, NAME, CONTENT, EXECUTE_AS, CREATED, MODIFIED",
                at -> rows.add(new CatalogRows.ProcedureRow(
                        at.getInt(1),
                        new ProcedureDefinition(at.getString(2), at.getString(3), at.getString(4)),
                        instant(at, 5),
                        instant(at, 6))));
        tables.each(
                "ROUTES",
                "ID, NAME, SERVICE_NAME, BROKER_INSTANCE, EXPIRES, ADDRESS, MIRROR_ADDRESS",
                at -> rows.add(new CatalogRows.RouteRow(
                        at.getInt(1),
                        new RouteDefinition(
                                at.getString(2),
                                at.getString(3),
                                at.getString(4),
                                instant(at, 5),
                                at.getString(6),
                                at.getString(7)))));
        tables.each(
                "PRIORITIES",
                "ID, NAME, CONTRACT, LOCAL_SERVICE, REMOTE_SERVICE, PRIORITY_LEVEL",
                at -> rows.add(new CatalogRows.PriorityRow(
                        at.getInt(1), at.getString(2), integer(at, 3), integer(at, 4), at.getString(5), at.getInt(6))));
        tables.each(
                "REMOTE_SERVICE_BINDINGS",
                "ID, NAME, TO_SERVICE, USER_NAME, IS_ANONYMOUS",
                at -> rows.add(new CatalogRows.BindingRow(
                        at.getInt(1),
                        new RemoteServiceBindingDefinition(
                                at.getString(2), at.getString(3), at.getString(4), at.getBoolean(5)))));
        tables.each("DROPPED", "OBJECT", at -> rows.add(new CatalogRows.DroppedRow(at.getInt(1))));
        tables.each(
                "OPTIONS",
                "BROKER_ENABLED, TRUSTWORTHY, HONOR_BROKER_PRIORITY, MASTER_KEY, BROKEN_OFF_BELOW, OFF_SINCE",
                at -> rows.add(new CatalogRows.OptionsRow(
                        new DatabaseOptions(
                                at.getBoolean(1), at.getBoolean(2), at.getBoolean(3), at.getString(4) != null),
                        at.getString(4),
                        at.getLong(5),
                        at.getLong(6))));
        readNetwork();
        readEvents();
        return new CatalogRows(List.copyOf(rows));
    }

    private void readNetwork() throws SQLException {
        tables.each(
                "CERTIFICATES",
                "ID, NAME, ENCODED, PRIVATE_KEY, IS_ACTIVE",
                at -> rows.add(new CatalogRows.CertificateRow(
                        at.getInt(1), at.getString(2), at.getBytes(3), at.getBytes(4), at.getBoolean(5))));
        tables.each(
                "LOGINS",
                "ID, NAME, VERIFIER, CERTIFICATE, IS_ENABLED",
                at -> rows.add(new CatalogRows.LoginRow(
                        at.getInt(1), at.getString(2), at.getString(3), at.getString(4), at.getBoolean(5))));
        tables.each(
                "NETWORK_ENDPOINTS",
                "ID, NAME, OWNER, STATE, PORT, ADDRESS, AUTHENTICATION, CERTIFICATE, ENCRYPTION, ALGORITHMS, FORWARDING, FORWARD_SIZE",
                at -> rows.add(new CatalogRows.NetworkEndpointRow(
                        at.getInt(1),
                        new NetworkEndpointDefinition(
                                at.getString(2),
                                at.getString(3),
                                State.valueOf(at.getString(4)),
                                at.getInt(5),
                                at.getString(6),
                                named(at.getString(7), Authentication::valueOf),
                                at.getString(8),
                                Encryption.valueOf(at.getString(9)),
                                named(at.getString(10), Algorithm::valueOf),
                                at.getBoolean(11),
                                at.getInt(12)))));
    }

    private static <T> List<T> named(String names, Function<String, T> named) {
        return Stream.of(names.split(","))
                .filter(name -> !name.isEmpty())
                .map(named)
                .toList();
    }

    private void readEvents() throws SQLException {
        tables.each(
                "EVENT_NOTIFICATIONS",
                "ID, NAME, QUEUE_NAME, QUEUE, EVENTS, SERVICE_NAME, BROKER_INSTANCE, FAN_IN, CREATOR, CREATED, CONVERSATION_GROUP, HAS_ENDED",
                at -> rows.add(new CatalogRows.EventNotificationRow(
                        at.getInt(1),
                        new EventNotificationDefinition(
                                at.getString(2),
                                at.getString(3),
                                events(at.getString(5)),
                                at.getString(6),
                                at.getString(7),
                                at.getBoolean(8)),
                        integer(at, 4),
                        at.getInt(9),
                        at.getLong(10),
                        Uuids.of(at.getBytes(11)),
                        at.getBoolean(12))));
        tables.each(
                "EVENTS",
                "ID, NOTIFICATION, EVENT, QUEUE, HAPPENED",
                at -> rows.add(new CatalogRows.EventRow(
                        at.getInt(1), at.getInt(2), Event.valueOf(at.getString(3)), at.getInt(4), at.getLong(5))));
    }

    private static Set<Event> events(String names) {
        return Stream.of(names.split(",")).map(Event::valueOf).collect(Collectors.toSet());
    }

    private static Instant instant(StoredRow at, int column) throws SQLException {
        return at.isNull(column) ? null : Instant.ofEpochMilli(at.getLong(column));
    }

    private static Integer integer(StoredRow at, int column) throws SQLException {
        return at.isNull(column) ? null : at.getInt(column);
    }

    private void readXmlSchemas() throws SQLException {
        Map<Integer, Map<Integer, String>> documents = new HashMap<>();
        tables.each(
                "XML_SCHEMA_DOCUMENTS",
                "COLLECTION, NUMBER, CONTENT",
                at -> documents
                        .computeIfAbsent(at.getInt(1), id -> new TreeMap<>())
                        .put(at.getInt(2), at.getString(3)));
        tables.each(
                "XML_SCHEMA_COLLECTIONS",
                "ID, NAME, CREATED, MODIFIED",
                at -> rows.add(new CatalogRows.XmlSchemaCollectionRow(
                        at.getInt(1),
                        at.getString(2),
                        List.copyOf(
                                documents.getOrDefault(at.getInt(1), Map.of()).values()),
                        Instant.ofEpochMilli(at.getLong(3)),
                        Instant.ofEpochMilli(at.getLong(4)))));
    }

    private void readTypesAndContracts() throws SQLException {
        tables.each(
                "MESSAGE_TYPES",
                "ID, NAME, VALIDATION, SCHEMA_COLLECTION",
                at -> rows.add(new CatalogRows.MessageTypeRow(
                        at.getInt(1), at.getString(2), Validation.valueOf(at.getString(3)), integer(at, 4))));
        Map<Integer, Map<Integer, SentBy>> sentBy = new HashMap<>();
        tables.each(
                "CONTRACT_TYPES",
                "CONTRACT, MESSAGE_TYPE, SENT_BY",
                at -> sentBy.computeIfAbsent(at.getInt(1), id -> new HashMap<>())
                        .put(at.getInt(2), SentBy.valueOf(at.getString(3))));
        tables.each(
                "CONTRACTS",
                "ID, NAME",
                at -> rows.add(new CatalogRows.ContractRow(
                        at.getInt(1), at.getString(2), sentBy.getOrDefault(at.getInt(1), Map.of()))));
    }

    private void readQueuesAndServices() throws SQLException {
        tables.each(
                "QUEUES",
                "ID, NAME, IS_ON, RETENTION, POISON_HANDLING, POISON_ACTION, REDELIVERY_DELAY, ACTIVATION_ON, PROCEDURE_NAME, MAX_READERS, EXECUTE_AS, OFF_SINCE, CREATED, MODIFIED",
                at -> rows.add(new CatalogRows.QueueRow(
                        at.getInt(1),
                        new QueueDefinition(
                                at.getString(2),
                                at.getBoolean(3),
                                at.getBoolean(4),
                                at.getBoolean(5),
                                PoisonAction.valueOf(at.getString(6)),
                                Duration.ofMillis(at.getInt(7)),
                                new ActivationDefinition(
                                        at.getBoolean(8), at.getString(9), at.getInt(10), at.getString(11))),
                        at.getBoolean(3) ? CatalogRows.QueueRow.NEVER : at.getLong(12),
                        instant(at, 13),
                        instant(at, 14))));
        Map<Integer, Set<Integer>> accepts = new HashMap<>();
        tables.each(
                "SERVICE_CONTRACTS",
                "SERVICE, CONTRACT",
                at -> accepts.computeIfAbsent(at.getInt(1), id -> new HashSet<>())
                        .add(at.getInt(2)));
        tables.each(
                "SERVICES",
                "ID, NAME, QUEUE",
                at -> rows.add(new CatalogRows.ServiceRow(
                        at.getInt(1), at.getString(2), at.getInt(3), accepts.getOrDefault(at.getInt(1), Set.of()))));
    }
}
