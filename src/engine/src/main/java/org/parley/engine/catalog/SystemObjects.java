package org.parley.engine.catalog;

import static org.parley.ContractDefinition.SentBy.ANY;
import static org.parley.ContractDefinition.SentBy.INITIATOR;
import static org.parley.ContractDefinition.SentBy.TARGET;
import static org.parley.MessageTypeDefinition.Validation.EMPTY;
import static org.parley.MessageTypeDefinition.Validation.NONE;
import static org.parley.MessageTypeDefinition.Validation.WELL_FORMED_XML;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.QueueDefinition;
import org.parley.SystemMessageTypes;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogRows.QueueRow;

/** Objects that every database has and no store row stands for; service-broker.md, section 1.11. */
final class SystemObjects {

    private static final String SQL = "http://schemas.microsoft.com/SQL/";
    private static final String BROKER = SQL + "ServiceBroker/";
    private static final String NOTICE = BROKER + "BrokerConfigurationNotice";
    private static final String ECHO = BROKER + "ServiceEcho";
    private static final String DIAGNOSTIC = BROKER + "ServiceDiagnostic";

    /** Message types with the ids that Service Broker gives them. */
    static final List<MessageType> MESSAGE_TYPES = List.of(
            new MessageType(MessageType.ERROR, SystemMessageTypes.ERROR, WELL_FORMED_XML),
            new MessageType(MessageType.END_DIALOG, SystemMessageTypes.END_DIALOG, EMPTY),
            new MessageType(3, SQL + "Notifications/QueryNotification", WELL_FORMED_XML),
            new MessageType(MessageType.EVENT_NOTIFICATION, SQL + "Notifications/EventNotification", WELL_FORMED_XML),
            new MessageType(MessageType.DIALOG_TIMER, SystemMessageTypes.DIALOG_TIMER, EMPTY),
            new MessageType(6, NOTICE + "/MissingRoute", WELL_FORMED_XML),
            new MessageType(7, NOTICE + "/FailedRoute", WELL_FORMED_XML),
            new MessageType(8, NOTICE + "/MissingRemoteServiceBinding", WELL_FORMED_XML),
            new MessageType(9, NOTICE + "/FailedRemoteServiceBinding", WELL_FORMED_XML),
            new MessageType(10, ECHO + "/Echo", NONE),
            new MessageType(11, DIAGNOSTIC + "/Query", WELL_FORMED_XML),
            new MessageType(12, DIAGNOSTIC + "/Status", WELL_FORMED_XML),
            new MessageType(13, DIAGNOSTIC + "/Description", NONE),
            new MessageType(MessageType.DEFAULT, SystemMessageTypes.DEFAULT, NONE));

    /** Contracts; only the names are documented, ids are ours, the types of those but DEFAULT follow from their names. */
    static final List<Contract> CONTRACTS = List.of(
            new Contract(1, SQL + "Notifications/PostQueryNotification", Map.of(3, INITIATOR)),
            new Contract(
                    Contract.EVENT_NOTIFICATION,
                    SQL + "Notifications/PostEventNotification",
                    Map.of(MessageType.EVENT_NOTIFICATION, INITIATOR)),
            new Contract(3, NOTICE, Map.of(6, INITIATOR, 7, INITIATOR, 8, INITIATOR, 9, INITIATOR)),
            new Contract(4, ECHO, Map.of(10, ANY)),
            new Contract(5, DIAGNOSTIC, Map.of(11, INITIATOR, 12, TARGET, 13, TARGET)),
            new Contract(Contract.DEFAULT, SystemMessageTypes.DEFAULT, Map.of(MessageType.DEFAULT, ANY)));

    /** The queue of what comes back from services that are told of events; the engine itself reads it. */
    static final List<Queue> QUEUES = List.of(new Queue(
            Queue.EVENT_NOTIFICATIONS,
            new QueueDefinition("EventNotificationErrorsQueue"),
            QueueRow.NEVER,
            null,
            null));

    /** The service that tells of events. */
    static final List<Service> SERVICES = List.of(new Service(
            Service.EVENT_NOTIFICATIONS,
            SQL + "Notifications/EventNotificationService",
            Queue.EVENT_NOTIFICATIONS,
            Set.of()));

    /** Names of all queues of Service Broker's own services; those that Parley doesn't run are kept free. */
    static final Set<String> QUEUE_NAMES =
            Set.of("QueryNotificationErrorsQueue", "EventNotificationErrorsQueue", "ServiceBrokerQueue");

    /** Names of Service Broker's own services; those that Parley doesn't run are kept free. */
    static final Set<String> SERVICE_NAMES = Set.of(
            SQL + "Notifications/QueryNotificationService",
            SQL + "Notifications/EventNotificationService",
            BROKER + "ServiceBroker",
            BROKER + "BrokerConfiguration");

    private SystemObjects() {}

    /** Whether a row is of a kind of which the system has objects. */
    static boolean hasRowsOf(CatalogRows.Row row) {
        return row instanceof CatalogRows.MessageTypeRow
                || row instanceof CatalogRows.ContractRow
                || row instanceof CatalogRows.QueueRow
                || row instanceof CatalogRows.ServiceRow;
    }
}
