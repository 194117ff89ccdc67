package org.parley.engine.queue;

import java.util.ArrayList;
import java.util.List;
import org.parley.engine.fault.Fault;
import org.parley.engine.store.MessageRow;

/**
 * Messages on their way from the commit that has sent them to the RECEIVE that takes them, in memory: for those nobody asks the
 * store. The store has them all the same, and whatever isn't here is read there. A row never changes once it is committed
 * and no position is used twice, so what is here is what the store has. Guarded by the table's lock.
 *
 * <p>A message is given once. What its receiver does to it before rolling back so changes nothing for the next attempt, which
 * reads the store.
 */
public final class Handover {

    /**
     * Bytes of all that is here: more than three thousand short messages, where readers that keep up leave a few; and little
     * enough to be forgotten beside the pages that the store keeps.
     */
    static final int MOST_BYTES = 2 << 20;

    /**
     * Bytes of what a branch keeps until it commits. It has a connection of the store meanwhile, which takes as much; and no
     * branch alone can push out what all others have sent.
     */
    static final int MOST_BYTES_OF_A_BRANCH = MOST_BYTES / 16;

    /**
     * Messages and groups that may stand before one that is kept. A reader that keeps up leaves a few; behind more it would be
     * pushed out before its turn, or push out others that are near theirs.
     */
    static final int MOST_BEFORE = 256;

    private final KeyedSet<HandedOver> byPlace = new KeyedSet<>(new ByPlace());
    private HandedOver newest;
    private HandedOver oldest;
    private int bytes;

    private static final class ByPlace implements KeyedSet.Key<HandedOver> {
        @Override
        public long high(HandedOver message) {
            return message.row().endpoint();
        }

        @Override
        public long low(HandedOver message) {
            return message.row().position();
        }
    }

    /** What a branch may still keep. It isn't given back by a savepoint: a bound needs no more. For one thread at a time. */
    public static final class Allowance {

        private int left = MOST_BYTES_OF_A_BRANCH;

        /**
         * Keeps a message that was written, when it is short and there is room.
         *
         * @param before what was kept last of those to the same endpoint, or null
         * @return what is kept last now
         */
        public HandedOver keep(MessageRow row, HandedOver before) {
            int size = HandedOver.bytes(row);
            if (row.length() > MessageRow.ALWAYS_BESIDE || size > left) {
                return before;
            }
            left -= size;
            return new HandedOver(row, before);
        }
    }

    /** Whether what arrives for an endpoint now is so near its turn that it is kept. */
    public static boolean keepsFor(Endpoint endpoint) {
        return endpoint.arrived()
                        - endpoint.received()
                        + endpoint.group().queue().readyGroups()
                < MOST_BEFORE;
    }

    /**
     * Messages of one endpoint have been committed and have arrived.
     *
     * @param last the newest of those that were kept, with all before it; null when none was
     */
    public void add(HandedOver last) {
        if (last == null) {
            return;
        }
        HandedOver first = last;
        keep(first);
        while (first.older() != null) {
            first.older().newer(first);
            first = first.older();
            keep(first);
        }
        first.older(newest);
        if (newest == null) {
            oldest = first;
        } else {
            newest.newer(first);
        }
        newest = last;
        while (bytes > MOST_BYTES) {
            forget(oldest);
        }
    }

    private void keep(HandedOver message) {
        byPlace.add(message);
        bytes += message.bytes();
    }

    /**
     * Gives the messages of an endpoint from one position on, as the store would, when it has all of them: so many at most, and
     * one more, which is only looked at, when there is one.
     *
     * @param to last position, inclusive
     * @return null when one of them isn't here
     */
    public List<MessageRow> take(long endpoint, long from, long to, int most) {
        long last = Math.min(to, from + most);
        List<MessageRow> rows = new ArrayList<>();
        for (long position = from; position <= last; position++) {
            HandedOver message = byPlace.get(endpoint, position);
            if (message == null) {
                return Fault.HANDED_OVER_IN_PART.isPlanted() ? rows : null;
            }
            rows.add(message.row());
        }
        drop(endpoint, from, Math.min(last + 1, from + most));
        return rows;
    }

    /** Messages of an endpoint have been received, or never will be; the last position exclusive. */
    public void drop(long endpoint, long from, long end) {
        if (end - from <= byPlace.size()) {
            for (long position = from; position < end; position++) {
                HandedOver message = byPlace.get(endpoint, position);
                if (message != null) {
                    forget(message);
                }
            }
            return;
        }
        // most of a long queue was never here, or isn't any more
        HandedOver message = newest;
        while (message != null) {
            HandedOver next = message.older();
            MessageRow row = message.row();
            if (row.endpoint() == endpoint && row.position() >= from && row.position() < end) {
                forget(message);
            }
            message = next;
        }
    }

    private void forget(HandedOver message) {
        byPlace.remove(message.row().endpoint(), message.row().position());
        bytes -= message.bytes();
        if (message.newer() == null) {
            newest = message.older();
        } else {
            message.newer().older(message.older());
        }
        if (message.older() == null) {
            oldest = message.newer();
        } else {
            message.older().newer(message.newer());
        }
        // who still has this one must not keep the others
        message.older(null);
        message.newer(null);
    }

    /** Number of messages that are here. */
    int size() {
        return byPlace.size();
    }

    /** What they take. */
    int bytes() {
        return bytes;
    }
}
