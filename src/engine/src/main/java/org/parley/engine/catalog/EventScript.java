package org.parley.engine.catalog;

import java.util.EnumSet;
import java.util.Set;
import org.parley.EventNotificationDefinition;
import org.parley.EventNotificationDefinition.Event;
import org.parley.engine.catalog.DefinitionStatement.CreateEventNotification;
import org.parley.engine.catalog.DefinitionStatement.DropEventNotification;

/** Parses statements on event notifications; service-broker.md, section 14. */
final class EventScript {

    private final ScriptReader in;

    EventScript(ScriptReader in) {
        this.in = in;
    }

    /** Behind CREATE EVENT. */
    CreateEventNotification create() {
        in.expect("NOTIFICATION");
        String name = in.name("event notification");
        String queue = scope();
        boolean fanIn = in.skip("WITH") && in.required("FAN_IN");
        in.expect("FOR");
        Set<Event> events = EnumSet.noneOf(Event.class);
        do {
            Event event = event();
            if (!events.add(event)) {
                throw in.twice(event.name());
            }
        } while (in.skip(','));
        in.expect("TO");
        in.expect("SERVICE");
        String service = in.text("a service name in quotes");
        in.expect(',');
        String broker = in.text("a broker instance in quotes or 'current database'");
        return new CreateEventNotification(
                new EventNotificationDefinition(name, queue, events, service, broker, fanIn));
    }

    /** Behind DROP EVENT. */
    DropEventNotification drop() {
        in.expect("NOTIFICATION");
        String name = in.name("event notification");
        return new DropEventNotification(name, scope());
    }

    /** A queue, or null for the database. */
    private String scope() {
        in.expect("ON");
        if (in.skip("DATABASE")) {
            return null;
        }
        if (in.token().is("SERVER")) {
            throw in.unsupported("an event notification ON SERVER", "QUEUE or DATABASE");
        }
        if (!in.skip("QUEUE")) {
            throw in.expected("QUEUE or DATABASE");
        }
        return in.queueName();
    }

    private Event event() {
        for (Event event : Event.values()) {
            if (in.skip(event.name())) {
                return event;
            }
        }
        throw in.expected("QUEUE_ACTIVATION or BROKER_QUEUE_DISABLED");
    }
}
