package org.parley.engine.telemetry;

import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.parley.spi.BrokerEvent;
import org.parley.spi.EngineListener;

/**
 * Hands the broker events of a server to its listener: those of the classes that it wants, one at a time, in the order in
 * which they have become true, and never under a lock of the engine. Who finds another thread at it leaves its events to that.
 */
public final class Tracer {

    private final EngineListener listener;
    private final Set<BrokerEvent.Kind> wanted = EnumSet.noneOf(BrokerEvent.Kind.class);
    private final boolean on;
    private final Queue<BrokerEvent> noted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** Asks the listener, once, what it wants to hear. */
    public Tracer(EngineListener listener) {
        this.listener = listener;
        wanted.addAll(listener.brokerEvents());
        on = !wanted.isEmpty();
    }

    /** Whether anything is to be told at all. */
    public boolean on() {
        return on;
    }

    /** Whether an event of this class is to be made. */
    public boolean wants(BrokerEvent.Kind kind) {
        return on && wanted.contains(kind);
    }

    /** Takes note of what has become true; heard after {@link #tell}. */
    public void note(BrokerEvent event) {
        noted.add(event);
    }

    /** A queue was turned off after rollbacks in a row. */
    public void queueDisabled(String database, String queue) {
        if (wants(BrokerEvent.Kind.QUEUE_DISABLED)) {
            note(new BrokerEvent.QueueDisabled(database, queue));
            tell();
        }
    }

    /** Tells what has been noted. Only by a caller that holds no lock. */
    public void tell() {
        if (noted.isEmpty() || calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        while (seen != 0) {
            for (BrokerEvent event = noted.poll(); event != null; event = noted.poll()) {
                tell(event);
            }
            seen = calls.addAndGet(-seen);
        }
    }

    private void tell(BrokerEvent event) {
        try {
            listener.brokerEvent(event);
        } catch (RuntimeException e) {
            // what it hears is true already: a listener that fails must not keep the engine from going on
            System.getLogger(Tracer.class.getName())
                    .log(System.Logger.Level.WARNING, "The listener has failed to hear " + event, e);
        }
    }
}
