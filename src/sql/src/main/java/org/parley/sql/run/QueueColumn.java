package org.parley.sql.run;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.parley.Message;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** The columns of a queue as RECEIVE gives them; service-broker.md, section 1.5. */
enum QueueColumn {
    /** What has been received has this status, whatever it had in the queue. */
    STATUS(SqlType.TINYINT, message -> 0),
    PRIORITY(SqlType.TINYINT, Message::priority),
    QUEUING_ORDER(SqlType.BIGINT, Message::queuingOrder),
    CONVERSATION_GROUP_ID(SqlType.UNIQUEIDENTIFIER, Message::conversationGroupId),
    CONVERSATION_HANDLE(SqlType.UNIQUEIDENTIFIER, Message::conversationHandle),
    MESSAGE_SEQUENCE_NUMBER(SqlType.BIGINT, Message::sequenceNumber),
    SERVICE_NAME(SqlType.nvarchar(128), Message::serviceName),
    SERVICE_ID(SqlType.INT, Message::serviceId),
    SERVICE_CONTRACT_NAME(SqlType.nvarchar(128), Message::contractName),
    SERVICE_CONTRACT_ID(SqlType.INT, Message::contractId),
    MESSAGE_TYPE_NAME(SqlType.nvarchar(128), Message::messageType),
    MESSAGE_TYPE_ID(SqlType.INT, Message::messageTypeId),
    VALIDATION(SqlType.of(SqlType.Base.NCHAR, 2), QueueColumn::validation),
    MESSAGE_BODY(SqlType.varbinary(SqlType.MAX), Message::body),
    MESSAGE_ENQUEUE_TIME(SqlType.DATETIME, QueueColumn::enqueued);

    private static final int NO_COLUMN = 207;

    private final SqlType type;
    private final Function<Message, Object> content;

    QueueColumn(SqlType type, Function<Message, Object> content) {
        this.type = type;
        this.content = content;
    }

    SqlType type() {
        return type;
    }

    String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    Value of(Message message) {
        return new Value(type, content.apply(message));
    }

    /** The column of this name; a queue has no other names for itself. */
    static QueueColumn named(ObjectName name) {
        return Arrays.stream(values())
                .filter(column -> column.name().equalsIgnoreCase(name.last()))
                .findFirst()
                .orElseThrow(() -> new ScriptError(
                        NO_COLUMN,
                        "A queue has no column '" + name + "'; its columns are " + String.join(", ", names()) + "."));
    }

    private static List<String> names() {
        return Arrays.stream(values()).map(QueueColumn::shown).toList();
    }

    private static String validation(Message message) {
        return switch (message.validation()) {
            case NONE -> "N ";
            case EMPTY -> "E ";
            case WELL_FORMED_XML, VALID_XML -> "X ";
        };
    }

    private static Object enqueued(Message message) {
        LocalDateTime utc = LocalDateTime.ofInstant(message.enqueueTime(), ZoneOffset.UTC);
        return Conversion.implicit(new Value(SqlType.datetime2(3), utc), SqlType.DATETIME)
                .content();
    }
}
