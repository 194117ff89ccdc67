package org.parley.engine.store.derby;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.parley.engine.store.Positions;
import org.parley.engine.store.StoredEndpoints.MessageRange;

/** What lies in the message table, gathered row by row in any order. */
final class MessageRanges {

    private final Map<Long, Range> ranges = new HashMap<>();
    private Range latest = new Range(Long.MIN_VALUE);
    private long lastOrder;

    private static final class Range {
        private final long endpoint;
        private long first = -1;
        private long last = -1;
        private long count;
        private long oldest = Long.MAX_VALUE;
        private boolean timer;
        private boolean brokerError;
        private boolean farError;

        Range(long endpoint) {
            this.endpoint = endpoint;
        }

        void add(long position, long order) {
            oldest = Math.min(oldest, order);
            if (position >= Positions.FIRST) {
                first = first < 0 ? position : Math.min(first, position);
                last = Math.max(last, position);
                count++;
            } else if (position == Positions.TIMER) {
                timer = true;
            } else if (position == Positions.BROKER_ERROR) {
                brokerError = true;
            } else if (position == Positions.FAR_ERROR) {
                farError = true;
            }
        }

        void addAll(Range other) {
            oldest = Math.min(oldest, other.oldest);
            if (other.first >= 0) {
                first = first < 0 ? other.first : Math.min(first, other.first);
                last = Math.max(last, other.last);
                count += other.count;
            }
            timer |= other.timer;
            brokerError |= other.brokerError;
            farError |= other.farError;
        }

        MessageRange range() {
            return new MessageRange(endpoint, first, last, count, oldest, timer, brokerError, farError);
        }
    }

    void add(long endpoint, long position, long order) {
        if (latest.endpoint != endpoint) {
            latest = ranges.computeIfAbsent(endpoint, Range::new);
        }
        latest.add(position, order);
        lastOrder = Math.max(lastOrder, order);
    }

    void addAll(MessageRanges other) {
        other.ranges.forEach((endpoint, range) ->
                ranges.computeIfAbsent(endpoint, Range::new).addAll(range));
        lastOrder = Math.max(lastOrder, other.lastOrder);
    }

    List<MessageRange> list() {
        List<MessageRange> list = new ArrayList<>(ranges.size());
        ranges.values().forEach(range -> list.add(range.range()));
        return list;
    }

    /** Largest queuing order of all, or 0. */
    long lastOrder() {
        return lastOrder;
    }
}
