package org.parley.engine.routing;

import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.queue.Endpoint;

/** A closed target that stays, so that a repeated first message doesn't begin the dialog again; service-broker.md, section 3.3. */
public final class Guard {

    /** How long after its lifetime it stays when its initiator can't be asked. */
    private static final long AFTER_LIFETIME_MILLIS = 30 * 60 * 1_000L;

    /** How long it stays at most while its initiator's database can't be found, however long the lifetime is. */
    private static final long LOST_MILLIS = 30 * 24 * 3600 * 1_000L;

    private Guard() {}

    /** Whether an endpoint is one. */
    public static boolean is(Endpoint endpoint) {
        return !endpoint.begun().initiator()
                && endpoint.transit() != null
                && !endpoint.transit().settled()
                && endpoint.state().own() == Own.ENDED;
    }

    /** When it goes at the latest, in milliseconds of the epoch; at once when the initiator needs it no more. */
    public static long ends(Endpoint endpoint) {
        long lost = endpoint.transit().guardEnds();
        return lost != 0 ? lost : endpoint.begun().lifetime() + AFTER_LIFETIME_MILLIS;
    }

    /** When it goes at the latest if its initiator's database is not found from now on. */
    static long endsLost(Endpoint endpoint, long now) {
        return Math.min(ends(endpoint), now + LOST_MILLIS);
    }
}
