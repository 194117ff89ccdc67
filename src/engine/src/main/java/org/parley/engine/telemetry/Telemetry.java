package org.parley.engine.telemetry;

import org.parley.spi.EngineListener;

/**
 * Where a database tells of itself.
 *
 * @param counters its counters
 * @param tracer takes events
 */
public record Telemetry(Counters counters, Tracer tracer) {

    /** Nobody reads or hears it. */
    public static Telemetry unread() {
        return new Telemetry(new Counters(), new Tracer(new EngineListener() {}));
    }
}
