package org.parley.engine.tx;

import java.util.ArrayList;
import java.util.List;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.HandedOver;
import org.parley.engine.queue.Handover;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.StoreTransaction;

/**
 * What a branch has done to one endpoint and has not committed. Arrivals go on meanwhile: what has been heard of the far
 * side is always asked of the committed endpoint.
 */
public final class Draft implements Cloneable {

    private final Endpoint committed;
    private final Handover.Allowance allowance;
    private EndpointRow begun;
    private Group group;
    private final long sentFrom;
    private Own own;
    private Stage stage;
    private long nextOut;
    private long firstOrder;
    /** The newest of the messages that were sent and kept, with those before it; null until there is one. */
    private HandedOver kept;

    private long received;
    private long nextOrder;
    private int taken;
    private long clearedTo = -1;
    private Long timer;
    private boolean timerStored;
    private boolean refused;
    private long refusalOrder;
    private boolean farFailed;
    private Event endedBy;
    private boolean endSent;
    private boolean retaining;
    private boolean removed;
    private boolean pairRemoved;
    private boolean moved;
    private boolean written;
    private boolean dirty;
    private boolean changed;
    /** Null until there are any. */
    private List<Streamed> streamed;

    /** Messages that have been received and whose bodies are left until the branch ends. */
    private record Streamed(long from, long to) {}

    /** A draft of a committed endpoint. */
    Draft(Endpoint committed, Handover.Allowance allowance) {
        this.begun = committed.begun();
        this.committed = committed;
        this.allowance = allowance;
        this.group = committed.group();
        this.sentFrom = committed.nextOut();
        this.own = committed.state().own();
        this.stage = committed.stage();
        this.nextOut = sentFrom;
        this.received = committed.received();
        this.timerStored = committed.timerDue() != 0;
        this.retaining = committed.retaining();
        this.written = true;
    }

    /** A draft of an endpoint that this branch begins. */
    Draft(EndpointRow begun, Group group, EndpointState state, Handover.Allowance allowance) {
        this.begun = begun;
        this.committed = null;
        this.allowance = allowance;
        this.group = group;
        this.sentFrom = 0;
        this.own = state.own();
        this.stage = begun.stage();
        this.received = begun.received();
        touch();
    }

    /** A draft of a prepared branch of an earlier process. */
    Draft(Manifest.Entry entry, Endpoint committed, Group group) {
        Manifest.Change change = entry.change();
        this.begun = entry.row().inGroup(group.id());
        this.committed = committed;
        this.allowance = new Handover.Allowance();
        this.group = group;
        this.sentFrom = entry.sentFrom();
        this.own = change.own();
        this.stage = change.stage();
        this.nextOut = change.nextOut();
        this.firstOrder = change.firstOrder();
        this.received = change.received();
        this.nextOrder = change.nextOrder();
        this.taken = change.taken();
        this.clearedTo = change.clearedTo();
        this.timer = change.timer();
        this.refused = change.refused();
        this.refusalOrder = change.refusalOrder();
        this.farFailed = change.farFailed();
        this.endSent = change.endSent();
        this.retaining = change.retaining();
        this.removed = change.removed();
        this.pairRemoved = change.pairRemoved();
        this.written = true;
    }

    /** What another process needs to end what this one has prepared. */
    Manifest.Change change() {
        return new Manifest.Change(
                group.id(),
                own,
                stage,
                nextOut,
                firstOrder,
                received,
                nextOrder,
                taken,
                clearedTo,
                timer,
                refused,
                refusalOrder,
                farFailed,
                endSent,
                retaining,
                removed,
                pairRemoved);
    }

    Draft copy() {
        try {
            Draft copy = (Draft) clone();
            copy.streamed = streamed == null ? null : new ArrayList<>(streamed);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** What was given when the endpoint began, in the group that this branch has put it into. */
    public EndpointRow begun() {
        return begun;
    }

    /** The committed endpoint, or null when this branch begins it. */
    public Endpoint committed() {
        return committed;
    }

    /** The group, held by the branch. */
    public Group group() {
        return group;
    }

    /** Puts the endpoint into another group, held by the branch too. */
    public void moveTo(Group other) {
        group = other;
        begun = begun.inGroup(other.id());
        moved = true;
        touch();
    }

    /** State as this branch sees it. */
    public EndpointState state() {
        return new EndpointState(
                own, committed == null ? Far.ACTIVE : committed.state().far());
    }

    /** This side has ended by one of the variants of END CONVERSATION. */
    public void endedBy(Event variant) {
        endedBy = variant;
    }

    /** How this side has ended, as far as this process knows. */
    Event endedBy() {
        return endedBy;
    }

    /** Takes over what a transition says of this side. */
    public void become(EndpointState next) {
        own = next.own();
    }

    /** Next number to send. */
    public long nextOut() {
        return nextOut;
    }

    /** First number that this branch has sent or would send. */
    public long sentFrom() {
        return sentFrom;
    }

    /**
     * A message has been written with the next number.
     *
     * @param keeps whether it is to be kept in memory, too: its body is nobody else's from now on
     */
    public void sent(MessageRow message, boolean keeps) {
        if (nextOut == sentFrom) {
            firstOrder = message.queuingOrder();
        }
        nextOut++;
        if (keeps) {
            kept = allowance.keep(message, kept);
        }
    }

    /** What is handed over when the branch commits. */
    HandedOver kept() {
        return kept;
    }

    long firstOrder() {
        return firstOrder;
    }

    /** First position not received. */
    public long received() {
        return received;
    }

    /** Whether the message that overtakes at this position waits and has not been taken by this branch. */
    public boolean waits(long position) {
        return committed != null && (taken & bit(position)) == 0 && committed.waits(position);
    }

    /** End of the positions that have arrived. */
    public long arrived() {
        return committed == null ? received : Math.max(committed.arrived(), received);
    }

    /** Whether this branch could receive something. */
    public boolean receivable() {
        return !own.over()
                && (arrived() > received
                        || waits(Positions.TIMER)
                        || waits(Positions.BROKER_ERROR)
                        || waits(Positions.FAR_ERROR));
    }

    /** The message that overtakes at this position has been received. */
    public void take(long position) {
        taken |= bit(position);
        if (position != Positions.TIMER) {
            stage = Stage.FAILED;
        }
        touch();
    }

    /** Messages below a position have been received; the next one, if any, has this order. */
    public void takeUpTo(long position, long orderOfNext) {
        received = position;
        nextOrder = orderOfNext;
        touch();
    }

    boolean hasTaken(long position) {
        return (taken & bit(position)) != 0;
    }

    long nextOrder() {
        return nextOrder;
    }

    /** This side's messages have been deleted, those that overtake and the others up to a position. */
    public void cleared(long end) {
        clearedTo = end;
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (committed != null && committed.waits(position)) {
                taken |= bit(position);
            }
        }
        touch();
    }

    long clearedTo() {
        return clearedTo;
    }

    /** This side has ended: what the store is to say of it. */
    public void endedAs(Stage how) {
        stage = how;
        touch();
    }

    /** Whether this side ends with an error that the other side is told, this or an earlier process's. */
    public boolean endsWithError() {
        return stage == Stage.ENDED_WITH_ERROR;
    }

    Stage stage() {
        return stage;
    }

    /** The conversation timer is set, or with 0 taken back, at commit. */
    public void timer(long due) {
        timer = due;
        touch();
    }

    Long timer() {
        return timer;
    }

    /** Whether a conversation timer is set, as this branch sees it. */
    public boolean hasTimer() {
        return timer == null ? timerStored : timer != 0;
    }

    /** The broker has refused a message of this branch: an Error waits in this side's own queue at commit. */
    public void refuse(long order) {
        refused = true;
        refusalOrder = order;
    }

    /** Whether a message of this branch was refused. */
    public boolean refused() {
        return refused;
    }

    /** An Error has been written for the far side. */
    public void failFar(long order) {
        farFailed = true;
        if (nextOut == sentFrom) {
            firstOrder = order;
        }
    }

    long refusalOrder() {
        return refusalOrder;
    }

    /** Whether this branch has written an Error for the far side. */
    public boolean farFailed() {
        return farFailed;
    }

    /** An EndDialog has been written for the far side. */
    public void sentEnd() {
        endSent = true;
    }

    /** Whether this branch has written an EndDialog for the far side. */
    public boolean endSent() {
        return endSent;
    }

    /** A copy of a message has been kept for this side. */
    public void retained() {
        retaining = true;
    }

    /** All copies have been deleted. */
    public void released() {
        retaining = false;
    }

    /** Whether copies of messages are kept for this side. */
    public boolean retaining() {
        return retaining;
    }

    /** The row is to be removed at commit. */
    public void remove() {
        removed = true;
        touch();
    }

    /** Both rows are to be removed at commit; the far side has ended. */
    public void removePair() {
        removed = true;
        pairRemoved = true;
        touch();
    }

    /** Whether the row goes. */
    public boolean removed() {
        return removed;
    }

    /** Whether the side was cleaned up: its handle is of no use any more. */
    public boolean cleaned() {
        return stage == Stage.CLEANED;
    }

    boolean pairRemoved() {
        return pairRemoved;
    }

    /** Whether commit changes anything that outlives it. */
    boolean changes() {
        return changed || nextOut != sentFrom || farFailed || refused;
    }

    /** There is something to write; {@link #changes} says so also after it has been written. */
    private void touch() {
        dirty = true;
        changed = true;
    }

    EndpointRow row() {
        return begun.with(stage, received);
    }

    /** Writes what is held back; the store's transaction holds the group, so nobody else writes these rows. */
    void writeTo(StoreTransaction store) {
        if (!dirty) {
            return;
        }
        dirty = false;
        if (removed) {
            if (written) {
                store.deleteEndpoint(begun.id());
            }
            if (pairRemoved) {
                store.deleteEndpoint(begun.far());
            }
        } else if (written) {
            store.updateEndpoint(begun.id(), stage, received);
            if (moved) {
                store.moveEndpoint(begun.id(), begun.group());
            }
        } else {
            store.insertEndpoint(row());
            written = true;
        }
        moved = false;
        if (timer != null && timer != 0) {
            store.setTimer(begun.id(), timer);
            timerStored = true;
            FaultPoint.TIMER_WRITTEN.reach();
        } else if (timer != null && timerStored) {
            store.clearTimer(begun.id());
            timerStored = false;
        }
    }

    /** Bodies of messages that this branch has received can be read until it ends; positions inclusive. */
    public void streams(long from, long to) {
        if (streamed == null) {
            streamed = new ArrayList<>();
        }
        streamed.add(new Streamed(from, to));
    }

    /** The branch is about to be committed or prepared: nobody reads any more what it has received. */
    void completeIn(StoreTransaction store) {
        if (streamed != null) {
            streamed.forEach(range -> store.bodies().delete(begun.id(), range.from(), range.to()));
            streamed = null;
        }
    }

    private static int bit(long position) {
        return 1 << (int) -position;
    }
}
