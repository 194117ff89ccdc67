package org.parley.engine.database;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.fault.Fault;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.HeldBack;
import org.parley.engine.queue.Transit;
import org.parley.engine.routing.Guard;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.StoredEndpoints;
import org.parley.engine.store.StoredEndpoints.MessageRange;
import org.parley.engine.store.StoredState;
import org.parley.engine.store.SuspensionRow;
import org.parley.engine.store.TransitRow;
import org.parley.engine.tx.Aftermath;
import org.parley.engine.tx.Manifest;

/** Makes endpoints in memory from rows, and finds again what commits had left to be done. */
final class Loader {

    private final EndpointTable table;
    private final CatalogSnapshot catalog;
    private final Map<Long, EndpointRow> rows = new HashMap<>();
    private final Map<Long, MessageRange> ranges = new HashMap<>();
    private final Map<Long, Manifest.Before> before = new HashMap<>();
    private final Set<Long> inDoubt = new HashSet<>();
    private final List<SuspensionRow> suspensions;
    private final Map<Long, HeldBack.News> held = new HashMap<>();
    private final Map<Long, Long> heldEnds = new HashMap<>();
    private final Map<Long, TransitRow> transits = new HashMap<>();
    private final Set<Long> retaining;
    private final Early early;

    /** Reads messages of an endpoint, of which some are missing: positions inclusive. */
    @FunctionalInterface
    interface Early {
        List<MessageRow> read(long endpoint, long from, long to);
    }

    Loader(EndpointTable table, CatalogSnapshot catalog, StoredState state, Early early) {
        this.table = table;
        this.catalog = catalog;
        this.early = early;
        this.retaining = state.retaining();
        this.suspensions = state.suspensions();
        state.transits().forEach(row -> transits.put(row.endpoint(), row));
        StoredEndpoints stored = state.endpoints();
        stored.rows().forEach(row -> rows.put(row.id(), row));
        stored.ranges().forEach(range -> ranges.put(range.endpoint(), range));
        FaultPoint.OPEN_READ.reach();
    }

    /** Takes back what a prepared branch has written: nothing of it is true before its commit. */
    void undo(Manifest manifest) {
        for (Manifest.Entry entry : manifest.entries()) {
            long id = entry.row().id();
            inDoubt.add(id);
            if (entry.begins()) {
                rows.remove(id);
                ranges.remove(id);
            } else {
                rows.put(id, entry.row());
                before.put(id, entry.before());
            }
            if (entry.far() != null) {
                rows.put(entry.far().id(), entry.far());
            }
            if (entry.change().refused()) {
                ranges.computeIfPresent(id, (own, range) -> without(range, Long.MAX_VALUE, true, false));
            }
            boolean error = entry.change().farFailed();
            ranges.computeIfPresent(entry.row().far(), (far, range) -> without(range, entry.sentFrom(), false, error));
            inDoubt.add(entry.row().far());
        }
        FaultPoint.OPEN_UNDONE.reach();
    }

    /** A range without the positions from one on, and without errors; null when nothing is left. */
    private static MessageRange without(MessageRange range, long from, boolean brokerError, boolean farError) {
        long last = Math.min(range.last(), from - 1);
        boolean none = last < 0 || last < range.first();
        MessageRange left = new MessageRange(
                range.endpoint(),
                none ? -1 : range.first(),
                none ? -1 : last,
                none ? 0 : range.count() - (range.last() - last),
                range.oldestOrder(),
                range.timer(),
                range.brokerError() && !brokerError,
                range.farError() && !farError);
        return none && !left.timer() && !left.brokerError() && !left.farError() ? null : left;
    }

    /** While delivery is off, what was sent inside the database since has not arrived, though it lies where it would. */
    private void holdBack() {
        long since = catalog.deliveryOffSince();
        for (MessageRange range : List.copyOf(ranges.values())) {
            EndpointRow row = rows.get(range.endpoint());
            if (row != null && rows.containsKey(row.far())) {
                holdBack(row, range, since);
            }
        }
    }

    private void holdBack(EndpointRow row, MessageRange range, long since) {
        long from = Long.MAX_VALUE;
        long order = 0;
        for (MessageRow message : early.read(row.id(), Positions.FIRST, range.last())) {
            if (from == Long.MAX_VALUE && message.queuingOrder() > since) {
                from = message.position();
                order = message.queuingOrder();
            }
        }
        boolean error = range.farError()
                && early.read(row.id(), Positions.FAR_ERROR, Positions.FAR_ERROR).stream()
                        .anyMatch(message -> message.queuingOrder() > since);
        if (from < Long.MAX_VALUE || error) {
            held.put(row.far(), new HeldBack.News(order, error));
            heldEnds.put(row.id(), range.last() + 1);
            long end = from;
            ranges.computeIfPresent(row.id(), (id, all) -> without(all, end, false, error));
        }
    }

    /** Adds every endpoint to the table. */
    void addAll(Map<Long, Long> timers) {
        if (table.heldBack().holding()) {
            holdBack();
        }
        for (EndpointRow row : rows.values()) {
            Group group = table.group(row.group(), row.service());
            Manifest.Before was = before.get(row.id());
            Endpoint endpoint = was == null ? asStored(row, group) : asBefore(row, group, was);
            endpoint.timer(was == null ? timers.getOrDefault(row.id(), 0L) : was.timerDue());
            endpoint.retaining(was == null ? retaining.contains(row.id()) : was.retaining());
            table.add(endpoint);
            HeldBack.News news = held.get(row.id());
            if (news != null) {
                table.heldBack().add(endpoint, news.order(), news.error());
            }
            travel(endpoint);
            group.queue().changed(group);
        }
        FaultPoint.OPEN_LOADED.reach();
    }

    private Endpoint asStored(EndpointRow row, Group group) {
        MessageRange range = ranges.get(row.id());
        long nextOut =
                Math.max(Math.max(arrived(row.far()), heldEnds.getOrDefault(row.far(), 0L)), numberOfError(row.far()));
        Endpoint endpoint = new Endpoint(row, group, state(row, range, nextOut), nextOut);
        if (range != null) {
            arriveUpTo(endpoint, range);
            overtake(endpoint, range);
        }
        return endpoint;
    }

    /** An Error that is on its way elsewhere stands behind messages that have been dropped: what was sent before is behind it. */
    private long numberOfError(long far) {
        MessageRange range = ranges.get(far);
        if (range == null || !range.farError() || rows.containsKey(far)) {
            return 0;
        }
        return early.read(far, Positions.FAR_ERROR, Positions.FAR_ERROR).stream()
                .mapToLong(MessageRow::sequence)
                .max()
                .orElse(0);
    }

    /** An endpoint as it was when a branch in doubt was prepared, with what has arrived since. */
    private Endpoint asBefore(EndpointRow row, Group group, Manifest.Before was) {
        Endpoint endpoint = new Endpoint(row, group, was.state(), was.nextOut());
        if (was.arrived() > row.received()) {
            endpoint.arriveUpTo(was.arrived(), was.headOrder());
        }
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (was.waits(position)) {
                endpoint.overtake(position, was.headOrder());
            }
        }
        MessageRange range = ranges.get(row.id());
        if (range != null) {
            arriveUpTo(endpoint, range);
        }
        EndpointRow far = rows.get(row.far());
        if (range != null && range.farError() && !was.waits(Positions.FAR_ERROR)) {
            hear(endpoint, Event.ERROR_ARRIVES);
            endpoint.overtake(Positions.FAR_ERROR, range.oldestOrder());
        } else if (far != null && far.stage() == Stage.ENDED) {
            hear(endpoint, Event.END_ARRIVES);
        }
        return endpoint;
    }

    /** From elsewhere messages may have come before earlier ones: those don't count as arrived. */
    private void arriveUpTo(Endpoint endpoint, MessageRange range) {
        long base = endpoint.arrived();
        if (range.last() < base) {
            return;
        }
        boolean gap = range.count() < range.last() - Math.max(range.first(), base) + 1 || range.first() > base;
        if (gap && transits.containsKey(endpoint.id())) {
            long end = base;
            for (MessageRow row : early.read(endpoint.id(), base, range.last())) {
                end += row.position() == end ? 1 : 0;
            }
            if (end == base) {
                return;
            }
            endpoint.arriveUpTo(end, range.oldestOrder());
        } else {
            long overlooked = Fault.LAST_MESSAGE_OVERLOOKED.isPlanted() ? 1 : 0;
            endpoint.arriveUpTo(range.last() + 1 - overlooked, range.oldestOrder());
        }
    }

    /** What is known of the other side in another database. */
    private void travel(Endpoint endpoint) {
        TransitRow row = transits.remove(endpoint.id());
        if (row == null) {
            return;
        }
        Transit transit = new Transit(row);
        transit.see(endpoint.arrived());
        transit.acknowledgedUpTo(endpoint.arrived());
        MessageRange range = ranges.get(endpoint.id());
        if (range != null && range.last() >= endpoint.arrived()) {
            early.read(endpoint.id(), endpoint.arrived(), range.last())
                    .forEach(message -> transit.keepEarly(message.position(), message.queuingOrder()));
        }
        table.travels(endpoint, transit);
        if (row.endPosition() != TransitRow.NO_END && endpoint.arrived() > row.endPosition()) {
            hearEnd(endpoint);
        }
    }

    /** Ends that met on the way owe nothing to each other, but what this side has sent is kept until it is acknowledged. */
    private static void hearEnd(Endpoint endpoint) {
        if (endpoint.state().own() == Own.ENDING) {
            endpoint.become(new EndpointState(Own.ENDING, Far.ENDED), endpoint.stage());
        } else {
            hear(endpoint, Event.END_ARRIVES);
        }
    }

    private static void hear(Endpoint endpoint, Event event) {
        if (EndpointMachine.apply(endpoint.state(), event) instanceof Transition.Move move) {
            endpoint.become(move.next(), endpoint.stage());
        }
    }

    /** End of the positions that have arrived at an endpoint, whether it has a row or not. */
    private long arrived(long id) {
        EndpointRow row = rows.get(id);
        MessageRange range = ranges.get(id);
        Manifest.Before was = before.get(id);
        TransitRow transit = transits.get(id ^ 1);
        long received = row == null ? transit == null ? 0 : transit.acknowledged() : row.received();
        return Math.max(Math.max(received, range == null ? 0 : range.last() + 1), was == null ? 0 : was.arrived());
    }

    private static void overtake(Endpoint endpoint, MessageRange range) {
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (waits(range, position) && !(position == Positions.FAR_ERROR && cameTooLate(endpoint, range))) {
                endpoint.overtake(position, range.oldestOrder());
            }
        }
    }

    /** A side hears of one error: the far side's, when it comes second, is discarded soon after, but not always in time. */
    private static boolean cameTooLate(Endpoint endpoint, MessageRange range) {
        return range.farError() && (range.brokerError() || endpoint.stage() == Stage.FAILED);
    }

    private EndpointState state(EndpointRow row, MessageRange range, long nextOut) {
        EndpointRow far = rows.get(row.far());
        Own own;
        if (row.stage().ended()) {
            boolean untold = held.containsKey(row.id())
                    || row.stage() == Stage.HELD && far != null && !far.stage().ended();
            own = untold || far == null && ranges.containsKey(row.far()) ? Own.ENDING : Own.ENDED;
        } else {
            own = row.initiator() && far == null && nextOut == 0 && !ranges.containsKey(row.far())
                    ? Own.UNSENT
                    : Own.OPEN;
        }
        boolean errorWaits = range != null && (range.brokerError() || range.farError());
        Far heard = Far.ACTIVE;
        if (row.stage() == Stage.FAILED || errorWaits) {
            heard = Far.FAILED;
        } else if (far != null && far.stage() == Stage.ENDED && !held.containsKey(far.id())) {
            heard = Far.ENDED;
        }
        return new EndpointState(own, heard);
    }

    /** Finds again what is left to be done. What needs a group that a branch in doubt holds waits for its outcome. */
    void resume(Aftermath aftermath) {
        for (MessageRange range : ranges.values()) {
            long id = range.endpoint();
            if (!rows.containsKey(id) && !rows.containsKey(id ^ 1) && !inDoubt.contains(id)) {
                aftermath.purge(id, Positions.TIMER, range.last());
            }
        }
        transits.keySet().forEach(aftermath::forgetTransit);
        suspensions.forEach(aftermath::suspendedBefore);
        for (long id : rows.keySet()) {
            resume(table.endpoint(id), aftermath);
        }
        FaultPoint.OPEN_RESUMED.reach();
    }

    private void resume(Endpoint endpoint, Aftermath aftermath) {
        aftermath.wind(endpoint);
        Endpoint far = table.endpoint(endpoint.far());
        MessageRange range = ranges.get(endpoint.id());
        if (range != null && !inDoubt.contains(endpoint.id()) && cameTooLate(endpoint, range)) {
            aftermath.purge(endpoint.id(), Positions.FAR_ERROR, Positions.FAR_ERROR);
        }
        if (endpoint.state().own() == Own.ENDED) {
            purge(endpoint, aftermath);
            if (Guard.is(endpoint)) {
                aftermath.deliver(endpoint);
            } else if (far == null || far.state().own() == Own.ENDED) {
                aftermath.removePair(endpoint.id());
            }
        } else if (far != null && endpoint.stage() == Stage.HELD) {
            purge(endpoint, aftermath);
            aftermath.tellEnd(endpoint);
        } else if (far == null
                && (ranges.containsKey(endpoint.far()) || endpoint.state().own() == Own.ENDING)) {
            if (endpoint.state().own().over()) {
                purge(endpoint, aftermath);
            }
            aftermath.mayHaveArrived(endpoint);
            MessageRange sent = ranges.get(endpoint.far());
            if (sent != null && sent.farError() && !endpoint.state().own().over()) {
                endpoint.transit().oweError();
            }
        } else if (far != null && far.stage() == Stage.CLEANED && ranges.containsKey(far.id())) {
            aftermath.farIsGone(endpoint, Positions.TIMER, ranges.get(far.id()).last());
        }
    }

    /** Exactly what is there and committed: a row of a branch in doubt would be waited for. */
    private void purge(Endpoint endpoint, Aftermath aftermath) {
        MessageRange left = ranges.get(endpoint.id());
        if (left != null && left.last() >= 0) {
            aftermath.purge(endpoint.id(), Positions.FIRST, left.last());
        }
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (left != null && waits(left, position)) {
                aftermath.purge(endpoint.id(), position, position);
            }
        }
    }

    private static boolean waits(MessageRange range, long position) {
        return position == Positions.TIMER && range.timer()
                || position == Positions.BROKER_ERROR && range.brokerError()
                || position == Positions.FAR_ERROR && range.farError();
    }
}
