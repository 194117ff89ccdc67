package org.parley.engine.queue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which endpoints have sent something to their other side in the same database while delivery was off: it is stored, and has
 * not arrived (service-broker.md, section 1.1). Guarded by the table's lock.
 */
public final class HeldBack {

    private final Map<Long, News> bySender = new LinkedHashMap<>();
    private boolean holding;

    /**
     * What an endpoint has sent.
     *
     * @param order queuing order of the first
     * @param error whether there is an Error among it
     */
    public record News(long order, boolean error) {}

    /** Whether delivery is off. */
    public boolean holding() {
        return holding;
    }

    /** Delivery is off, or on. */
    public void hold(boolean off) {
        holding = off;
    }

    /** An endpoint has sent something that doesn't arrive now. */
    public void add(Endpoint sender, long firstOrder, boolean error) {
        bySender.merge(
                sender.id(),
                new News(firstOrder, error),
                (first, more) -> new News(first.order(), first.error() || more.error()));
    }

    /** Whether something of it has not arrived. */
    public boolean has(Endpoint sender) {
        return !bySender.isEmpty() && bySender.containsKey(sender.id());
    }

    /** All of whom something has not arrived; a copy. */
    public List<Long> senders() {
        return List.copyOf(bySender.keySet());
    }

    /** What an endpoint has sent arrives now, or never; null when there is nothing. */
    public News release(Endpoint sender) {
        return bySender.isEmpty() ? null : bySender.remove(sender.id());
    }
}
