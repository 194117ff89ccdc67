package org.parley.engine.store;

import static org.parley.engine.store.SystemColumn.Type.BIG;
import static org.parley.engine.store.SystemColumn.Type.BINARY;
import static org.parley.engine.store.SystemColumn.Type.BIT;
import static org.parley.engine.store.SystemColumn.Type.BODY;
import static org.parley.engine.store.SystemColumn.Type.CODE;
import static org.parley.engine.store.SystemColumn.Type.GUID;
import static org.parley.engine.store.SystemColumn.Type.INT;
import static org.parley.engine.store.SystemColumn.Type.NAME;
import static org.parley.engine.store.SystemColumn.Type.SMALL;
import static org.parley.engine.store.SystemColumn.Type.TEXT;
import static org.parley.engine.store.SystemColumn.Type.TIME;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The views of schema PARLEY, with the columns that service-broker.md, sections 18 and 19, gives them; what Parley adds
 * stands at the end.
 */
public enum SystemView {
    /** One row for each conversation endpoint. */
    CONVERSATION_ENDPOINTS(
            SystemColumn.of(GUID, "CONVERSATION_HANDLE", "CONVERSATION_ID"),
            SystemColumn.of(SMALL, "IS_INITIATOR"),
            SystemColumn.of(INT, "SERVICE_CONTRACT_ID"),
            SystemColumn.of(GUID, "CONVERSATION_GROUP_ID"),
            SystemColumn.of(INT, "SERVICE_ID"),
            SystemColumn.of(TIME, "LIFETIME"),
            SystemColumn.of(CODE, "STATE"),
            SystemColumn.of(NAME, "STATE_DESC", "FAR_SERVICE", "FAR_BROKER_INSTANCE"),
            SystemColumn.of(INT, "PRINCIPAL_ID", "FAR_PRINCIPAL_ID"),
            SystemColumn.of(GUID, "OUTBOUND_SESSION_KEY_IDENTIFIER", "INBOUND_SESSION_KEY_IDENTIFIER"),
            SystemColumn.of(TIME, "SECURITY_TIMESTAMP", "DIALOG_TIMER"),
            SystemColumn.of(BIG, "SEND_SEQUENCE"),
            SystemColumn.of(BINARY, "LAST_SEND_TRAN_ID"),
            SystemColumn.of(BIG, "END_DIALOG_SEQUENCE", "RECEIVE_SEQUENCE"),
            SystemColumn.of(INT, "RECEIVE_SEQUENCE_FRAG"),
            SystemColumn.of(BIG, "SYSTEM_SEQUENCE", "FIRST_OUT_OF_ORDER_SEQUENCE", "LAST_OUT_OF_ORDER_SEQUENCE"),
            SystemColumn.of(INT, "LAST_OUT_OF_ORDER_FRAG"),
            SystemColumn.of(BIT, "IS_SYSTEM"),
            SystemColumn.of(SMALL, "PRIORITY"),
            SystemColumn.of(NAME, "CLOSED_REASON"),
            SystemColumn.of(TIME, "REMOVED_AT")),

    /** One row for each conversation group. */
    CONVERSATION_GROUPS(
            SystemColumn.of(GUID, "CONVERSATION_GROUP_ID"),
            SystemColumn.of(INT, "SERVICE_ID"),
            SystemColumn.of(BIT, "IS_SYSTEM"),
            SystemColumn.of(NAME, "HELD_BY"),
            SystemColumn.of(BIT, "IS_SUSPENDED"),
            SystemColumn.of(TIME, "REDELIVERED_AT")),

    /** One row for each conversation group that is set aside after rollbacks; Parley's own. */
    SUSPENDED_GROUPS(
            SystemColumn.of(GUID, "CONVERSATION_GROUP_ID"),
            SystemColumn.of(NAME, "QUEUE_NAME", "SERVICE_NAME"),
            SystemColumn.of(TIME, "SUSPENDED_SINCE"),
            SystemColumn.of(INT, "ROLLBACKS"),
            SystemColumn.of(TEXT, "LAST_FAILURE")),

    /** One row for each message that waits to be delivered. */
    TRANSMISSION_QUEUE(
            SystemColumn.of(GUID, "CONVERSATION_HANDLE"),
            SystemColumn.of(
                    NAME, "TO_SERVICE_NAME", "TO_BROKER_INSTANCE", "FROM_SERVICE_NAME", "SERVICE_CONTRACT_NAME"),
            SystemColumn.of(TIME, "ENQUEUE_TIME"),
            SystemColumn.of(BIG, "MESSAGE_SEQUENCE_NUMBER"),
            SystemColumn.of(NAME, "MESSAGE_TYPE_NAME"),
            SystemColumn.of(BIT, "IS_CONVERSATION_ERROR", "IS_END_OF_DIALOG"),
            SystemColumn.of(BODY, "MESSAGE_BODY"),
            SystemColumn.of(TEXT, "TRANSMISSION_STATUS"),
            SystemColumn.of(SMALL, "PRIORITY")),

    /** One row for each queue. */
    SERVICE_QUEUES(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "OBJECT_ID", "PRINCIPAL_ID", "SCHEMA_ID", "PARENT_OBJECT_ID"),
            SystemColumn.of(CODE, "TYPE"),
            SystemColumn.of(NAME, "TYPE_DESC"),
            SystemColumn.of(TIME, "CREATE_DATE", "MODIFY_DATE"),
            SystemColumn.of(BIT, "IS_MS_SHIPPED", "IS_PUBLISHED", "IS_SCHEMA_PUBLISHED"),
            SystemColumn.of(SMALL, "MAX_READERS"),
            SystemColumn.of(TEXT, "ACTIVATION_PROCEDURE"),
            SystemColumn.of(INT, "EXECUTE_AS_PRINCIPAL_ID"),
            SystemColumn.of(
                    BIT,
                    "IS_ACTIVATION_ENABLED",
                    "IS_RECEIVE_ENABLED",
                    "IS_ENQUEUE_ENABLED",
                    "IS_RETENTION_ENABLED",
                    "IS_POISON_MESSAGE_HANDLING_ENABLED")),

    /** One row for each service. */
    SERVICES(SystemColumn.of(NAME, "NAME"), SystemColumn.of(INT, "SERVICE_ID", "PRINCIPAL_ID", "SERVICE_QUEUE_ID")),

    /** Which service uses which queue. */
    SERVICE_QUEUE_USAGES(SystemColumn.of(INT, "SERVICE_ID", "SERVICE_QUEUE_ID")),

    /** One row for each contract. */
    SERVICE_CONTRACTS(SystemColumn.of(NAME, "NAME"), SystemColumn.of(INT, "SERVICE_CONTRACT_ID", "PRINCIPAL_ID")),

    /** Which service accepts which contract. */
    SERVICE_CONTRACT_USAGES(SystemColumn.of(INT, "SERVICE_ID", "SERVICE_CONTRACT_ID")),

    /** Which contract allows which message type. */
    SERVICE_CONTRACT_MESSAGE_USAGES(
            SystemColumn.of(INT, "SERVICE_CONTRACT_ID", "MESSAGE_TYPE_ID"),
            SystemColumn.of(BIT, "IS_SENT_BY_INITIATOR", "IS_SENT_BY_TARGET")),

    /** One row for each message type. */
    SERVICE_MESSAGE_TYPES(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "MESSAGE_TYPE_ID", "PRINCIPAL_ID"),
            SystemColumn.of(CODE, "VALIDATION"),
            SystemColumn.of(NAME, "VALIDATION_DESC"),
            SystemColumn.of(INT, "XML_COLLECTION_ID")),

    /** One row for each event notification. */
    EVENT_NOTIFICATIONS(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "OBJECT_ID"),
            SystemColumn.of(SMALL, "PARENT_CLASS"),
            SystemColumn.of(NAME, "PARENT_CLASS_DESC"),
            SystemColumn.of(INT, "PARENT_ID"),
            SystemColumn.of(TIME, "CREATE_DATE", "MODIFY_DATE"),
            SystemColumn.of(NAME, "SERVICE_NAME", "BROKER_INSTANCE"),
            SystemColumn.of(INT, "PRINCIPAL_ID"),
            SystemColumn.of(NAME, "CREATOR_SID", "EVENTS"),
            SystemColumn.of(BIT, "IS_FAN_IN", "HAS_ENDED"),
            SystemColumn.of(GUID, "CONVERSATION_GROUP_ID")),

    /** One row for each queue that activations read or whose activation is told. */
    DM_BROKER_QUEUE_MONITORS(
            SystemColumn.of(INT, "DATABASE_ID", "QUEUE_ID"),
            SystemColumn.of(NAME, "STATE"),
            SystemColumn.of(TIME, "LAST_EMPTY_ROWSET_TIME", "LAST_ACTIVATED_TIME"),
            SystemColumn.of(INT, "TASKS_WAITING")),

    /** One row for each activated reader at work. */
    DM_BROKER_ACTIVATED_TASKS(
            SystemColumn.of(INT, "SPID"),
            SystemColumn.of(SMALL, "DATABASE_ID"),
            SystemColumn.of(INT, "QUEUE_ID"),
            SystemColumn.of(TEXT, "PROCEDURE_NAME"),
            SystemColumn.of(INT, "EXECUTE_AS")),

    /** One row for each procedure. */
    PROCEDURES(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "OBJECT_ID", "PRINCIPAL_ID", "SCHEMA_ID", "PARENT_OBJECT_ID"),
            SystemColumn.of(CODE, "TYPE"),
            SystemColumn.of(NAME, "TYPE_DESC"),
            SystemColumn.of(TIME, "CREATE_DATE", "MODIFY_DATE"),
            SystemColumn.of(BIT, "IS_MS_SHIPPED", "IS_PUBLISHED", "IS_SCHEMA_PUBLISHED")),

    /** One row for each XML schema collection. */
    XML_SCHEMA_COLLECTIONS(
            SystemColumn.of(INT, "XML_COLLECTION_ID", "SCHEMA_ID", "PRINCIPAL_ID"),
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(TIME, "CREATE_DATE", "MODIFY_DATE")),

    /** Which message type is judged by which XML schema collection. */
    MESSAGE_TYPE_XML_SCHEMA_COLLECTION_USAGES(SystemColumn.of(INT, "MESSAGE_TYPE_ID", "XML_COLLECTION_ID")),

    /** One row for each broker priority. */
    CONVERSATION_PRIORITIES(
            SystemColumn.of(INT, "PRIORITY_ID"),
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "SERVICE_CONTRACT_ID", "LOCAL_SERVICE_ID"),
            SystemColumn.of(NAME, "REMOTE_SERVICE_NAME"),
            SystemColumn.of(SMALL, "PRIORITY")),

    /** One row for each route. */
    ROUTES(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "ROUTE_ID", "PRINCIPAL_ID"),
            SystemColumn.of(NAME, "REMOTE_SERVICE_NAME", "BROKER_INSTANCE"),
            SystemColumn.of(TIME, "LIFETIME"),
            SystemColumn.of(NAME, "ADDRESS", "MIRROR_ADDRESS")),

    /** One row for each remote service binding. */
    REMOTE_SERVICE_BINDINGS(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "REMOTE_SERVICE_BINDING_ID", "PRINCIPAL_ID"),
            SystemColumn.of(NAME, "REMOTE_SERVICE_NAME"),
            SystemColumn.of(INT, "SERVICE_CONTRACT_ID", "REMOTE_PRINCIPAL_ID"),
            SystemColumn.of(BIT, "IS_ANONYMOUS_ON")),

    /** One row for each open broker database of the server. */
    DATABASES(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "DATABASE_ID"),
            SystemColumn.of(GUID, "SERVICE_BROKER_GUID"),
            SystemColumn.of(BIT, "IS_BROKER_ENABLED", "IS_TRUSTWORTHY_ON", "IS_HONOR_BROKER_PRIORITY_ON")),

    /** One row for each network endpoint of brokers. */
    SERVICE_BROKER_ENDPOINTS(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "ENDPOINT_ID", "PRINCIPAL_ID"),
            SystemColumn.of(SMALL, "PROTOCOL"),
            SystemColumn.of(NAME, "PROTOCOL_DESC"),
            SystemColumn.of(SMALL, "TYPE"),
            SystemColumn.of(NAME, "TYPE_DESC"),
            SystemColumn.of(SMALL, "STATE"),
            SystemColumn.of(NAME, "STATE_DESC"),
            SystemColumn.of(BIT, "IS_ADMIN_ENDPOINT", "IS_MESSAGE_FORWARDING_ENABLED"),
            SystemColumn.of(INT, "MESSAGE_FORWARDING_SIZE"),
            SystemColumn.of(SMALL, "CONNECTION_AUTH"),
            SystemColumn.of(NAME, "CONNECTION_AUTH_DESC"),
            SystemColumn.of(INT, "CERTIFICATE_ID"),
            SystemColumn.of(SMALL, "ENCRYPTION_ALGORITHM"),
            SystemColumn.of(NAME, "ENCRYPTION_ALGORITHM_DESC")),

    /** One row for each network endpoint of any kind. */
    ENDPOINTS(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "ENDPOINT_ID", "PRINCIPAL_ID"),
            SystemColumn.of(SMALL, "PROTOCOL"),
            SystemColumn.of(NAME, "PROTOCOL_DESC"),
            SystemColumn.of(SMALL, "TYPE"),
            SystemColumn.of(NAME, "TYPE_DESC"),
            SystemColumn.of(SMALL, "STATE"),
            SystemColumn.of(NAME, "STATE_DESC"),
            SystemColumn.of(BIT, "IS_ADMIN_ENDPOINT")),

    /** One row for each network endpoint over TCP. */
    TCP_ENDPOINTS(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "ENDPOINT_ID", "PRINCIPAL_ID"),
            SystemColumn.of(SMALL, "PROTOCOL"),
            SystemColumn.of(NAME, "PROTOCOL_DESC"),
            SystemColumn.of(SMALL, "TYPE"),
            SystemColumn.of(NAME, "TYPE_DESC"),
            SystemColumn.of(SMALL, "STATE"),
            SystemColumn.of(NAME, "STATE_DESC"),
            SystemColumn.of(BIT, "IS_ADMIN_ENDPOINT"),
            SystemColumn.of(INT, "PORT"),
            SystemColumn.of(BIT, "IS_DYNAMIC_PORT"),
            SystemColumn.of(NAME, "IP_ADDRESS")),

    /** One row for each certificate. */
    CERTIFICATES(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "CERTIFICATE_ID", "PRINCIPAL_ID"),
            SystemColumn.of(CODE, "PVT_KEY_ENCRYPTION_TYPE"),
            SystemColumn.of(NAME, "PVT_KEY_ENCRYPTION_TYPE_DESC"),
            SystemColumn.of(BIT, "IS_ACTIVE_FOR_BEGIN_DIALOG"),
            SystemColumn.of(TEXT, "ISSUER_NAME"),
            SystemColumn.of(NAME, "CERT_SERIAL_NUMBER"),
            SystemColumn.of(TEXT, "SUBJECT"),
            SystemColumn.of(TIME, "EXPIRY_DATE", "START_DATE"),
            SystemColumn.of(NAME, "THUMBPRINT"),
            SystemColumn.of(INT, "KEY_LENGTH")),

    /** The master key, if there is one. */
    SYMMETRIC_KEYS(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "PRINCIPAL_ID", "SYMMETRIC_KEY_ID", "KEY_LENGTH"),
            SystemColumn.of(CODE, "KEY_ALGORITHM"),
            SystemColumn.of(NAME, "ALGORITHM_DESC")),

    /** One row for each login of the server. */
    SERVER_PRINCIPALS(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "PRINCIPAL_ID"),
            SystemColumn.of(CODE, "TYPE"),
            SystemColumn.of(NAME, "TYPE_DESC"),
            SystemColumn.of(BIT, "IS_DISABLED")),

    /** One row for each login of the server that has a password. */
    SQL_LOGINS(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "PRINCIPAL_ID"),
            SystemColumn.of(CODE, "TYPE"),
            SystemColumn.of(NAME, "TYPE_DESC"),
            SystemColumn.of(BIT, "IS_DISABLED")),

    /** One row for each event notification of the whole server. */
    SERVER_EVENT_NOTIFICATIONS(
            SystemColumn.of(NAME, "NAME"),
            SystemColumn.of(INT, "OBJECT_ID"),
            SystemColumn.of(SMALL, "PARENT_CLASS"),
            SystemColumn.of(NAME, "PARENT_CLASS_DESC"),
            SystemColumn.of(INT, "PARENT_ID"),
            SystemColumn.of(TIME, "CREATE_DATE", "MODIFY_DATE"),
            SystemColumn.of(NAME, "SERVICE_NAME", "BROKER_INSTANCE"),
            SystemColumn.of(INT, "PRINCIPAL_ID"),
            SystemColumn.of(NAME, "CREATOR_SID")),

    /** One row for each network connection between brokers. */
    DM_BROKER_CONNECTIONS(
            SystemColumn.of(GUID, "CONNECTION_ID", "TRANSPORT_STREAM_ID"),
            SystemColumn.of(SMALL, "STATE"),
            SystemColumn.of(NAME, "STATE_DESC"),
            SystemColumn.of(TIME, "CONNECT_TIME", "LOGIN_TIME"),
            SystemColumn.of(NAME, "AUTHENTICATION_METHOD", "PRINCIPAL_NAME", "REMOTE_USER_NAME"),
            SystemColumn.of(TIME, "LAST_ACTIVITY_TIME"),
            SystemColumn.of(BIT, "IS_ACCEPT"),
            SystemColumn.of(SMALL, "LOGIN_STATE"),
            SystemColumn.of(NAME, "LOGIN_STATE_DESC"),
            SystemColumn.of(INT, "PEER_CERTIFICATE_ID"),
            SystemColumn.of(SMALL, "ENCRYPTION_ALGORITHM"),
            SystemColumn.of(NAME, "ENCRYPTION_ALGORITHM_DESC"),
            SystemColumn.of(SMALL, "RECEIVES_POSTED"),
            SystemColumn.of(BIT, "IS_RECEIVE_FLOW_CONTROLLED"),
            SystemColumn.of(SMALL, "SENDS_POSTED"),
            SystemColumn.of(BIT, "IS_SEND_FLOW_CONTROLLED"),
            SystemColumn.of(
                    BIG,
                    "TOTAL_BYTES_SENT",
                    "TOTAL_BYTES_RECEIVED",
                    "TOTAL_FRAGMENTS_SENT",
                    "TOTAL_FRAGMENTS_RECEIVED",
                    "TOTAL_SENDS",
                    "TOTAL_RECEIVES"),
            SystemColumn.of(GUID, "PEER_ARBITRATION_ID")),

    /** One row for each message that the server is forwarding to another one. */
    DM_BROKER_FORWARDED_MESSAGES(
            SystemColumn.of(GUID, "CONVERSATION_ID"),
            SystemColumn.of(BIT, "IS_INITIATOR"),
            SystemColumn.of(NAME, "TO_SERVICE_NAME", "TO_BROKER_INSTANCE", "FROM_SERVICE_NAME", "FROM_BROKER_INSTANCE"),
            SystemColumn.of(TEXT, "ADJACENT_BROKER_ADDRESS"),
            SystemColumn.of(BIG, "MESSAGE_SEQUENCE_NUMBER"),
            SystemColumn.of(INT, "MESSAGE_FRAGMENT_NUMBER"),
            SystemColumn.of(SMALL, "HOPS_REMAINING"),
            SystemColumn.of(INT, "TIME_TO_LIVE", "TIME_CONSUMED"),
            SystemColumn.of(GUID, "MESSAGE_ID")),

    /** One row for each counter of each database, and for all databases together. */
    DM_OS_PERFORMANCE_COUNTERS(
            SystemColumn.of(NAME, "OBJECT_NAME", "COUNTER_NAME", "INSTANCE_NAME"),
            SystemColumn.of(BIG, "CNTR_VALUE"),
            SystemColumn.of(INT, "CNTR_TYPE")),

    /**
     * One row for each branch of a global transaction that is prepared, and for each whose outcome an operator has decided
     * until its transaction manager forgets it; Parley's own.
     */
    IN_DOUBT_BRANCHES(
            SystemColumn.of(TEXT, "XID"),
            SystemColumn.of(NAME, "STATE_DESC"),
            SystemColumn.of(TIME, "PREPARED_AT"),
            SystemColumn.of(BIG, "AGE_SECONDS"),
            SystemColumn.of(INT, "GROUP_COUNT"),
            SystemColumn.of(BIG, "SENT_MESSAGES", "RECEIVED_MESSAGES"),
            SystemColumn.of(NAME, "DECIDED_BY"),
            SystemColumn.of(TIME, "DECIDED_AT"));

    /** Columns of each queue's own view; service-broker.md, section 1.5. */
    public static final List<SystemColumn> QUEUE_COLUMNS = join(
            SystemColumn.of(SMALL, "STATUS", "PRIORITY"),
            SystemColumn.of(BIG, "QUEUING_ORDER"),
            SystemColumn.of(GUID, "CONVERSATION_GROUP_ID", "CONVERSATION_HANDLE"),
            SystemColumn.of(BIG, "MESSAGE_SEQUENCE_NUMBER"),
            SystemColumn.of(NAME, "SERVICE_NAME"),
            SystemColumn.of(INT, "SERVICE_ID"),
            SystemColumn.of(NAME, "SERVICE_CONTRACT_NAME"),
            SystemColumn.of(INT, "SERVICE_CONTRACT_ID"),
            SystemColumn.of(NAME, "MESSAGE_TYPE_NAME"),
            SystemColumn.of(INT, "MESSAGE_TYPE_ID"),
            SystemColumn.of(CODE, "VALIDATION"),
            SystemColumn.of(BODY, "MESSAGE_BODY"),
            SystemColumn.of(TIME, "MESSAGE_ENQUEUE_TIME"));

    private final List<SystemColumn> columns;

    SystemView(SystemColumn[]... columns) {
        this.columns = join(columns);
    }

    private static List<SystemColumn> join(SystemColumn[]... columns) {
        return Stream.of(columns).flatMap(Arrays::stream).toList();
    }

    /** Its columns, in their order. */
    public List<SystemColumn> columns() {
        return columns;
    }
}
