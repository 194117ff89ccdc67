package org.parley.engine.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.parley.engine.queue.Endpoint;

/**
 * Which endpoints of a database have something to send to another one, in the order in which it is their turn: by
 * priority, if the database honours it, and then by age; service-broker.md, section 15. Guarded by the table's lock.
 */
final class Outbox {

    /** Priority of everything in a database that doesn't honour priorities. */
    private static final int EVEN = 5;

    private static final int HIGHEST = 10;

    /** Below all priorities: an acknowledgement that goes alone. */
    private static final int ALONE = 0;

    private final BooleanSupplier honorsPriority;
    private final AtomicLong turns;
    private final Runnable bell;
    private final List<Deque<Turn>> levels = new ArrayList<>();
    private final Set<Long> waiting = new HashSet<>();
    private final Map<Long, Turn> acknowledging = new LinkedHashMap<>();
    private final Deque<Reply> replies = new ArrayDeque<>();

    /**
     * An endpoint's place in the order.
     *
     * @param endpoint endpoint id
     * @param level priority that it is sent with
     * @param turn the smaller, the longer it has been waiting; counted over all databases
     */
    record Turn(long endpoint, int level, long turn) {

        boolean before(Turn other) {
            return level != other.level ? level > other.level : turn < other.turn;
        }
    }

    /** A frame that no endpoint stands behind. */
    record Reply(UUID broker, Frame frame) {}

    /**
     * An empty one.
     *
     * @param honorsPriority whether HONOR_BROKER_PRIORITY is on
     * @param turns counts turns, over all databases
     * @param bell wakes the transmitter; must only take note
     */
    Outbox(BooleanSupplier honorsPriority, AtomicLong turns, Runnable bell) {
        this.honorsPriority = honorsPriority;
        this.turns = turns;
        this.bell = bell;
        for (int level = ALONE; level <= HIGHEST; level++) {
            levels.add(new ArrayDeque<>());
        }
    }

    /** An endpoint may have something to send; what it acknowledges goes with that. */
    void ready(Endpoint endpoint) {
        acknowledging.remove(endpoint.id());
        if (waiting.add(endpoint.id())) {
            int level = honorsPriority.getAsBoolean() ? endpoint.priority() : EVEN;
            levels.get(level).addLast(new Turn(endpoint.id(), level, turns.incrementAndGet()));
            bell.run();
        }
    }

    /** An endpoint owes an acknowledgement. It goes with messages that wait, or alone, in a line of its own. */
    void acknowledges(Endpoint endpoint) {
        long id = endpoint.id();
        if (!waiting.contains(id) && !acknowledging.containsKey(id)) {
            acknowledging.put(id, new Turn(id, ALONE, turns.incrementAndGet()));
            bell.run();
        }
    }

    /** A frame that is sent once and made anew when it was lost and is needed. */
    void reply(UUID broker, Frame frame) {
        replies.addLast(new Reply(broker, frame));
        bell.run();
    }

    /** All replies; they leave. */
    List<Reply> replies() {
        List<Reply> all = List.copyOf(replies);
        replies.clear();
        return all;
    }

    /** Whose messages are next, or null; it stays. */
    Turn next() {
        for (int level = HIGHEST; level > ALONE; level--) {
            if (!levels.get(level).isEmpty()) {
                return levels.get(level).peekFirst();
            }
        }
        return null;
    }

    /** Whose messages have been waiting longest, whatever the priority, or null; it stays. */
    Turn oldest() {
        Turn oldest = null;
        for (Deque<Turn> level : levels) {
            Turn first = level.peekFirst();
            if (first != null && (oldest == null || first.turn() < oldest.turn())) {
                oldest = first;
            }
        }
        return oldest;
    }

    /** Which acknowledgement has been waiting longest, or null; it stays. */
    Turn nextAcknowledgement() {
        return acknowledging.isEmpty()
                ? null
                : acknowledging.values().iterator().next();
    }

    /** Takes a turn that one of the others has given. */
    void take(Turn turn) {
        if (turn.level() == ALONE) {
            acknowledging.remove(turn.endpoint());
            return;
        }
        levels.get(turn.level()).removeFirst();
        waiting.remove(turn.endpoint());
    }
}
