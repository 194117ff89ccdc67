package org.parley.engine.routing;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.spi.BrokerClock;

/**
 * Groups whose transactions were rolled back, offered again when the REDELIVERY_DELAY of their queue has passed, with one
 * alarm for the earliest. In memory only: a restart is a delay of its own. Guarded by the table's lock.
 */
final class Redelivery implements AutoCloseable {

    private final EndpointTable table;
    private final BrokerClock clock;
    /** An entry is only a hint: the queue knows whether a group still waits, and until when. */
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(Comparator.comparingLong(Entry::due));

    private BrokerClock.Alarm alarm;
    private long alarmDue;
    private boolean closed;

    private record Entry(long due, Group group) {}

    Redelivery(EndpointTable table, BrokerClock clock) {
        this.table = table;
        this.clock = clock;
    }

    void postpone(Group group) {
        long due = clock.millis() + group.queue().redeliveryDelay();
        group.queue().delay(group, due);
        entries.add(new Entry(due, group));
        arm();
    }

    private void arm() {
        if (closed
                || entries.isEmpty()
                || alarm != null && alarmDue <= entries.peek().due()) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        alarmDue = entries.peek().due();
        alarm = clock.at(Instant.ofEpochMilli(alarmDue), () -> table.locked(this::ring));
    }

    private void ring() {
        alarm = null;
        long now = clock.millis();
        while (!entries.isEmpty() && entries.peek().due() <= now) {
            Group group = entries.remove().group();
            group.queue().endDelay(group, now);
        }
        arm();
    }

    @Override
    public void close() {
        table.locked(() -> {
            closed = true;
            entries.clear();
            if (alarm != null) {
                alarm.cancel();
                alarm = null;
            }
        });
    }
}
