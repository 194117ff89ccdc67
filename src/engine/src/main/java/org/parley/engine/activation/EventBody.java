package org.parley.engine.activation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.parley.EventNotificationDefinition.Event;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.store.CatalogRows.EventRow;

/**
 * What a service is told of an event; service-broker.md, section 14. The engine's own session has number 0 and works as
 * dbo.
 */
final class EventBody {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final StringBuilder xml = new StringBuilder("\uFEFF<EVENT_INSTANCE>");

    private EventBody() {}

    /** The body, in UTF-16 with a byte-order mark, as bodies of Error messages are. */
    static byte[] of(EventRow event, OpenDatabase database, String queue) {
        EventBody body = new EventBody();
        body.add("EventType", event.event().name());
        body.add("PostTime", TIME.format(Instant.ofEpochMilli(event.happened())));
        body.add("SPID", "0");
        body.add("ServerName", "Parley");
        body.add("LoginName", "dbo");
        body.add("UserName", "dbo");
        body.add("DatabaseName", database.name());
        body.add("SchemaName", "dbo");
        body.add("ObjectName", queue);
        body.add("ObjectType", "QUEUE");
        if (event.event() == Event.BROKER_QUEUE_DISABLED) {
            body.add(
                    "DatabaseID",
                    Integer.toString(database.aftercare().station().id()));
            body.add("ObjectID", Integer.toString(event.queue()));
        }
        return body.xml.append("</EVENT_INSTANCE>").toString().getBytes(StandardCharsets.UTF_16LE);
    }

    private void add(String element, String text) {
        xml.append('<').append(element).append('>');
        for (char c : text.toCharArray()) {
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                default -> xml.append(c);
            }
        }
        xml.append("</").append(element).append('>');
    }
}
